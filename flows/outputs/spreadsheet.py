"""`tri.xlsx`: a row per dossier, a column per required field, for the instructor.

Every text is written as a string, never as a formula or a link that a dossier could have chosen.
"""

import io
import textwrap
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import xlsxwriter
from xlsxwriter.url import Url, UrlTypes
from xlsxwriter.utility import xl_rowcol_to_cell

from flows.triage import Triage, TriageRow
from pipeline.analysis import FactValue, SectionStatus
from pipeline.labels import STATUS_LABELS

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same table gives the same bytes
_MAX_CELL = 32_000  # characters; the format allows 32 767
_MAX_LINK = 2_000  # characters; the format allows 2 080
_UNREAD = "non lu"
_FONT = {"font_size": 10, "valign": "top", "bottom": 1, "bottom_color": "#D5DBE3"}
_FILLS: dict[SectionStatus, dict[str, Any]] = {
    SectionStatus.PRESENT: {"bg_color": "#E3F1E4", "font_color": "#1B4D22"},
    SectionStatus.THIN: {"bg_color": "#FFF1CC", "font_color": "#6B4A00", "bold": True},
    SectionStatus.ABSENT: {"bg_color": "#FBDDDA", "font_color": "#7A1A12", "bold": True},
    SectionStatus.NOT_APPLICABLE: {"bg_color": "#EFEFEF", "font_color": "#555555"},
}
_NAME_WIDTH = 26.0
_FIRST: tuple[tuple[str, float], ...] = (("Dossier", _NAME_WIDTH), ("Fiche", 7.0))
_A3, _A4 = 8, 9
_LINE = 13.0  # points
_PER_WIDTH = 1.05  # characters of a text for one of a column's width, which is that of a figure in a larger font
_TALLEST = 400.0  # points; the format allows 409

Value = Callable[[TriageRow], FactValue | None]
Column = tuple[str, float, Value]
"""Title, width in characters, and what stands in the cell of a dossier."""


def _fact(name: str) -> Value:
    return lambda row: row.facts.get(name)


def _count(status: SectionStatus) -> Value:
    return lambda row: row.count(status) if row.analysed else None


def _reading(row: TriageRow) -> str:
    how = _UNREAD if not row.analysed else "lu en partie" if row.partly_read else ""
    return f"{how} – {row.reading}" if how else row.reading


_LEADING: tuple[Column, ...] = (
    ("Lecture", 18, _reading),
    ("Présents", 8.5, _count(SectionStatus.PRESENT)),
    ("Insuffisants", 11, _count(SectionStatus.THIN)),
    ("Absents", 8, _count(SectionStatus.ABSENT)),
    ("Sans objet", 8, _count(SectionStatus.NOT_APPLICABLE)),
)
_TRAILING: tuple[Column, ...] = (
    ("Type suggéré", 17, lambda row: row.suggested if row.analysed else _UNREAD),
    ("Porteur", 20, _fact("porteur")),
    ("Département", 12, _fact("departement")),
    ("Aide demandée (€)", 10, _fact("aide_demandee_eur")),
    ("Budget total (€)", 10, _fact("budget_total_eur")),
    ("Constats", 8.5, lambda row: len(row.findings)),
    ("À regarder", 50, lambda row: "\n".join(f"• {message}" for message in row.findings)),
)
_FACTS: tuple[Column, ...] = (
    ("Type suggéré", 20, lambda row: row.suggested if row.analysed else _UNREAD),
    ("Type déclaré", 18, lambda row: row.declared or None),
    ("Porteur", 30, _fact("porteur")),
    ("Forme juridique", 18, _fact("statut_juridique")),
    ("SIREN", 11, _fact("siren")),
    ("SIRET", 16, _fact("siret")),
    ("RNA", 12, _fact("rna")),
    ("Commune", 20, _fact("commune")),
    ("Code postal", 9, _fact("code_postal")),
    ("Département", 12, _fact("departement")),
    ("Aide demandée (€)", 11, _fact("aide_demandee_eur")),
    ("Budget total (€)", 11, _fact("budget_total_eur")),
    ("Total des charges (€)", 11, _fact("budget_charges_eur")),
    ("Total des produits (€)", 11, _fact("budget_produits_eur")),
    ("Durée (mois)", 8, _fact("duree_mois")),
    ("Stade", 14, _fact("stade")),
    ("Équipe de recherche", 24, _fact("equipe_de_recherche")),
)


