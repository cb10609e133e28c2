"""The right pane of a dossier before the jury: markers, the items of a grid or a synthesis, what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.calls.model import Call
from store.people.answers import NOT_APPLICABLE, Answer, AnswerKind
from store.people.collective import CollectiveAnswer
from store.people.deliberations import AgendaItem
from store.people.outcomes import is_retained
from web.views.answer_forms import Option, options_of
from web.views.deliberation import AWAY, FOR_JURY, JURY_CANNOT_SAY, Word, jury_options
from web.views.seats import Seat


class PaneCode(StrEnum):
    """What the pane is about; the value is its name in addresses."""

    MARKERS = "reperes"
    GRID = "grille"
    SYNTHESIS = "synthese"
    OUTCOME = "suite"


PANE_OF_KIND: Mapping[AnswerKind, PaneCode] = {
    AnswerKind.GRID: PaneCode.GRID,
    AnswerKind.SYNTHESIS: PaneCode.SYNTHESIS,
}
_LABELS: Mapping[PaneCode, str] = {
    PaneCode.MARKERS: "Repères",
    PaneCode.GRID: "Faisabilité",
    PaneCode.SYNTHESIS: "Synthèse",
    PaneCode.OUTCOME: "Suite donnée",
}


@dataclass(frozen=True, slots=True)
class PaneLink:
    """A tab of the pane."""

    code: PaneCode
    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Item:
    """An item that a jury answers beside the markers; `options` is empty for a text."""

    id: str
    group: str
    text: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ItemPanel:
    """An item with every juror's answer, and what the jury holds in all its versions, the newest first.

    `answered` counts those who attend.
    """

    item: Item
    words: tuple[Word, ...]
    silent: tuple[Seat, ...]
    held: tuple[Word, ...]
    replaces: int | None
    answered: int


@dataclass(frozen=True, slots=True)
class AgendaPlace:
    """Where the dossier is among those of the session that the viewer sees; neighbours are None at the ends."""

    number: int
    total: int
    previous: str | None
    following: str | None


def place_of(agenda: Sequence[AgendaItem], dossier_id: str, session_id: int) -> AgendaPlace:
    """The place of a dossier that is on the agenda."""
    ids = [item.dossier_id for item in agenda]
    at = ids.index(dossier_id)
    addresses = [f"/deliberations/{session_id}/dossiers/{each}" for each in ids]
    return AgendaPlace(
        at + 1, len(ids), addresses[at - 1] if at else None, addresses[at + 1] if at + 1 < len(ids) else None
    )


def codes_of(call: Call, outcome: str | None) -> tuple[PaneCode, ...]:
    """The panes that a dossier of this outcome has."""
    codes = [PaneCode.MARKERS]
    if call.synthesis_items:
        codes.append(PaneCode.SYNTHESIS)
    codes.append(PaneCode.OUTCOME)
    if call.grid is not None and is_retained(call, outcome):
        codes.append(PaneCode.GRID)
    return tuple(codes)


def links_of(codes: Sequence[PaneCode], current: PaneCode, address: str) -> tuple[PaneLink, ...]:
    """The tabs."""
    return tuple(PaneLink(code, _LABELS[code], f"{address}?volet={code.value}", code is current) for code in codes)


def items_of(call: Call, kind: AnswerKind) -> tuple[Item, ...]:
    """What the call asks of a kind, in its order."""
    if kind is AnswerKind.SYNTHESIS:
        return tuple(Item(each.id, "", _sentence(each.text), ()) for each in call.synthesis_items)
    if call.grid is None:
        return ()
    return tuple(
        Item(
            each.id,
            group.title,
            each.text.strip(),
            jury_options(options_of(call.grid.values, if_relevant=group.if_relevant)),
        )
        for group in call.grid.groups
        for each in group.items
    )


def item_panels(
    items: Sequence[Item],
    seats: Sequence[Seat],
    answers: Sequence[Answer],
    held: Sequence[CollectiveAnswer],
    names: Mapping[int, str],
) -> tuple[ItemPanel, ...]:
    """Every item with the jurors' last answers, side by side, and what the jury holds."""
    return tuple(_panel(item, seats, answers, [each for each in held if each.item == item.id], names) for item in items)


def answer_said(value: str | None, options: tuple[Option, ...], *, jury: bool = False) -> str:
    """An answer to an item as pages show it; empty for a text."""
    if value == NOT_APPLICABLE:
        return "Sans objet"
    if value is None:
        return (JURY_CANNOT_SAY if jury else "Ne se prononce pas") if options else ""
    return next((f"{code} : {more}" if more else code for code, _label, more in options if code == value), value)


def _panel(
    item: Item,
    seats: Sequence[Seat],
    answers: Sequence[Answer],
    held: Sequence[CollectiveAnswer],
    names: Mapping[int, str],
) -> ItemPanel:
    given = {each.person_id: each for each in answers if each.item == item.id}
    words = tuple(
        Word(
            seat.name,
            answer_said(given[seat.person_id].value, item.options),
            given[seat.person_id].comment,
            given[seat.person_id].at,
            "" if seat.attends else AWAY,
            False,
        )
        for seat in seats
        if seat.person_id in given
    )
    versions = tuple(
        Word(
            names[each.person_id],
            answer_said(each.value, item.options, jury=True),
            each.comment,
            each.at,
            FOR_JURY,
            each is not held[-1],
        )
        for each in reversed(held)
    )
    silent = tuple(seat for seat in seats if seat.attends and seat.person_id not in given)
    answered = sum(seat.attends and seat.person_id in given for seat in seats)
    return ItemPanel(item, words, silent, versions, held[-1].id if held else None, answered)


def _sentence(text: str) -> str:
    return text.strip()[:1].upper() + text.strip()[1:]
