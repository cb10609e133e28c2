"""The audit's report as a workbook: what was audited and how, what was found, each check, the journal's proof."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

import xlsxwriter

from pipeline.calls.model import Call
from store.people.audits import Drawn, Result, Sample
from store.people.calls import RoomCall
from store.people.coverage import Coverage, Uncovered, Version
from store.people.differences import Difference
from web.french import STATUSES, counted, figure, moment, typeset
from web.views import audit, changes, verification
from web.views.samples import METHOD, population_label, rate
from web.views.verification import Proof

_FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
_HEAD = {**_FONT, "bold": True, "bg_color": "#26364A", "font_color": "#FFFFFF"}
_SECTION = {**_FONT, "bold": True, "font_size": 12, "bottom": 1}

_SUMMARY = (28, 96)  # widths of the first sheet, in characters
_LINE, _TALLEST = 13.5, 409  # points
_IDENTIFIER = 64  # characters: the one text that is not wrapped

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Audited:
    """All that the report says; `by` is who takes it, `at` when; `proof` may be of another moment, and says which."""

    call: Call
    room_call: RoomCall
    sample: Sample
    drawn: Sequence[Drawn]
    results: Mapping[Result, int]
    covered: Coverage
    uncovered: Sequence[Uncovered]
    differences: Sequence[Difference]
    versions: Sequence[Version]
    decided: Sequence[changes.Line]
    proof: Proof
    by: str
    at: datetime


def workbook(audited: Audited) -> bytes:
    """The report as an .xlsx; texts stay texts."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": typeset(f"Rapport d'audit, {audited.call.short_title}"), "author": audited.by})
        _summary(book, audited)
        _table(book, "Contrôles", _CHECKS, list(_checks(audited.drawn)))
        _table(book, "Programme et personnes", _DIFFERENCES, list(_differences(audited)))
        _table(book, "Décisions de l'échantillon", _DECISIONS, [changes.cells(one) for one in audited.decided])
        _table(book, "Dossiers non lus en entier", _UNCOVERED, list(_uncovered(audited.uncovered)))
        last = audited.proof.last
        if last is not None and last.report.problems:
            rows = [(typeset(each.message),) for each in last.report.problems]
            _table(book, "Anomalies du journal", (("Anomalie", 120),), rows)
    return buffer.getvalue()


