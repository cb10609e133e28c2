"""The audit's report as a workbook: what was audited and how, what was found, each check, the journal's proof."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

from pipeline.calls.model import Call
from store.people.audits import Drawn, Result, Sample
from store.people.calls import RoomCall
from store.people.coverage import Coverage, Uncovered, Version
from store.people.differences import Difference
from store.people.juries import Jury
from web.french import STATUSES, counted, figure, moment, typeset
from web.views import audit, changes, verification
from web.views.audit_sheets import Cell, Row, Sheets, here
from web.views.samples import METHOD, population_label, rate
from web.views.verification import Proof


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
    jury: Jury
    proof: Proof
    by: str
    at: datetime


def workbook(audited: Audited) -> bytes:
    """The report as an .xlsx; texts stay texts."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": typeset(f"Rapport d'audit, {audited.call.short_title}"), "author": audited.by})
        sheets = Sheets(book)
        sheets.summary(typeset(f"Rapport d'audit, {audited.call.short_title}"), sections(audited))
        sheets.table("Contrôles", _CHECKS, list(_checks(audited.drawn)))
        sheets.table("Programme et personnes", _DIFFERENCES, list(_differences(audited)))
        sheets.table("Décisions de l'échantillon", _DECISIONS, [_decision(one) for one in audited.decided])
        sheets.table("Jury", _JURORS, list(_jurors(audited)))
        sheets.table("Séances", _SITTINGS, list(_sittings(audited)))
        sheets.table("Suites", _OUTCOMES, list(_outcomes(audited)))
        sheets.table("Dossiers non lus en entier", _UNCOVERED, list(_uncovered(audited.uncovered)))
        last = audited.proof.last
        if last is not None and last.report.problems:
            rows = [(typeset(each.message),) for each in last.report.problems]
            sheets.table("Anomalies du journal", (("Anomalie", 120),), rows)
    return buffer.getvalue()


_CLOCKS = "Celles de Paris ; dans la feuille « Décisions de l'échantillon », le temps universel (UTC) du journal."


def sections(audited: Audited) -> Iterator[tuple[str, list[tuple[str, Cell]]]]:
    """What the first sheet says: titles, each with names and values."""
    sample, call = audited.sample, audited.call
    yield "Rapport", [("Établi le", here(audited.at)), ("Par", audited.by), ("Heures", _CLOCKS)]
    yield (
        "Appel",
        [
            ("Titre", call.title),
            ("Identifiant", call.id),
            ("Fichier d'appel", f"empreinte {call.digest}"),
            ("État", STATUSES["call"][audited.room_call.state.value].label),
            ("Date limite", audited.room_call.deadline or "non fixée"),
            ("Quorum", f"{counted(audited.room_call.quorum, 'juré', 'jurés')} par repère"),
        ],
    )
    yield "Couverture", list(_coverage(audited.covered))
    yield "Programme et personnes", list(audit.totals(audited.differences))
    yield "Ce qui a fait les analyses", [_version(one) for one in audited.versions] or [("Analyses", "aucune")]
    yield (
        "Échantillon",
        [
            ("Numéro", sample.id),
            ("Tiré par", f"{sample.name}, le {moment(sample.at)}"),
            ("Population", f"{population_label(sample.among)} : {counted(sample.population, 'dossier', 'dossiers')}"),
            ("Dossiers tirés", sample.size),
            ("Graine", sample.seed),
            ("Méthode", METHOD),
        ],
    )
    yield "Résultat", list(_results(audited))
    yield "Journal", list(_journal(audited))


def _coverage(covered: Coverage) -> Iterator[tuple[str, Cell]]:
    yield "Dossiers", covered.dossiers
    for label, count in audit.readings(covered):
        yield f"Lecture : {label}", count
    for label, count in audit.states(covered):
        yield f"État : {label}", count
    yield "Tous les champs décidés", f"{figure(covered.decided)} sur {figure(covered.followed)}"
    yield "Pages des fichiers ouverts", covered.pages
    yield "Pages non lues", audit.pages_unread(covered) if covered.pages_unknown else covered.pages_unread


