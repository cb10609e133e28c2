"""What each marker speaks of: its lexicon, the call's own words for it, and a text to be near to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.calls.model import Call, Marker
from pipeline.lexicon.cues import Cue, CueMatch, Lexicon, WordIndex, lexicon_of, load_lexicon
from pipeline.protocols import Encoder
from pipeline.text import fold

# Fields of the dossier whose answers usually bear on a marker, by topics of both.
FIELDS_OF_SUBJECT = {
    "place-des-beneficiaires": ("publics", "historique"),
    "nature-du-collectif": ("partenariats", "porteur"),
    "intervention-du-collectif": ("partenariats", "moyens"),
    "caractere-collectif": ("partenariats", "porteur", "historique"),
    "place-de-la-recherche": ("recherche", "evaluation"),
    "ancrage-territorial": ("partenariats", "historique"),
    "gouvernance": ("moyens",),
    "ressources": ("comptes", "moyens"),
    "accessibilite": ("publics",),
    "logique-de-service": ("resume", "objectifs"),
    "rupture": ("resume", "objectifs"),
    "changement-social": ("objectifs", "evaluation", "stade"),
    "environnement": (),
    "besoin-et-aspiration": ("historique", "objectifs", "publics"),
}


@dataclass(frozen=True)
class Subject:
    """A marker with the means to find where it is spoken of.

    `learned_as` is its notion where the reader has learned it; where not, `profile` is a vector to be near to.
    """

    marker: Marker
    lexicons: tuple[Lexicon, ...]
    learned_as: str | None = None
    profile: NDArray[np.float32] | None = None

    def find(self, words: WordIndex) -> list[CueMatch]:
        """Cues in a text, in order."""
        found = (match for lexicon in self.lexicons for match in lexicon.find_in(words))
        return sorted(found, key=lambda match: match.span)

    @property
    def fields(self) -> tuple[str, ...]:
        return FIELDS_OF_SUBJECT.get(self.marker.topic or "", ())


def subjects_of(call: Call, encoder: Encoder, learned: Collection[str]) -> tuple[Subject, ...]:
    """One subject per marker, in the call's order; `learned` are the notions that the reader knows.

    Raises:
        BrokenLexicon: a marker's lexicon is missing or wrong.
    """
    return tuple(_subject(marker, encoder, learned) for marker in call.markers)


def _subject(marker: Marker, encoder: Encoder, learned: Collection[str]) -> Subject:
    lexicons = _lexicons(marker)
    if marker.notion in learned:
        return Subject(marker, lexicons, learned_as=marker.notion)
    return Subject(marker, lexicons, profile=encoder.encode([_described(marker, lexicons)])[0])


def _lexicons(marker: Marker) -> tuple[Lexicon, ...]:
    found = [load_lexicon("markers", marker.topic)] if marker.topic else []
    if marker.cues:
        found.append(lexicon_of(marker.id, marker.title, (Cue("termes propres à l'appel", marker.cues),)))
    return tuple(found)


def _described(marker: Marker, lexicons: Sequence[Lexicon]) -> str:
    return " ".join([marker.title, marker.definition, *(lexicon.purpose for lexicon in lexicons)])


def announces(lexicons: Sequence[Lexicon], title: str) -> bool:
    """Whether a heading says that what follows bears on the marker."""
    words = set(fold(title).replace("'", " ").split())
    for lexicon in lexicons:
        for heading in lexicon.headings:
            wanted = {word for word in fold(heading).replace("'", " ").split() if len(word) > 3}
            if wanted and wanted <= words:
                return True
    return False
