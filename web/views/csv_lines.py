"""Lines of .csv files as French spreadsheets open them: semicolons, and no text that would be taken for a formula."""

import csv
import io
from collections.abc import Iterable

MARK = "\N{BYTE ORDER MARK}"
"""What such a file begins with."""


def written(rows: Iterable[tuple[str, ...]]) -> str:
    """The lines of these rows."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def inert(text: str) -> str:
    """A text that a spreadsheet would take for a formula is opened by an apostrophe."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
