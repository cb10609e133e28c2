"""Amounts of money as French dossiers write them, read in folded text and kept in cents."""

import re
from dataclasses import dataclass

from pipeline.document import Span
from pipeline.facts.numbers import NUMBER_WORDS, number_from_words

_FIGURES = r"\d{1,3}(?:[ .']\d{3})+(?:,\d{1,2})?(?!\d)|\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_UNIT = r"k ?€|k ?euros?\b|milliers d'euros?\b|m ?€|millions? d'euros?\b|€|euros?\b|eur\b"
# Letters that OCR takes for figures; only believed inside thousands that end with a currency.
_OCR_FIGURES = r"(?=[oil]{0,2}\d)[\doil]{1,3}(?:[ .][\doil]{3})+"
_MARKED = re.compile(
    rf"(?<![\w.,])(?:(?P<figures>{_FIGURES})|(?P<ocr>{_OCR_FIGURES})|(?P<words>{NUMBER_WORDS})) ?(?P<unit>{_UNIT})"
)
_CELL = re.compile(
    rf"(?P<sign>[-(] ?)?(?P<figures>{_FIGURES})(?: ?(?P<unit>{_UNIT}))?(?: ?(?:ht|ttc))?(?: ?\))?(?: ?\*)?"
)
_TAIL = re.compile(rf"(?<![\w.,])(?P<figures>{_FIGURES})(?: ?(?P<unit>{_UNIT}))?(?: ?(?:ht|ttc))?(?: ?[.;,])?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OCR_TABLE = str.maketrans("oil", "011")


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in cents, and where it was read. `unit` is the step of the writing in cents (100 000 for "k€")."""

    cents: int
    span: Span
    unit: int = 100

    @property
    def euros(self) -> int | float:
        """Whole euros as an int, else a float with two decimals."""
        whole, cents = divmod(self.cents, 100)
        return whole if cents == 0 else round(self.cents / 100, 2)


def find_amounts(folded: str, start: int = 0, end: int | None = None) -> list[Amount]:
    """Amounts with their currency ("46 500 €", "46,5 k€", "quarante mille euros"), in order."""
    found = []
    for match in _MARKED.finditer(folded, start, len(folded) if end is None else end):
        amount = _amount_of(match)
        if amount is not None:
            found.append(amount)
    return found


def amount_of_cell(folded: str, start: int, end: int) -> Amount | None:
    """The amount that a table cell holds when it holds nothing else; the currency may lack."""
    match = _CELL.fullmatch(folded, start, end)
    return None if match is None else _amount_of(match)


def amount_at_end(folded: str, start: int, end: int) -> Amount | None:
    """The amount that ends a line ("Salaires ... 32 000"); without a currency it must be three figures long
    and no year."""
    match = _TAIL.search(folded, start, end)
    if match is None or (match["unit"] is None and (len(match["figures"]) < 3 or _YEAR.fullmatch(match["figures"]))):
        return None
    return _amount_of(match)


def _amount_of(match: re.Match[str]) -> Amount | None:
    groups = match.groupdict()
    factor = _factor(groups.get("unit") or "")
    if groups.get("words"):
        number = number_from_words(match["words"])
        if number is None:
            return None
        cents = number * 100
    else:
        figures = groups.get("figures") or match["ocr"].translate(_OCR_TABLE)
        cents = _cents(figures, factor)
    if groups.get("sign"):
        cents = -cents
    return Amount(cents * factor, Span(*match.span()), 100 * factor)


def _factor(unit: str) -> int:
    if unit.startswith(("k", "milliers")):
        return 1000
    return 1_000_000 if unit.startswith("m") else 1


def _cents(figures: str, factor: int) -> int:
    """Cents that `figures` say before the unit is applied."""
    plain = figures.replace(" ", "").replace("'", "")
    if factor == 1 and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", plain):
        plain = re.sub(r"[.,]", "", plain)
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", plain):
        plain = plain.replace(".", "")
    whole, _, decimals = plain.replace(",", ".").partition(".")
    return int(whole) * 100 + (int(decimals[:2].ljust(2, "0")) if decimals else 0)