def _version(one: Version) -> tuple[str, Cell]:
    made = f"programme {one.program}, fichier d'appel {one.call_digest}, modèles : {one.models or 'aucun'}"
    return counted(one.dossiers, "dossier", "dossiers"), made


def _results(audited: Audited) -> Iterator[tuple[str, Cell]]:
    yield "Taux d'écart", rate(audited.sample, audited.results).text
    for result, count in audited.results.items():
        yield STATUSES["check"][result.value].label.capitalize(), count
    yield "Reste à contrôler", audited.sample.size - sum(audited.results.values())


def _journal(audited: Audited) -> Iterator[tuple[str, Cell]]:
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
            yield (one.position, one.name, "à contrôler", "", "", "", "", one.dossier_id)
        for check in one.checks:
            held = "oui" if check is one.checks[0] else "remplacé"
            label = STATUSES["check"][check.result.value].label
            yield (one.position, one.name, label, check.note, check.name, here(check.at), held, one.dossier_id)


_DIFFERENCES = (("Sur", 20), ("Précisément", 36), ("Sens", 30), ("Programme", 30), ("Personne", 30), ("Décisions", 10))


def _differences(audited: Audited) -> Iterator[Row]:
    for one in audit.counts(audited.call.id, audited.differences):
        yield (one.kind, one.subject, one.verdict, one.machine, one.person, one.count)


_WIDTHS = (9, 26, 22, 34, 24, 34, 40, 9, 24, 26, 50, 12)
_DECISIONS = tuple(zip(changes.TITLES, _WIDTHS, strict=True))


def _decision(one: changes.Line) -> Row:
    """The instant is in UTC, as the journal writes it."""
    _, _, *cells = changes.cells(one)
    place = changes.TITLES.index("Analyse") - 2
    analysis: Cell = int(one.analysis) if one.analysis else ""
    return (one.id, one.at.astimezone(UTC).replace(tzinfo=None), *cells[:place], analysis, *cells[place + 1 :])


_JURORS = (
    ("Juré", 30),
    ("Place au jury", 20),
    ("Dossiers confiés", 12),
    ("Repères par dossier", 12),
    ("Repères répondus", 12),
    ("Grilles et synthèses", 12),
    ("Conflits déclarés", 12),
)


def _jurors(audited: Audited) -> Iterator[Row]:
    markers = len(audited.call.markers)
    for one in audited.jury.jurors:
        yield (one.name, audit.seat(one), one.assigned, markers, one.markers, one.sheets, one.conflicts)


_SITTINGS = (
    ("Séance", 9),
    ("Titre", 40),
    ("Jour", 14),
    ("État", 14),
    ("Présidence", 26),
    ("Dossiers", 10),
    ("Clos", 10),
    ("Valeurs collectives", 12),
    ("sur", 12),
)


def _sittings(audited: Audited) -> Iterator[Row]:
    """Values are counted over all markers of all dossiers of the session."""
    for one in audited.jury.sittings:
        state, most = STATUSES["session"][one.state.value].label, one.dossiers * len(audited.call.markers)
        yield (one.id, one.title, one.held_on, state, one.chair, one.dossiers, one.settled, one.values, most)


_OUTCOMES = (("Suite", 60), ("Dossiers", 10))


def _outcomes(audited: Audited) -> Iterator[Row]:
    yield from audit.outcomes_held(audited.call, audited.jury, audited.covered.dossiers)


_UNCOVERED = (("Dossier", 40), ("Lecture", 18), ("Ce qui manque", 70), ("Identifiant", 24))


def _uncovered(dossiers: Sequence[Uncovered]) -> Iterator[Row]:
    for one, line in zip(dossiers, audit.missed(dossiers), strict=True):
        yield (line.name, STATUSES["reading"][line.status].label, line.what, one.id)
