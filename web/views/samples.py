"""A sample as auditors see it: where it comes from, its results, the rate of differences with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from pipeline.text import decimal
from store.people.audits import Population, Result, Sample
from web.french import STATUSES, counted, typeset

PER_PAGE = 25
POPULATIONS = (
    (Population.ALL.value, "Tous les dossiers"),
    (Population.COMPLETE.value, "Les dossiers marqués complets"),
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
    """Differences among the dossiers on which the auditor spoke, and the bounds of the interval, from 0 to 1.

    `whole` when these are all the dossiers that there were to draw: the rate is then known, not estimated.
    """

    differs: int
    checked: int
    low: float
    high: float
    whole: bool

    @property
    def text(self) -> str:
        """The rate in words, without a figure when nothing is checked."""
        if not self.checked:
            return typeset("Aucun dossier contrôlé : le taux d'écart n'est pas connu.")
        observed = _percent(self.differs / self.checked)
        checked = counted(self.checked, "dossier contrôlé", "dossiers contrôlés")
        said = f"{counted(self.differs, 'écart', 'écarts')} sur {checked}, soit {observed}"
        if self.whole:
            return typeset(f"{said} : toute la population est contrôlée, ce taux est exact.")
        low, high = _percent(self.low), _percent(self.high)
        return typeset(
            f"{said} ; dans la population, le taux d'écart est compris entre {low} et {high} "
            "(intervalle de Wilson, à 95 %)."
        )


def population_label(among: Population | None) -> str:
    """« Tous les dossiers »."""
    return "Population non gardée avec le tirage" if among is None else dict(POPULATIONS)[among.value]


def rate(sample: Sample, results: Mapping[Result, int]) -> Rate:
    """The rate over the last check of each dossier; those that could not be checked are left out."""
    differs = results[Result.DIFFERS]
    checked = differs + results[Result.CONFORM]
    low, high = wilson(differs, checked)
    return Rate(differs, checked, low, high, checked == sample.population)


def wilson(found: int, among: int) -> tuple[float, float]:
    """Wilson's interval at 95 % of a share; all from 0 to 1 when there is nothing to judge by."""
    if not among:
        return 0.0, 1.0
    share, square = found / among, _Z * _Z
    centre = share + square / (2 * among)
    half = _Z * sqrt(share * (1 - share) / among + square / (4 * among * among))
    whole = 1 + square / among
    return max(0.0, (centre - half) / whole), min(1.0, (centre + half) / whole)


def _percent(share: float) -> str:
    return f"{decimal(100 * share, 1)} %"
