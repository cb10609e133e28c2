"""Findings on dates: a dossier made after the deadline, an action already begun or over."""

from collections.abc import Iterator
from datetime import date

from pipeline.analysis import Finding
from pipeline.calls.model import CheckKind
from pipeline.findings.situation import Situation, finding
from pipeline.findings.wording import day


def after_deadline(situation: Situation) -> Iterator[Finding]:
    deadline = situation.call.deadline
    for _ in situation.checks(CheckKind.DEADLINE):
        late = [stated for stated in situation.readings.timing.signed if deadline is not None and stated.day > deadline]
        if late and deadline is not None:
            yield finding(
                "after-deadline",
                f"Dossier daté du {day(late[0].day)}, après la date limite du {day(deadline)}",
                [late[0].span],
            )


def already_started(situation: Situation) -> Iterator[Finding]:
    """An action that began, or ended, before the dossier was handed in."""
    reference = _handed_in(situation)
    if reference is None or not any(situation.checks(CheckKind.DURATION)):
        return
    timing = situation.readings.timing
    over = [period for period in timing.periods if period.end < reference]
    begun = [stated for stated in timing.started if stated.day < reference]
    later = [stated for stated in timing.started if stated.day >= reference]
    if over and not later:
        yield finding(
            "action-over", f"Action terminée le {day(over[0].end)}, avant le dépôt du dossier", [over[0].span]
        )
    elif begun and not later:
        yield finding(
            "action-started", f"Action commencée le {day(begun[0].day)}, avant le dépôt du dossier", [begun[0].span]
        )


def _handed_in(situation: Situation) -> date | None:
    """The dossier's own date, at most the deadline; the deadline where it gives none."""
    deadline = situation.call.deadline
    days = [stated.day for stated in situation.readings.timing.signed if stated.day.year >= situation.call.year]
    if days and deadline is not None:
        return min(max(days), deadline)
    return max(days) if days else deadline
