"""The table of checks: findings come in its order."""

from collections.abc import Callable, Iterator, Sequence

from pipeline.analysis import Finding, Section, TypeSuggestion
from pipeline.facts.read import Readings
from pipeline.findings import bearer, content, dates, money
from pipeline.findings.files import file_findings
from pipeline.findings.situation import Situation

CHECKS: tuple[Callable[[Situation], Iterator[Finding]], ...] = (
    money.aid_above_ceiling,
    money.aid_stated_differently,
    money.aid_differs_from_budget,
    money.unbalanced_budget,
    money.wrong_sums,
    money.accounts_months,
    money.too_long,
    bearer.outside_territory,
    bearer.not_eligible,
    bearer.public_law,
    bearer.wrong_numbers,
    bearer.several_sirens,
    bearer.siret_of_another,
    dates.after_deadline,
    dates.already_started,
    content.already_aided,
    content.on_the_market,
    content.type_mismatch,
    content.type_not_declared,
    content.missing_annexes,
)


def findings(readings: Readings, sections: Sequence[Section], suggestion: TypeSuggestion) -> tuple[Finding, ...]:
    """Everything worth a person's look: on the files, then in the order of the table.

    Args:
        readings: what `pipeline.facts.read.read_dossier` read, with its document and call.
        sections: the sections as completeness sees them.
        suggestion: the type declared and suggested.
    """
    situation = Situation(readings, sections, suggestion)
    said = (found for check in CHECKS for found in check(situation))
    return (*file_findings(situation.document), *said)
