"""Annexes that the text refers to: is what it sends its reader to in the dossier?"""

from collections.abc import Sequence

from pipeline.completeness.evidence import Hit, Reading, amounts_in
from pipeline.completeness.natures import Nature, Referral
from pipeline.completeness.titles import annex_number


def annex_hits(reading: Reading, hits: Sequence[Hit], referral: Referral) -> tuple[Hit, ...]:
    """Units of the annex that `referral` names: below its heading, or in the file of that name."""
    if referral.annex is None:
        return ()
    return tuple(hit for hit in hits if _in_annex(reading, hit, referral.annex) and _says_something(hit))


def _in_annex(reading: Reading, hit: Hit, number: str) -> bool:
    if any(heading.annex == number for heading in hit.unit.path):
        return True
    file = reading.document.files[reading.document.pages[hit.unit.page].file]
    return len(reading.document.files) > 1 and annex_number(file.name.rsplit(".", 1)[0]) == number


def _says_something(hit: Hit) -> bool:
    return hit.nature in {Nature.REAL, Nature.VAGUE} and (hit.unit.words >= 3 or amounts_in(hit.unit) > 0)
