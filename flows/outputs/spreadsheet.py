"""`tri.xlsx`: a row per dossier, a column per required field, for the instructor.

Every text is written as a string, never as a formula or a link that a dossier could have chosen.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from flows.triage import STATUS_LABELS, Triage, TriageRow
from pipeline.analysis import FactValue, SectionStatus

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same table gives the same bytes
_MAX_CELL = 32_000  # characters; the format allows 32 767
_FILLS: dict[SectionStatus, dict[str, Any]] = {
    SectionStatus.PRESENT: {"bg_color": "#E3F1E4", "font_color": "#1B4D22"},
    SectionStatus.THIN: {"bg_color": "#FFF1CC", "font_color": "#6B4A00", "bold": True},
    SectionStatus.ABSENT: {"bg_color": "#FBDDDA", "font_color": "#7A1A12", "bold": True},
    SectionStatus.NOT_APPLICABLE: {"bg_color": "#EFEFEF", "font_color": "#555555"},
}

Value = Callable[[TriageRow], FactValue | None]


def _fact(name: str) -> Value:
    return lambda row: row.facts.get(name)


_LEADING: tuple[tuple[str, int, Value], ...] = (
    ("Lecture", 24, lambda row: row.reading),
    ("Présents", 9, lambda row: row.count(SectionStatus.PRESENT) if row.analysed else None),
    ("Insuffisants", 12, lambda row: row.count(SectionStatus.THIN) if row.analysed else None),
    ("Absents", 9, lambda row: row.count(SectionStatus.ABSENT) if row.analysed else None),
)
_TRAILING: tuple[tuple[str, int, Value], ...] = (
    ("Type suggéré", 22, lambda row: row.suggested if row.analysed else None),
    ("Type déclaré", 18, lambda row: row.declared or None),
    ("Porteur", 30, _fact("porteur")),
    ("Forme juridique", 20, _fact("statut_juridique")),
    ("SIREN", 12, _fact("siren")),
    ("SIRET", 17, _fact("siret")),
    ("Commune", 20, _fact("commune")),
    ("Département", 14, _fact("departement")),
    ("Aide demandée (€)", 14, _fact("aide_demandee_eur")),
    ("Budget total (€)", 14, _fact("budget_total_eur")),
    ("Durée (mois)", 9, _fact("duree_mois")),
    ("Stade", 14, _fact("stade")),
    ("Constats", 10, lambda row: len(row.findings)),
    ("À regarder", 80, lambda row: "\n".join(f"• {message}" for message in row.findings)),
)


def triage_spreadsheet(triage: Triage) -> bytes:
    """The bytes of `tri.xlsx`."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        workbook.set_properties({"title": f"Tri des dossiers : {triage.call.short_title}", "created": _EPOCH})
        _Sheet(workbook, triage).write()
        _legend(workbook, triage)
    return buffer.getvalue()


class _Sheet:
    """The table of the dossiers."""

    def __init__(self, workbook: Any, triage: Triage) -> None:
        self._triage = triage
        self._sheet = workbook.add_worksheet("Dossiers")
        self._header = workbook.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "top",
                "bg_color": "#26364A",
                "font_color": "#FFFFFF",
                "border": 1,
            }
        )
        self._text = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._number = workbook.add_format({"valign": "top", "num_format": "#,##0"})
        self._link = workbook.add_format({"valign": "top", "font_color": "#0B4F9E", "underline": 1, "text_wrap": True})
        self._status = {
            status: workbook.add_format({**fill, "valign": "top", "align": "center"}) for status, fill in _FILLS.items()
        }

    def write(self) -> None:
        fields = self._triage.call.fields
        headers = ["Dossier", *(title for title, _, _ in _LEADING)]
        headers += [f"{field.id}. {field.title}" for field in fields]
        headers += [title for title, _, _ in _TRAILING]
        for column, title in enumerate(headers):
            self._sheet.write_string(0, column, title, self._header)
        for index, row in enumerate(self._triage.rows, start=1):
            self._row(index, row)
        self._sheet.freeze_panes(1, 1)
        self._sheet.autofilter(0, 0, max(1, len(self._triage.rows)), len(headers) - 1)
        widths = [
            28,
            *(width for _, width, _ in _LEADING),
            *(15 for _ in fields),
            *(width for _, width, _ in _TRAILING),
        ]
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        self._sheet.set_row(0, 48)
        self._sheet.set_landscape()
        self._sheet.set_paper(8)  # A3
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(0)

    def _row(self, index: int, row: TriageRow) -> None:
        self._sheet.write_url(index, 0, f"external:{row.sheet}", self._link, row.dossier[:_MAX_CELL], "Ouvrir la fiche")
        column = 1
        for _, _, value in _LEADING:
            self._value(index, column, value(row))
            column += 1
        for position in range(len(self._triage.call.fields)):
            if position < len(row.sections):
                cell = row.sections[position]
                self._sheet.write_string(index, column, cell.label, self._status[cell.status])
                if cell.status is not SectionStatus.PRESENT:
                    self._sheet.write_comment(xl_rowcol_to_cell(index, column), cell.reason[:_MAX_CELL], {"x_scale": 2})
            column += 1
        for _, _, value in _TRAILING:
            self._value(index, column, value(row))
            column += 1

    def _value(self, index: int, column: int, value: FactValue | None) -> None:
        if value is None:
            self._sheet.write_blank(index, column, None, self._text)
        elif isinstance(value, bool):
            self._sheet.write_string(index, column, "oui" if value else "non", self._text)
        elif isinstance(value, int | float):
            self._sheet.write_number(index, column, value, self._number)
        else:
            self._sheet.write_string(index, column, value[:_MAX_CELL], self._text)


def _legend(workbook: Any, triage: Triage) -> None:
    """A second sheet: the wording of each field, what the statuses mean, and what was not read."""
    sheet = workbook.add_worksheet("Lecture du tableau")
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    lines = [("Appel", triage.call.title), ("", "")]
    lines += [(f"Champ {field.id}", field.wording) for field in triage.call.fields]
    lines += [
        ("", ""),
        (STATUS_LABELS[SectionStatus.PRESENT], "Le dossier répond."),
        (STATUS_LABELS[SectionStatus.THIN], "Annoncé mais vide, à compléter, ou sans vraie réponse : à regarder."),
        (STATUS_LABELS[SectionStatus.ABSENT], "Rien n'a été trouvé : à vérifier avant de demander la pièce."),
        (STATUS_LABELS[SectionStatus.NOT_APPLICABLE], "Demandé « le cas échéant », et le dossier n'en a pas besoin."),
        ("", ""),
        ("À savoir", "Ce tableau aide à trier. Il ne note, ne classe et ne décide rien."),
    ]
    lines += [("Non analysé", failure.told) for failure in triage.failed]
    lines += [("Non lu", item.told) for item in triage.not_read]
    for index, (name, text) in enumerate(lines):
        sheet.write_string(index, 0, name, bold)
        sheet.write_string(index, 1, text[:_MAX_CELL], wrap)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
