"""A sample as auditors see it: progress, rate of differences with its interval, and the report."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

import xlsxwriter

from pipeline.text import decimal
from store.doubts import VerificationReport
from store.people.audits import Drawn, Population, Result, Sample
from store.people.coverage import Version
from web.french import STATUSES, counted, moment, typeset

POPULATIONS = (
    (Population.ALL.value, "Tous les dossiers"),
    (Population.COMPLETE.value, "Les dossiers dits complets"),
    (Population.DECIDED.value, "Les dossiers sur lesquels une personne a décidé"),
)
RESULTS = tuple((result.value, STATUSES["check"][result.value].label.capitalize()) for result in Result)
METHOD = (
    "Les identifiants des dossiers de la population sont rangés dans l'ordre du SHA-256 de « graine|identifiant », "
    "et les premiers sont pris : avec la même graine et la même population, le tirage est le même."
)
_Z = 1.959964  # of a confidence of 95 %


@dataclass(frozen=True, slots=True)
class Rate:
    """Differences among the dossiers on which the auditor spoke, and the bounds of the interval, from 0 to 1."""

    differs: int
    checked: int
    low: float
    high: float

    @property
    def text(self) -> str:
        """The rate in words, without a figure when nothing is checked."""
        if not self.checked:
            return typeset("Aucun dossier contrôlé : le taux d'écart n'est pas connu.")
        low, high = _percent(self.low), _percent(self.high)
        observed = _percent(self.differs / self.checked)
        checked = counted(self.checked, "dossier contrôlé", "dossiers contrôlés")
        return typeset(
            f"{counted(self.differs, 'écart', 'écarts')} sur {checked}, soit {observed} ; "
            f"dans la population, le taux d'écart est compris entre {low} et {high} (intervalle de Wilson, à 95 %)."
        )


def rate(drawn: Sequence[Drawn]) -> Rate:
    """The rate over the last check of each dossier; those on which the auditor does not speak are left out."""
    last = [one.checks[0].result for one in drawn if one.checks and one.checks[0].result is not Result.UNDECIDED]
    differs = sum(result is Result.DIFFERS for result in last)
    low, high = wilson(differs, len(last))
    return Rate(differs, len(last), low, high)


def wilson(found: int, among: int) -> tuple[float, float]:
    """Wilson's interval at 95 % of a share; all from 0 to 1 when there is nothing to judge by."""
    if not among:
        return 0.0, 1.0
    share, square = found / among, _Z * _Z
    centre = share + square / (2 * among)
    half = _Z * sqrt(share * (1 - share) / among + square / (4 * among * among))
    whole = 1 + square / among
    return max(0.0, (centre - half) / whole), min(1.0, (centre + half) / whole)


def report(
    sample: Sample, drawn: Sequence[Drawn], versions: Sequence[Version], verified: VerificationReport, at: datetime
) -> bytes:
    """The audit's report as an .xlsx workbook: how it was drawn and what it says, then a line per check."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        bold = workbook.add_format({"bold": True, "valign": "top"})
        summary = workbook.add_worksheet("Rapport")
        summary.set_column(0, 0, 30)
        summary.set_column(1, 1, 90)
        for row, (name, value) in enumerate(_summary(sample, drawn, versions, verified, at)):
            summary.write_string(row, 0, typeset(name), bold)
            summary.write_string(row, 1, typeset(value), wrapped)
        sheet = workbook.add_worksheet("Contrôles")
        sheet.set_column(0, 5, 24)
        for column, title in enumerate(
            ("Rang", "Dossier", "Identifiant", "Résultat", "Note", "Par", "Le", "En vigueur")
        ):
            sheet.write_string(0, column, title, bold)
        for row, cells in enumerate(_lines(drawn), start=1):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell, wrapped)
        sheet.freeze_panes(1, 2)
    return buffer.getvalue()


def _summary(
    sample: Sample, drawn: Sequence[Drawn], versions: Sequence[Version], verified: VerificationReport, at: datetime
) -> list[tuple[str, str]]:
    problems = counted(len(verified.problems), "anomalie", "anomalies")
    return [
        ("Appel", sample.call),
        ("Échantillon", f"n° {sample.id}, tiré par {sample.name} le {moment(sample.at)}"),
        ("Population", counted(sample.population, "dossier", "dossiers")),
        ("Dossiers tirés", str(sample.size)),
        ("Graine", str(sample.seed)),
        ("Méthode", METHOD),
        ("Résultat", rate(drawn).text),
        *(
            (
                "Analyses",
                f"{one.program}, appel {one.call_digest[:16]}, modèles : {one.models or 'aucun'} ({one.dossiers})",
            )
            for one in versions
        ),
        ("Journal", f"{counted(verified.events, 'événement', 'événements')} : {problems}, vérifié le {moment(at)}"),
        ("Dernier événement", f"n° {verified.head.sequence}, empreinte {verified.head.digest}"),
    ]


def _lines(drawn: Sequence[Drawn]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for place, one in enumerate(drawn, start=1):
        if not one.checks:
            rows.append((str(place), one.name, one.dossier_id, "à contrôler", "", "", "", ""))
        for place, check in enumerate(one.checks):
            label = STATUSES["check"][check.result.value].label
            held = "oui" if place == 0 else "remplacé"
            rows.append((str(place), one.name, one.dossier_id, label, check.note, check.name, moment(check.at), held))
    return rows


def _percent(share: float) -> str:
    return f"{decimal(100 * share, 1)} %"
