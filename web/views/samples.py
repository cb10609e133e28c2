"""A sample as auditors see it: where it comes from, its results, the rate of differences with its interval."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.text import decimal
from store.people.audits import Population, Result, Sample
from web.french import STATUSES, counted, figure, typeset
from web.views.intervals import bounds

PER_PAGE = 25
POPULATIONS = (
    (Population.ALL.value, "Tous les dossiers"),
    (Population.COMPLETE.value, "Les dossiers marqués complets"),
    (Population.DECIDED.value, "Les dossiers sur lesquels une personne a décidé"),
)
RESULTS = tuple((result.value, STATUSES["check"][result.value].label.capitalize()) for result in Result)
METHOD = (
    "Les identifiants des dossiers de la population sont rangés dans l'ordre du SHA-256 de « graine|identifiant », "
    "et les premiers sont pris : avec la même graine et la même population, le tirage est le même. "
    "Une graine donnée en toutes lettres est changée en nombre par son SHA-256 ; c'est ce nombre qui est gardé."
)


@dataclass(frozen=True, slots=True)
class Rate:
    """Differences among the dossiers on which the auditor spoke, and how few and how many the population may have.

    It is known, not estimated, when these are all the dossiers that there were to draw (`whole`).
    """

    differs: int
    checked: int
    undecided: int
    low: int
    high: int
    population: int

    @property
    def whole(self) -> bool:
        return self.checked == self.population

    @property
    def text(self) -> str:
        """The rate in words, without a figure when nothing is checked."""
        if not self.checked:
            none = "Aucun dossier contrôlé" if not self.undecided else "Aucun dossier n'a pu être contrôlé"
            return typeset(f"{none} : le taux d'écart n'est pas connu.")
        observed = _percent(self.differs / self.checked)
        checked = counted(self.checked, "dossier contrôlé", "dossiers contrôlés")
        said = f"{counted(self.differs, 'écart', 'écarts')} sur {checked}, soit {observed}{self._left_out}"
        if self.whole:
            return typeset(f"{said} : toute la population est contrôlée, ce taux est exact.")
        low, high = _percent(self.low / self.population), _percent(self.high / self.population)
        among = counted(self.population, "dossier", "dossiers")
        return typeset(
            f"{said} ; dans la population de {among}, entre {figure(self.low)} et "
            f"{counted(self.high, 'écart', 'écarts')}, soit un taux compris entre {low} et {high} "
            "(intervalle exact à 95 %, loi hypergéométrique)."
        )

    @property
    def _left_out(self) -> str:
        if not self.undecided:
            return ""
        return f", hors {counted(self.undecided, 'dossier non contrôlable', 'dossiers non contrôlables')}"


def population_label(among: Population | None) -> str:
    """« Tous les dossiers »."""
    return "Population non gardée avec le tirage" if among is None else dict(POPULATIONS)[among.value]


def rate(sample: Sample, results: Mapping[Result, int]) -> Rate:
    """The rate over the last check of each dossier; those that could not be checked are left out."""
    differs = results[Result.DIFFERS]
    checked = differs + results[Result.CONFORM]
    low, high = bounds(differs, checked, sample.population)
    return Rate(differs, checked, results[Result.UNDECIDED], low, high, sample.population)


def _percent(share: float) -> str:
    return f"{decimal(100 * share, 1)} %"
