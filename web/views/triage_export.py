"""What the filter of the triage table shows, as files: a row per dossier, the program's columns apart from people's."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import xlsxwriter

from pipeline.analysis import SectionStatus
from pipeline.facts.territory import department_names
from pipeline.labels import suggested_text
from store.people.filters import Dimension
from store.people.triage import TriageRow
from web.french import STATUSES
from web.views.triage import READ, finding_text
from web.views.triage_words import Words, field_titles

CSV, XLSX = "csv", "xlsx"

_MACHINE, _PEOPLE = "Programme", "Personnes"
_MOST = 32_767  # characters that a cell may hold
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}

Cell = str | float | int | None
_Column = tuple[str, str, float, Callable[[TriageRow], Cell]]


def csv_file(rows: Sequence[TriageRow], words: Words) -> bytes:
    """UTF-8 with its mark, semicolons, as French spreadsheets open them; no cell can be a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    columns = _columns(words)
    writer.writerow([f"{said} : {title}" if said else title for said, title, _, _ in columns])
    for row in rows:
        writer.writerow([_written(value(row)) for _, _, _, value in columns])
    return text.getvalue().encode("utf-8-sig")


def spreadsheet(rows: Sequence[TriageRow], words: Words) -> bytes:
    """An .xlsx workbook; over the titles, who says it. Texts stay texts."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    columns = _columns(words)
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet = workbook.add_worksheet("Dossiers")
        _heads(workbook, sheet, columns)
        text = workbook.add_format(_FONT)
        whole, cents = (workbook.add_format({**_FONT, "num_format": form}) for form in ("#,##0", "#,##0.00"))
        for index, row in enumerate(rows, start=2):
            for place, (_, _, _, value) in enumerate(columns):
                _write(sheet, index, place, value(row), text, (whole, cents))
        sheet.freeze_panes(2, 1)
        sheet.autofilter(1, 0, max(2, len(rows) + 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
    return buffer.getvalue()


def _columns(words: Words) -> tuple[_Column, ...]:
    """Who says it, title, width in characters, value; first what the table shows, in its order."""
    titles = field_titles(words.call)
    departments = department_names()
    return (
        ("", "Dossier", 36, lambda row: row.name),
        (_PEOPLE, "État", 18, lambda row: STATUSES["dossier"][row.people.state.value].label),
        (_PEOPLE, "Suivi par", 20, lambda row: row.people.assignee and words.name(row.people.assignee)),
        (_PEOPLE, "Champs décidés", 10, lambda row: sum(field in titles for field in row.people.fields)),
        (_PEOPLE, "Jury", 26, lambda row: _lines([words.name(juror) for juror in row.people.jurors])),
        (_PEOPLE, "Type retenu", 22, lambda row: _types(row.people.types)),
        (
            _PEOPLE,
            "Suite donnée",
            20,
            lambda row: row.people.outcome and words.value(Dimension.OUTCOME, row.people.outcome),
        ),
        (_PEOPLE, "Étiquettes", 24, lambda row: _lines(row.people.labels)),
        (_PEOPLE, "Champs décidés absents", 34, lambda row: _listed(titles, _said(row, SectionStatus.ABSENT))),
        (_PEOPLE, "Champs décidés insuffisants", 34, lambda row: _listed(titles, _said(row, SectionStatus.THIN))),
        *_facts(("porteur", "Porteur décidé", 30), ("commune", "Commune décidée", 20)),
        *_facts(("departement", "Département décidé", 10), ("aide_demandee_eur", "Aide décidée (€)", 12)),
        *_facts(("budget_total_eur", "Budget décidé (€)", 12), ("duree_mois", "Durée décidée (mois)", 8)),
        (_MACHINE, "Porteur", 30, lambda row: row.machine.bearer),
        (_MACHINE, "Commune", 20, lambda row: row.machine.commune),
        (_MACHINE, "Département", 10, lambda row: row.machine.department),
        (_MACHINE, "Nom du département", 20, lambda row: departments.get(row.machine.department or "")),
        (_MACHINE, "Aide demandée (€)", 12, lambda row: row.machine.aid_eur),
        (_MACHINE, "Champs absents", 34, lambda row: _listed(titles, row.machine.absent)),
        (_MACHINE, "Champs insuffisants", 34, lambda row: _listed(titles, row.machine.thin)),
        (_MACHINE, "Constats", 40, lambda row: _lines([finding_text(*one) for one in row.machine.findings])),
        (_MACHINE, "Lecture", 16, lambda row: STATUSES["reading"][row.machine.reading].label),
        (_MACHINE, "Pages non lues", 8, lambda row: row.machine.pages_unread),
        (
            _MACHINE,
            "Type suggéré",
            22,
            lambda row: _types(row.machine.suggested) if row.machine.reading in READ else None,
        ),
        (_MACHINE, "Type déclaré", 18, lambda row: _types(row.machine.declared and (row.machine.declared,))),
        (_MACHINE, "Dossiers semblables", 30, lambda row: _lines([name for _, name in row.machine.alike])),
        # What the table has no room for.
        (_MACHINE, "Pages", 8, lambda row: row.machine.pages),
        (_MACHINE, "Budget total (€)", 12, lambda row: row.machine.budget_eur),
        (_MACHINE, "Durée (mois)", 8, lambda row: row.machine.duration_months),
    )


def _facts(*facts: tuple[str, str, float]) -> Iterator[_Column]:
    """What people confirmed or corrected of some facts: name, title, width."""
    for name, title, width in facts:
        yield _PEOPLE, title, width, partial(_fact, name)


def _fact(name: str, row: TriageRow) -> Cell:
    return row.people.facts.get(name)


def _said(row: TriageRow, status: SectionStatus) -> list[str]:
    return [field for field, said in row.people.fields.items() if said == status]


def _heads(workbook: Any, sheet: Any, columns: Sequence[_Column]) -> None:
    looks = {
        said: workbook.add_format(
            {**_FONT, "bold": True, "text_wrap": True, "bg_color": colour, "font_color": "#FFFFFF"}
        )
        for said, colour in (("", "#26364A"), (_MACHINE, "#43536A"), (_PEOPLE, "#5A2F86"))
    }
    for place, (said, title, width, _) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, said, looks[said])
        sheet.write_string(1, place, title, looks[said])


def _write(sheet: Any, row: int, column: int, value: Cell, text: Any, numbers: tuple[Any, Any]) -> None:
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, numbers[not float(value).is_integer()])
    elif value:
        sheet.write_string(row, column, value[:_MOST], text)


def _written(value: Cell) -> Cell:
    """A number as French spreadsheets read it (46500, 46500,50); before a text like a formula, an apostrophe."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.2f}".replace(".", ",")
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _types(types: Sequence[str] | None) -> str | None:
    return None if not types and types != () else suggested_text(types or ())


def _listed(titles: dict[str, str], fields: Sequence[str]) -> str:
    return _lines([title for field, title in titles.items() if field in fields])


def _lines(texts: Sequence[str]) -> str:
    return " ; ".join(texts)
