"""When two stretches of text are the same for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from corpora.gold import squash

SAME_PASSAGE = 85.0
"""Partial ratio (0..100) from which a shown passage and a gold one are the same stretch: OCR and hyphens differ."""

_FIRST_WORDS = 4


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Where a system says that something stands; `page` is 1-based within `file`."""

    file: str
    page: int
    text: str

    @staticmethod
    def of(passage: Mapping[str, Any]) -> "FoundPlace":
        """A passage of `analysis.json`, whole when it runs over a page break."""
        rest = (part["quote"] for part in passage.get("continues", ()))
        return FoundPlace(passage["file"], passage["page"], " ".join([passage["quote"], *rest]))


def same_passage(gold: str, found: str) -> bool:
    """Whether two squashed texts are the same stretch, one perhaps within the other."""
    if not gold or not found:
        return False
    return gold in found or found in gold or fuzz.partial_ratio(gold, found) >= SAME_PASSAGE


def begins_alike(gold: str, found: str) -> bool:
    """Whether `found` begins with the first words of `gold`."""
    words = squash("".join(gold.split()[:_FIRST_WORDS]))
    return squash(found).startswith(words)
