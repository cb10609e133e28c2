"""What the filter of the triage table shows, as files: a row per dossier, the program's columns apart from people's."""

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Any

import xlsxwriter

from pipeline.analysis import SectionStatus
from pipeline.facts.territory import department_names
from pipeline.labels import suggested_text
from store.people.beside import Beside
from store.people.coverage import PARTLY_READ
from store.people.filters import Dimension, Sort
from store.people.triage import TriageRow
from web.french import STATUSES, dropped_for, local_day
from web.views.machine import SETTLEMENTS
from web.views.triage import READ, finding_text
from web.views.triage_words import Words, field_titles

CSV, XLSX = "csv", "xlsx"

_MACHINE, _PEOPLE = "Programme", "Personnes"
_NOTHING: Mapping[str, Beside] = MappingProxyType({})
_MOST = 32_767  # characters that a cell may hold
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a file: that of the table that it belongs to, its width in characters, who says what is in it."""

    of: Sort
    title: str
    width: float
    value: Callable[[TriageRow], Cell]
    said: str


def csv_file(
    rows: Sequence[TriageRow], words: Words, shown: Collection[Sort], beside: Mapping[str, Beside] = _NOTHING
) -> bytes:
    """UTF-8 with its mark, semicolons, as French spreadsheets open them; no cell can be a formula.

    `shown` are the columns of the table to be written; none: all that is known.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    columns = _shown(words, shown, beside)
    writer.writerow([f"{column.said} : {column.title}" if column.said else column.title for column in columns])
    for row in rows:
        writer.writerow([_written(column.value(row)) for column in columns])
    return text.getvalue().encode("utf-8-sig")


