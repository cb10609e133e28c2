"""Outcomes of a call as pages show them: a short label, and the call's own words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.calls.model import Call
from pipeline.labels import OUTCOME_LABELS
from store.people.outcomes import Outcome, dismisses, first_stage, second_stage
from web.french import typeset
from web.views.answer_forms import Option

_ANNOUNCED = re.compile(r"[^.]*:$")  # a last sentence whose list are the outcomes that follow
_USUAL_WORDS = "L'appel ne définit pas de suites : le jury dit s'il retient le projet ou non."


def label(call: Call, outcome: str) -> str:
    """« Retenu et financé »; an outcome that no known call has is said in the words of its call."""
    known = OUTCOME_LABELS.get(outcome)
    return known or next((each.text.strip() for each in call.outcomes if each.id == outcome), outcome)


def wording(call: Call, outcome: str) -> str:
    """The call's own words for an outcome; empty where it has none."""
    words = next((each.text.strip() for each in call.outcomes if each.id == outcome), "")
    words = _ANNOUNCED.sub("", words)
    return typeset(words[:1].upper() + words[1:])


def note(call: Call) -> str:
    """What is to be known of the outcomes of a call that names none; empty for the others."""
    if call.outcomes:
        return ""
    opinion = "".join(f" « {each.text.strip()} »" for each in call.rules_of_use if each.id == "avis-technique")
    return typeset(_USUAL_WORDS + opinion)


def options(call: Call, outcomes: tuple[str, ...]) -> tuple[Option, ...]:
    """What a form lets choose among: value, label, what is said under it."""
    return tuple((each, label(call, each), wording(call, each)) for each in outcomes)


@dataclass(frozen=True, slots=True)
class OutcomeVersion:
    """What was held, with the words of whoever entered it; `href` is where the session held it."""

    name: str
    label: str
    comment: str
    at: datetime
    replaced: bool
    href: str


@dataclass(frozen=True, slots=True)
class Without:
    """What the jury would conclude without: the items of the synthesis and of the grid that it has not answered; the
    grids submitted, None where no outcome follows a reading of them."""

    synthesis: tuple[str, ...]
    grid: tuple[str, ...]
    grids: int | None

    def unread(self, quorum: int) -> bool:
        """Whether the grid was not read as a second stage asks for."""
        return self.grids is not None and (self.grids < quorum or bool(self.grid))


@dataclass(frozen=True, slots=True)
class OutcomeState:
    """All that was held of a dossier, the newest first, and what may be held now at each stage of the call.

    `incomplete`: markers lack, so that a dismissal alone may be held, with its reason.
    """

    versions: tuple[OutcomeVersion, ...]
    first: tuple[Option, ...]
    second: tuple[Option, ...]
    replaces: int | None
    note: str
    incomplete: bool


def versions(call: Call, held: Sequence[Outcome], names: Mapping[int, str]) -> tuple[OutcomeVersion, ...]:
    """All that was held of a dossier, the newest first; `held` is oldest first."""
    return tuple(
        OutcomeVersion(
            names[each.person_id],
            label(call, each.outcome),
            each.comment,
            each.at,
            each is not held[-1],
            f"/deliberations/{each.session_id}/dossiers/{each.dossier_id}",
        )
        for each in reversed(held)
    )


def state_of(
    call: Call, held: Sequence[Outcome], names: Mapping[int, str], *, settled: bool, incomplete: bool
) -> OutcomeState:
    """Of a dossier of which `held` was said, oldest first; once it is settled its first stage is over.

    `incomplete`: a marker at least has no collective value.
    """
    current = held[-1].outcome if held else None
    first = tuple(each for each in first_stage(call) if dismisses(each) or not incomplete)
    return OutcomeState(
        versions=versions(call, held, names),
        first=() if settled and held else options(call, first),
        second=() if incomplete else options(call, second_stage(call, current)),
        replaces=held[-1].id if held else None,
        note=note(call),
        incomplete=incomplete,
    )
