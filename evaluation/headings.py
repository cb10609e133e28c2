"""Headings against those that the author wrote."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from corpora.gold import GoldPlace, squash
from evaluation.figures import Measure, Tally, f1_of
from evaluation.matching import FoundPlace

_NEAR = 85.0  # ratio (0..100) of two titles that are one for a reader: OCR, a number left out

MEASURES: tuple[Measure, ...] = (
    f1_of("headings.strict", "Titres (page et mots), F1", "headings-strict"),
    f1_of("headings.soft", "Titres (page et mots proches), F1", "headings-soft"),
)


def tally_headings(gold: Sequence[GoldPlace], found: Sequence[FoundPlace]) -> Tally:
    """Counts of one dossier."""
    tally: Tally = Tally()
    for kind, same in (("strict", _same), ("soft", _near)):
        prefix = f"headings-{kind}"
        tally[f"{prefix}/gold"], tally[f"{prefix}/said"] = len(gold), len(found)
        tally[f"{prefix}/gold-met"] = sum(any(same(title, place) for place in found) for title in gold)
        tally[f"{prefix}/said-right"] = sum(any(same(title, place) for title in gold) for place in found)
    return tally


def _same(gold: GoldPlace, found: FoundPlace) -> bool:
    return (gold.file, gold.page) == (found.file, found.page) and squash(gold.starts) == squash(found.text)


def _near(gold: GoldPlace, found: FoundPlace) -> bool:
    if (gold.file, gold.page) != (found.file, found.page):
        return False
    return fuzz.ratio(squash(gold.starts), squash(found.text)) >= _NEAR