def spreadsheet(
    rows: Sequence[TriageRow], words: Words, shown: Collection[Sort], beside: Mapping[str, Beside] = _NOTHING
) -> bytes:
    """The same as an .xlsx workbook; over the titles, who says it. Texts stay texts."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    columns = _shown(words, shown, beside)
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet = workbook.add_worksheet("Dossiers")
        _heads(workbook, sheet, columns)
        text = workbook.add_format(_FONT)
        whole, cents = (workbook.add_format({**_FONT, "num_format": form}) for form in ("#,##0", "#,##0.00"))
        for index, row in enumerate(rows, start=2):
            for place, column in enumerate(columns):
                _write(sheet, index, place, column.value(row), text, (whole, cents))
        sheet.freeze_panes(2, 1)
        sheet.autofilter(1, 0, max(2, len(rows) + 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
    return buffer.getvalue()


def _shown(words: Words, shown: Collection[Sort], beside: Mapping[str, Beside]) -> tuple[_Column, ...]:
    columns = _columns(words)
    if not shown:
        return (*columns, *_beside(beside))
    return tuple(column for column in columns if column.of in (Sort.NAME, *shown))


def _beside(beside: Mapping[str, Beside]) -> tuple[_Column, ...]:
    """What no column of the table shows: of the whole file alone."""

    def of(row: TriageRow) -> Beside:
        return beside.get(row.id, Beside())

    people, machine = partial(_Column, said=_PEOPLE), partial(_Column, said=_MACHINE)
    return (
        people(Sort.STATE, "Courriers envoyés", 10, lambda row: of(row).letters),
        people(Sort.STATE, "Dernier courrier", 12, lambda row: _iso(of(row).sent_on)),
        people(Sort.STATE, "Réponse attendue", 12, lambda row: _iso(of(row).expected)),
        people(Sort.LABELS, "Notes", 40, lambda row: _lines(of(row).notes)),
        people(Sort.BEARER, "SIREN décidé", 12, _fact("siren")),
        people(Sort.BEARER, "SIRET décidé", 16, _fact("siret")),
        people(Sort.BEARER, "Forme juridique décidée", 20, _fact("statut_juridique")),
        machine(Sort.BEARER, "SIREN", 12, lambda row: of(row).siren),
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _columns(words: Words) -> tuple[_Column, ...]:
    """All the columns, in the order of the table; one of the table may be several here."""
    titles = field_titles(words.call)
    departments = department_names()
    people, machine = partial(_Column, said=_PEOPLE), partial(_Column, said=_MACHINE)
    return (
        _Column(Sort.NAME, "Dossier", 36, lambda row: row.name, said=""),
        people(Sort.STATE, "État", 18, lambda row: STATUSES["dossier"][row.people.state.value].label),
        people(
            Sort.STATE,
            "Motif du « sans suite »",
            18,
            lambda row: None if row.people.reason is None else dropped_for(row.people.reason),
        ),
        people(Sort.DEPOSITED, "Dernier dépôt", 12, lambda row: _day(row.deposited_at)),
        people(Sort.DEPOSITED, "Reçu après la date limite", 10, lambda row: "oui" if row.people.late else None),
        people(Sort.DEPOSITED, "Pièces reçues depuis la demande", 12, lambda row: _day(row.people.arrived)),
        people(Sort.ASSIGNEE, "Suivi par", 20, lambda row: row.people.assignee and words.name(row.people.assignee)),
        people(Sort.DECIDED, "Champs décidés", 10, lambda row: sum(field in titles for field in row.people.fields)),
        people(Sort.JURORS, "Jury", 26, lambda row: _lines([words.name(juror) for juror in row.people.jurors])),
        people(Sort.CONFIRMED, "Type retenu", 22, lambda row: _types(row.people.types)),
        people(
            Sort.OUTCOME,
            "Suite donnée",
            20,
            lambda row: row.people.outcome and words.value(Dimension.OUTCOME, row.people.outcome),
        ),
        people(Sort.LABELS, "Étiquettes", 24, lambda row: _lines(row.people.labels)),
        people(
            Sort.ABSENT, "Champs décidés absents", 34, lambda row: _listed(titles, _said(row, SectionStatus.ABSENT))
        ),
        people(
            Sort.THIN, "Champs décidés insuffisants", 34, lambda row: _listed(titles, _said(row, SectionStatus.THIN))
        ),
        people(
            Sort.FINDINGS,
            "Constats décidés",
            40,
            lambda row: _lines(
                [f"{finding_text(code, 1)} : {SETTLEMENTS[said]}" for code, said in row.people.findings]
            ),
        ),
        people(Sort.BEARER, "Porteur décidé", 30, _fact("porteur")),
        people(Sort.BEARER, "Commune décidée", 20, _fact("commune")),
        people(Sort.DEPARTMENT, "Département décidé", 10, _fact("departement")),
        people(Sort.AID, "Aide décidée (€)", 12, _fact("aide_demandee_eur")),
        people(Sort.BUDGET, "Budget décidé (€)", 12, _fact("budget_total_eur")),
        people(Sort.DURATION, "Durée décidée (mois)", 8, _fact("duree_mois")),
        machine(Sort.BEARER, "Porteur", 30, lambda row: row.machine.bearer),
        machine(Sort.BEARER, "Commune", 20, lambda row: row.machine.commune),
        machine(Sort.DEPARTMENT, "Département", 10, lambda row: row.machine.department),
        machine(Sort.DEPARTMENT, "Nom du département", 20, lambda row: departments.get(row.machine.department or "")),
        machine(Sort.AID, "Aide demandée (€)", 12, lambda row: row.machine.aid_eur),
        machine(Sort.BUDGET, "Budget total (€)", 12, lambda row: row.machine.budget_eur),
        machine(Sort.DURATION, "Durée (mois)", 8, lambda row: row.machine.duration_months),
        machine(Sort.ABSENT, "Champs absents", 34, lambda row: _listed(titles, row.machine.absent)),
        machine(Sort.THIN, "Champs insuffisants", 34, lambda row: _listed(titles, row.machine.thin)),
        machine(
            Sort.FINDINGS, "Constats", 40, lambda row: _lines([finding_text(*one) for one in row.machine.findings])
        ),
        machine(Sort.READING, "Lecture", 16, lambda row: STATUSES["reading"][row.machine.reading].label),
        machine(Sort.READING, "Pages non lues", 8, _pages_unread),
        machine(Sort.PAGES, "Pages", 8, lambda row: row.machine.pages),
        machine(
            Sort.SUGGESTED,
            "Type suggéré",
            22,
            lambda row: _types(row.machine.suggested) if row.machine.reading in READ else None,
        ),
        machine(
            Sort.DECLARED, "Type déclaré", 18, lambda row: _types(row.machine.declared and (row.machine.declared,))
        ),
        machine(Sort.ALIKE, "Dossiers semblables", 30, lambda row: _lines([name for _, name in row.machine.alike])),
    )


def _fact(name: str) -> Callable[[TriageRow], Cell]:
    """What people confirmed or corrected of a fact."""
    return lambda row: row.people.facts.get(name)


def _pages_unread(row: TriageRow) -> Cell:
    """« inconnu » where the machine could not open all the files: how many pages these have is not known."""
    read, unread = row.machine.reading, row.machine.pages_unread
    return "inconnu" if read not in READ or (read == PARTLY_READ and not unread) else unread


def _day(at: datetime | None) -> str | None:
    """« 2016-09-05 », which spreadsheets sort."""
    return None if at is None else local_day(at).isoformat()


def _said(row: TriageRow, status: SectionStatus) -> list[str]:
    return [field for field, said in row.people.fields.items() if said == status]


def _heads(workbook: Any, sheet: Any, columns: Sequence[_Column]) -> None:
    looks = {
        said: workbook.add_format(
            {**_FONT, "bold": True, "text_wrap": True, "bg_color": colour, "font_color": "#FFFFFF"}
        )
        for said, colour in (("", "#26364A"), (_MACHINE, "#43536A"), (_PEOPLE, "#5A2F86"))
    }
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.said, looks[column.said])
        sheet.write_string(1, place, column.title, looks[column.said])


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