def triage_spreadsheet(triage: Triage) -> bytes:
    """The bytes of `tri.xlsx`."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": f"Tri des dossiers : {triage.call.short_title}", "created": _EPOCH})
        _Sheet(workbook, triage, "Dossiers").dossiers()
        _Sheet(workbook, triage, "Faits lus").facts()
        _legend(workbook, triage)
    return buffer.getvalue()


class _RelativeLink(Url):  # type: ignore[misc]  # xlsxwriter ships no types
    """A link to a file beside the workbook, written as the format asks: a relative URL, whatever the system.

    xlsxwriter writes such links with backslashes and leaves "?" as it is: only Excel on Windows follows them.
    """

    def _parse_url(self) -> None:
        self._link_type = UrlTypes.EXTERNAL
        # "./": a name that begins like "c:" is no drive and no protocol.
        self._link = self._relationship_link = "./" + quote(self._original_url)

    def _escape_strings(self) -> None:
        """Nothing: all is escaped already."""


class _Sheet:
    """A table with a row per dossier."""

    def __init__(self, workbook: Any, triage: Triage, name: str) -> None:
        self._triage = triage
        self._sheet = workbook.add_worksheet(name)
        self._header = workbook.add_format(
            {**_FONT, "bold": True, "text_wrap": True, "bg_color": "#26364A", "font_color": "#FFFFFF"}
        )
        self._text = workbook.add_format({**_FONT, "text_wrap": True})
        self._number = workbook.add_format({**_FONT, "num_format": "#,##0", "align": "right", "indent": 1})
        self._link = workbook.add_format({**_FONT, "font_color": "#0B4F9E", "underline": 1, "text_wrap": True})
        self._unread = workbook.add_format({**_FONT, "align": "center", "bg_color": "#E3E8EF", "font_color": "#2B3A4D"})
        self._status = {
            status: workbook.add_format({**fill, **_FONT, "align": "center"}) for status, fill in _FILLS.items()
        }

    def dossiers(self) -> None:
        """What there is to sort the dossiers by, a column per required field."""
        fields = [
            (f"{field.id}. {field.title}" if len(field.id) <= 2 else field.title) for field in self._triage.call.fields
        ]
        first_field = len(_FIRST) + len(_LEADING)
        for index, row in enumerate(self._triage.rows, start=1):
            self._dossier(index, row, _LEADING + _TRAILING)
            self._values(index, len(_FIRST), _LEADING, row)
            for position in range(len(fields)):
                self._field(index, first_field + position, row, position)
            self._values(index, first_field + len(fields), _TRAILING, row)
        columns = [(title, width) for title, width, _ in _LEADING]
        columns += [(title, 11.0) for title in fields]
        columns += [(title, width) for title, width, _ in _TRAILING]
        self._lay_out(columns)

    def facts(self) -> None:
        """What was read of each dossier."""
        for index, row in enumerate(self._triage.rows, start=1):
            self._dossier(index, row, _FACTS)
            self._values(index, len(_FIRST), _FACTS, row)
        self._lay_out([(title, width) for title, width, _ in _FACTS])

    def _lay_out(self, columns: list[tuple[str, float]]) -> None:
        columns = [*_FIRST, *columns]
        for column, (title, width) in enumerate(columns):
            self._sheet.write_string(0, column, title, self._header)
            self._sheet.set_column(column, column, width)
        # The button of the filter takes some of the width.
        self._sheet.set_row(0, _height((title, width - 2) for title, width in columns))
        self._sheet.freeze_panes(1, 1)
        self._sheet.autofilter(0, 0, max(1, len(self._triage.rows)), len(columns) - 1)
        _page_setup(self._sheet, self._triage)
        self._sheet.set_landscape()
        self._sheet.set_paper(_A3)
        self._sheet.repeat_rows(0)

    def _dossier(self, index: int, row: TriageRow, columns: tuple[Column, ...]) -> None:
        """The first cells of a row, as high as its texts ask: not every program works it out.

        The link has a cell of its own: not every program wraps the text of a link.
        """
        texts = [(str(value(row) or ""), width) for _, width, value in columns]
        self._sheet.set_row(index, _height([(row.dossier, _NAME_WIDTH), *texts]))
        self._sheet.write_string(index, 0, row.dossier[:_MAX_CELL], self._text)
        if len(quote(row.sheet)) > _MAX_LINK:
            self._sheet.write_blank(index, 1, None, self._text)
            return
        link = _RelativeLink(row.sheet)
        link.text, link.tip = "ouvrir", "Ouvrir la fiche du dossier"
        self._sheet.write_url(index, 1, link, self._link)

    def _field(self, index: int, column: int, row: TriageRow, position: int) -> None:
        if not row.analysed:
            self._sheet.write_string(index, column, _UNREAD, self._unread)
            return
        cell = row.sections[position]
        self._sheet.write_string(index, column, cell.label, self._status[cell.status])
        if cell.status is not SectionStatus.PRESENT:
            self._sheet.write_comment(xl_rowcol_to_cell(index, column), cell.reason[:_MAX_CELL], {"x_scale": 2})

    def _values(self, index: int, first: int, columns: tuple[Column, ...], row: TriageRow) -> None:
        for column, (_, _, value) in enumerate(columns, start=first):
            self._value(index, column, value(row))

    def _value(self, index: int, column: int, value: FactValue | None) -> None:
        if value is None:
            self._sheet.write_blank(index, column, None, self._text)
        elif isinstance(value, bool):
            self._sheet.write_string(index, column, "oui" if value else "non", self._text)
        elif isinstance(value, int | float):
            self._sheet.write_number(index, column, value, self._number)
        else:
            self._sheet.write_string(index, column, value[:_MAX_CELL], self._text)


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """The height in points of a row of wrapped texts, each with the width of its column in characters."""
    lines = (
        sum(max(1, len(textwrap.wrap(line, max(1, int(width * _PER_WIDTH))))) for line in text.splitlines())
        for text, width in texts
    )
    return min(_TALLEST, _LINE * max(1, *lines) + 2)


def _page_setup(sheet: Any, triage: Triage) -> None:
    """One page wide, whatever the height."""
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.4, bottom=0.6)
    title = f"Tri des dossiers : {triage.call.short_title}".replace("&", "&&")
    sheet.set_footer(f"&L&8{title}&R&8Page &P sur &N")


def _legend(workbook: Any, triage: Triage) -> None:
    """A second sheet: the wording of each field, what the statuses mean, and what was not read."""
    sheet = workbook.add_worksheet("Lecture du tableau")
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    lines = [("Appel", triage.call.title), ("", "")]
    lines += [
        (f"Champ {field.id}" if len(field.id) <= 2 else field.title, field.wording) for field in triage.call.fields
    ]
    lines += [
        ("", ""),
        (STATUS_LABELS[SectionStatus.PRESENT], "Le dossier répond."),
        (STATUS_LABELS[SectionStatus.THIN], "Annoncé mais vide, à compléter, ou sans vraie réponse : à regarder."),
        (STATUS_LABELS[SectionStatus.ABSENT], "Rien n'a été trouvé : à vérifier avant de demander la pièce."),
        (STATUS_LABELS[SectionStatus.NOT_APPLICABLE], "Demandé « le cas échéant », et le dossier n'en a pas besoin."),
        (_UNREAD, "Le programme n'a pas pu lire le dossier : rien n'est dit de ses réponses."),
        ("", ""),
        ("À savoir", "Ce tableau aide à trier. Il ne note, ne classe et ne décide rien."),
    ]
    lines += [("Non analysé", failure.told) for failure in triage.failed]
    lines += [("Non lu", item.told) for item in triage.not_read]
    for index, (name, text) in enumerate(lines):
        sheet.set_row(index, _height([(name, 18), (text, 90)]))
        sheet.write_string(index, 0, name, bold)
        sheet.write_string(index, 1, text[:_MAX_CELL], wrap)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    _page_setup(sheet, triage)
    sheet.set_paper(_A4)
