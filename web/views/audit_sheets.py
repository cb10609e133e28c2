"""Sheets of the audit's workbook: texts stay texts, counts are numbers, days are dates."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import ceil
from typing import Any
from zoneinfo import ZoneInfo

from web.french import typeset

Cell = str | int | date | datetime
"""A `datetime` is without zone, as a spreadsheet has it: see `here`."""
Row = tuple[Cell, ...]

_HERE = ZoneInfo("Europe/Paris")
_FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
_HEAD = {**_FONT, "bold": True, "bg_color": "#26364A", "font_color": "#FFFFFF"}
_SECTION = {**_FONT, "bold": True, "font_size": 12, "bottom": 1}

_SUMMARY = (28, 96)  # widths of the first sheet, in characters
_LINE, _TALLEST = 13.5, 409  # points
_IDENTIFIER = 64  # characters: the one text that is not wrapped


def here(at: datetime) -> datetime:
    """An instant as clocks in France told it."""
    return at.astimezone(_HERE).replace(tzinfo=None)


class Sheets:
    """Writes the sheets of a workbook of `xlsxwriter`, one after the other."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._plain, self._head = book.add_format(_FONT), book.add_format(_HEAD)
        self._bold, self._section = book.add_format({**_FONT, "bold": True}), book.add_format(_SECTION)
        self._title = book.add_format({**_FONT, "bold": True, "font_size": 16, "text_wrap": False})
        self._bare = book.add_format({**_FONT, "text_wrap": False})
        self._count = book.add_format({**_FONT, "num_format": "#,##0"})
        self._number = book.add_format({**_FONT, "align": "left", "num_format": "0"})
        self._day = book.add_format({**_FONT, "align": "left", "num_format": "dd/mm/yyyy"})
        self._instant = book.add_format({**_FONT, "align": "left", "num_format": "dd/mm/yyyy hh:mm:ss"})

    def summary(self, title: str, sections: Iterable[tuple[str, Sequence[tuple[str, Cell]]]]) -> None:
        """The first sheet: titles, each with names and values."""
        sheet = self._book.add_worksheet("Rapport")
        for place, width in enumerate(_SUMMARY):
            sheet.set_column(place, place, width)
        sheet.write_string(0, 0, title, self._title)
        row = 2
        for name, facts in sections:
            sheet.set_row(row, 18)
            sheet.write_string(row, 0, typeset(name), self._section)
            sheet.write_blank(row, 1, None, self._section)
            for row, (label, value) in enumerate(facts, start=row + 1):  # noqa: B020 (the next section goes on there)
                cells = (typeset(label), typeset(value) if isinstance(value, str) else value)
                sheet.set_row(row, _height(cells, _SUMMARY))
                sheet.write_string(row, 0, cells[0], self._bold)
                self._write(sheet, row, 1, cells[1], self._number)
            row += 2
        _paper(sheet, landscape=False)

    def table(self, name: str, columns: Sequence[tuple[str, float]], rows: Sequence[Row]) -> None:
        """A sheet of lines under the titles of columns, whose widths are in characters."""
        sheet = self._book.add_worksheet(name)
        for place, (title, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, self._head)
        for number, cells in enumerate(rows, start=1):
            sheet.set_row(number, _height(cells, [width for _, width in columns]))
            for place, cell in enumerate(cells):
                self._write(sheet, number, place, cell, self._count, bare=columns[place][0] == "Identifiant")
        if not rows:
            sheet.write_string(1, 0, "Aucune ligne", self._plain)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        _paper(sheet, landscape=True)

    def _write(self, sheet: Any, row: int, place: int, cell: Cell, number: Any, *, bare: bool = False) -> None:
        match cell:
            case str():
                sheet.write_string(row, place, cell, self._bare if bare else self._plain)
            case int():
                sheet.write_number(row, place, cell, number)
            case datetime():
                sheet.write_datetime(row, place, cell, self._instant)
            case date():
                sheet.write_datetime(row, place, cell, self._day)


def _height(cells: Row, widths: Sequence[float]) -> float:
    """Of a row, in points, that shows all its wrapped text: not every program works it out by itself."""
    texts = [(cell, width) for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str)]
    wrapped = ((text, width) for text, width in texts if len(text) != _IDENTIFIER)
    lines = max(
        (sum(max(1, ceil(len(line) / (1.1 * width))) for line in text.split("\n")) for text, width in wrapped),
        default=1,
    )
    return min(_LINE * lines + 1, _TALLEST)


def _paper(sheet: Any, *, landscape: bool) -> None:
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P sur &N")
    if landscape:
        sheet.set_landscape()
