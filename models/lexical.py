"""The first form of the encoder and of the type classifier: words and cues, nothing learned."""

import hashlib
import math
import re
from collections.abc import Sequence

import numpy as np
import sklearn
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer
from spacy.lang.fr.stop_words import STOP_WORDS

from models.french import FrenchStemmer
from pipeline.analysis import INNOVATION_TYPES
from pipeline.lexicon.cues import Lexicon, Strength, load_lexicon, word_lists
from pipeline.text import fold

DIMENSION = 4096
CUE_WEIGHTS = {Strength.STRONG: 1.0, Strength.WEAK: 0.3}
# What every dossier says on every page tells no passage from another.
_COMMON_WORDS = """
projet action dossier innovation social sociale sociaux mise mettre oeuvre place faire permettre permet cadre niveau
ensemble travail annee ans mois partir objectif region aide
"""
_WORD = re.compile(r"[^\W\d_]{2,}")


class LexicalEncoder:
    """Bags of hashed French stems (`pipeline.protocols.Encoder`): texts are near when they share words."""

    name = "sacs-de-radicaux"

    def __init__(self) -> None:
        stemmer = FrenchStemmer()
        self._ignored = frozenset(stemmer.stem(word) for word in [*sorted(STOP_WORDS), *_COMMON_WORDS.split()])
        self._stemmer = stemmer
        self._vectorizer = HashingVectorizer(
            analyzer=self._stems, n_features=DIMENSION, norm="l2", alternate_sign=False, dtype=np.float32
        )
        parameters = [self.name, str(DIMENSION), sklearn.__version__, *sorted(self._ignored)]
        self.digest = hashlib.sha256("\n".join(parameters).encode()).hexdigest()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Array (number of texts, DIMENSION), rows of length 1, or 0 for a text without a word to read."""
        if not texts:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        vectors: NDArray[np.float32] = self._vectorizer.transform(texts).toarray()
        return vectors

    def _stems(self, text: str) -> list[str]:
        stems = self._stemmer.stems(_WORD.findall(text))
        return [stem for stem in stems if stem not in self._ignored]


class CueTypeClassifier:
    """The three types by the cues of their lexicons (`pipeline.protocols.Classifier`).

    Each cue counts once in full and then less and less, so that one word said often does not decide. What a type's
    cues add up to is weighed against what they usually do, as some speak in any dossier ("communes", "partenaires").
    """

    name = "types-par-indices"
    labels = INNOVATION_TYPES
    usual = (1.0, 1.0, 1.0)
    prior = 1.0  # evidence that each type is given for nothing: short or silent texts stay undecided
    sharpness = 2.0

    def __init__(self) -> None:
        self._lexicons = tuple(load_lexicon("types", label) for label in self.labels)
        parameters = [self.name, repr(self.usual), repr(self.prior), repr(self.sharpness), *self._patterns()]
        self.digest = hashlib.sha256("\n".join(parameters).encode()).hexdigest()

    def _patterns(self) -> list[str]:
        cues = [repr(cue) for lexicon in self._lexicons for cue in lexicon.cues]
        return [*cues, repr(sorted(word_lists().items()))]

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Array (number of texts, 3), in the order of `labels`; rows sum to 1."""
        evidence = np.array([self._evidence(fold(text)) for text in texts], dtype=np.float64).reshape(-1, 3)
        weighed = (evidence / np.array(self.usual) + self.prior) ** self.sharpness
        return np.asarray(weighed / weighed.sum(axis=1, keepdims=True), dtype=np.float64)

    def _evidence(self, folded: str) -> list[float]:
        return [self._weigh(lexicon, folded) for lexicon in self._lexicons]

    def _weigh(self, lexicon: Lexicon, folded: str) -> float:
        counts: dict[tuple[str, Strength], int] = {}
        for match in lexicon.find(folded):
            key = (folded[match.span.start : match.span.end][:24], match.cue.strength)
            counts[key] = counts.get(key, 0) + 1
        return sum(CUE_WEIGHTS[strength] * math.log2(1 + count) for (_, strength), count in counts.items())