def sections(audited: Audited) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What the first sheet says: titles, each with names and values."""
    sample, call = audited.sample, audited.call
    yield "Rapport", [("Établi le", moment(audited.at)), ("Par", audited.by)]
    yield (
        "Appel",
        [
            ("Titre", call.title),
            ("Identifiant", call.id),
            ("Fichier d'appel", f"empreinte {call.digest}"),
            ("État", STATUSES["call"][audited.room_call.state.value].label),
        ],
    )
    yield "Couverture", list(_coverage(audited.covered))
    yield "Ce qui a fait les analyses", [_version(one) for one in audited.versions] or [("Analyses", "aucune")]
    yield (
        "Échantillon",
        [
            ("Numéro", str(sample.id)),
            ("Tiré par", f"{sample.name}, le {moment(sample.at)}"),
            ("Population", f"{population_label(sample.among)} : {counted(sample.population, 'dossier', 'dossiers')}"),
            ("Dossiers tirés", figure(sample.size)),
            ("Graine", str(sample.seed)),
            ("Méthode", METHOD),
        ],
    )
    yield "Résultat", list(_results(audited))
    yield "Journal", list(_journal(audited))


def _coverage(covered: Coverage) -> Iterator[tuple[str, str]]:
    yield "Dossiers", figure(covered.dossiers)
    for status, count in covered.by_status.items():
        yield f"Lecture : {STATUSES['reading'][status.value].label}", figure(count)
    yield "dont lus en partie", figure(covered.partly_read)
    for code, count in sorted(covered.by_state.items()):
        yield f"État : {audit.state_label(code)}", figure(count)
    yield "Pages", figure(covered.pages)
    yield "Pages non lues", audit.pages_unread(covered)


def _version(one: Version) -> tuple[str, str]:
    made = f"programme {one.program}, fichier d'appel {one.call_digest[:16]}, modèles : {one.models or 'aucun'}"
    return counted(one.dossiers, "dossier", "dossiers"), made


def _results(audited: Audited) -> Iterator[tuple[str, str]]:
    yield "Taux d'écart", rate(audited.sample, audited.results).text
    for result, count in audited.results.items():
        yield STATUSES["check"][result.value].label.capitalize(), figure(count)
    yield "Reste à contrôler", figure(audited.sample.size - sum(audited.results.values()))


def _journal(audited: Audited) -> Iterator[tuple[str, str]]:
    proof = audited.proof
    if proof.asked_at is not None:
        yield (
            "En cours",
            f"Une vérification demandée le {moment(proof.asked_at)}, que ce rapport ne porte pas.",
        )
    if proof.last is None:
        yield "Vérification", "Aucune n'est faite : ce rapport ne dit rien de l'intégrité du journal."
        return
    report = proof.last.report
    if not proof.new:
        yield (
            "Attention",
            "Cette vérification n'est pas récente, ou précède le dernier contrôle de l'échantillon.",
        )
    yield "Vérification du", verification.when(proof.last, audited.at)
    yield "Trouvé", f"{counted(report.events, 'événement', 'événements')} : {verification.found(proof.last)}."
    kept = [
        counted(report.analyses, "analyse", "analyses"),
        counted(report.words, "parole de personne", "paroles de personnes"),
    ]
    yield "Avec", f"{' et '.join(kept)} ; les fichiers se vérifient par « reperes journal verify »."
    if report.breaks_at is not None:
        yield "Rompu à", f"l'événement n° {report.breaks_at}"
    yield "Jusqu'à", f"l'événement n° {report.head.sequence}, empreinte {report.head.digest}"
    yield "Depuis", proof.since


_CHECKS = (
    ("Rang", 6),
    ("Dossier", 34),
    ("Résultat", 18),
    ("Note", 60),
    ("Par", 22),
    ("Le", 28),
    ("En vigueur", 12),
    ("Identifiant", 24),
)


def _checks(drawn: Sequence[Drawn]) -> Iterator[Row]:
    for one in drawn:
        if not one.checks:
            yield (str(one.position), one.name, "à contrôler", "", "", "", "", one.dossier_id)
        for check in one.checks:
            held = "oui" if check is one.checks[0] else "remplacé"
            label = STATUSES["check"][check.result.value].label
            yield (str(one.position), one.name, label, check.note, check.name, moment(check.at), held, one.dossier_id)


_DIFFERENCES = (("Sur", 20), ("Précisément", 36), ("Sens", 30), ("Programme", 30), ("Personne", 30), ("Décisions", 10))


def _differences(audited: Audited) -> Iterator[Row]:
    for one in audit.counts(audited.call.id, audited.differences):
        yield (one.kind, one.subject, one.verdict, one.machine, one.person, figure(one.count))


_WIDTHS = (9, 26, 22, 34, 24, 34, 40, 9, 24, 26, 50, 12)
_DECISIONS = tuple(zip(changes.TITLES, _WIDTHS, strict=True))

_UNCOVERED = (("Dossier", 40), ("Lecture", 18), ("Ce qui manque", 70), ("Identifiant", 24))


def _uncovered(dossiers: Sequence[Uncovered]) -> Iterator[Row]:
    for one, line in zip(dossiers, audit.missed(dossiers), strict=True):
        yield (line.name, STATUSES["reading"][line.status].label, line.what, one.id)


def _summary(book: Any, audited: Audited) -> None:
    plain, bold = book.add_format(_FONT), book.add_format({**_FONT, "bold": True})
    title, section = (
        book.add_format({**_FONT, "bold": True, "font_size": 16, "text_wrap": False}),
        book.add_format(_SECTION),
    )
    sheet = book.add_worksheet("Rapport")
    for place, width in enumerate(_SUMMARY):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, typeset(f"Rapport d'audit, {audited.call.short_title}"), title)
    row = 2
    for name, facts in sections(audited):
        sheet.set_row(row, 18)
        sheet.write_string(row, 0, typeset(name), section)
        sheet.write_blank(row, 1, None, section)
        for row, (label, value) in enumerate(facts, start=row + 1):  # noqa: B020 (the next section goes on from there)
            cells = (typeset(label), typeset(value))
            sheet.set_row(row, _height(cells, _SUMMARY))
            sheet.write_string(row, 0, cells[0], bold)
            sheet.write_string(row, 1, cells[1], plain)
        row += 2
    _paper(sheet, landscape=False)


def _table(book: Any, name: str, columns: Sequence[tuple[str, float]], rows: Sequence[Row]) -> None:
    plain, head = book.add_format(_FONT), book.add_format(_HEAD)
    bare = book.add_format({**_FONT, "text_wrap": False})
    sheet = book.add_worksheet(name)
    for place, (title, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    for number, cells in enumerate(rows, start=1):
        sheet.set_row(number, _height(cells, [width for _, width in columns]))
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell, bare if columns[place][0] == "Identifiant" else plain)
    if not rows:
        sheet.write_string(1, 0, "Aucun", plain)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _paper(sheet, landscape=True)


def _height(cells: Row, widths: Sequence[float]) -> float:
    """Of a row, in points, that shows all its wrapped text: not every program works it out by itself."""
    wrapped = (cell for cell in zip(cells, widths, strict=True) if len(cell[0]) != _IDENTIFIER)
    lines = max(sum(max(1, ceil(len(line) / (1.1 * width))) for line in text.split("\n")) for text, width in wrapped)
    return min(_LINE * lines + 1, _TALLEST)


def _paper(sheet: Any, *, landscape: bool) -> None:
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P sur &N")
    if landscape:
        sheet.set_landscape()
