"""A dossier before the jury: each marker with every juror's answer side by side, and what the jury holds.

Answers are laid out along the call's scale, in the order of the scale and of names. Nothing is added up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.calls.model import Level, Marker
from store.people.collective import CollectiveValue
from store.people.passages import Choice, PassageChoice
from store.people.scores import Score
from web.opened import Opened
from web.views.answer_forms import Option, options_of
from web.views.evidence import Mark, file_address, place_of
from web.views.markers import MarkerSign, signs_of
from web.views.reading_room import levels_of, value_said
from web.views.seats import Seat

CANNOT_SAY = "Ne se prononce pas"
JURY_CANNOT_SAY = "Le jury ne se prononce pas"
FOR_JURY = "pour le jury"
AWAY = "hors séance"
"""Of an answer of somebody who does not attend."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A juror's answer where it stands on the scale. `former`: what they had said before the session and revised
    since. `late`: submitted after the collective value."""

    seat: Seat
    former: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A level of the scale and who answered it."""

    level: Level
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class MarkerRow:
    """A marker in the table of all. `held` is what the jury holds, empty before; `beside` answered without a level."""

    sign: MarkerSign
    href: str
    current: bool
    cells: tuple[Cell, ...]
    beside: tuple[Dot, ...]
    silent: tuple[Seat, ...]
    held: str


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said, in one version; `value` is as pages show it."""

    name: str
    value: str
    comment: str
    at: datetime
    note: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage that jurors kept or added; `href` opens the file at its page, empty when it has no place."""

    mark: Mark
    by: str
    href: str


@dataclass(frozen=True, slots=True)
class MarkerPanel:
    """All that is said of the marker under discussion. `answered` counts the jurors that the quorum asks for."""

    sign: MarkerSign
    marker: Marker
    levels: tuple[Level, ...]
    words: tuple[Word, ...]
    silent: tuple[Seat, ...]
    kept: tuple[Kept, ...]
    moved: tuple[PassageChoice, ...]
    held: tuple[Word, ...]
    options: tuple[Option, ...]
    replaces: int | None
    answered: int
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits, and what was said: what rows and panel are made from. `opened_at` parts before from after."""

    seats: tuple[Seat, ...]
    scores: tuple[Score, ...]  # all versions, the oldest first
    values: tuple[CollectiveValue, ...]  # the same
    answering: Mapping[str, int]
    names: Mapping[int, str]
    opened_at: datetime | None

    def of_marker(self, marker: str) -> dict[int, list[Score]]:
        """The versions of each juror's answer, by account."""
        found: dict[int, list[Score]] = {}
        for score in self.scores:
            if score.marker == marker:
                found.setdefault(score.person_id, []).append(score)
        return found

    def held(self, marker: str) -> list[CollectiveValue]:
        """The versions of the collective value."""
        return [value for value in self.values if value.marker == marker]


def rows_of(dossier: Opened, table: Table, address: str, current: str) -> tuple[MarkerRow, ...]:
    """The markers in the order of the call."""
    return tuple(
        _row(dossier, table, marker, f"{address}?repere={marker.id}", marker.id == current)
        for marker in dossier.call.markers
    )


def next_marker(dossier: Opened, values: Iterable[CollectiveValue], after: str = "") -> str | None:
    """The first marker without collective value, from the one after `after` on and then from the start."""
    held = {value.marker for value in values}
    ids = [marker.id for marker in dossier.call.markers]
    start = ids.index(after) + 1 if after in ids else 0
    return next((each for each in (*ids[start:], *ids[:start]) if each not in held), None)


def panel_of(
    dossier: Opened, table: Table, marker: Marker, choices: Sequence[PassageChoice], address: str
) -> MarkerPanel:
    """The marker under discussion."""
    levels = levels_of(dossier, marker)
    answers, held = table.of_marker(marker.id), table.held(marker.id)
    markers = [each.id for each in dossier.call.markers]
    place = markers.index(marker.id)
    chosen = [each for each in choices if each.marker == marker.id and each.choice in (Choice.KEPT, Choice.ADDED)]
    sign = signs_of(dossier.call)[marker.id]
    return MarkerPanel(
        sign=sign,
        marker=marker,
        levels=levels,
        words=tuple(
            word
            for seat in table.seats
            for word in _words(seat, answers.get(seat.person_id, []), levels, held, table.opened_at)
        ),
        silent=_silent(table, answers),
        kept=tuple(_kept(dossier, sign, chosen, table.names)),
        moved=tuple(each for each in chosen if not _placed(dossier, each)),
        held=tuple(_held_word(value, levels, table.names, value is not held[-1]) for value in reversed(held)),
        options=jury_options(options_of(levels)),
        replaces=held[-1].id if held else None,
        answered=table.answering.get(marker.id, 0),
        previous=f"{address}?repere={markers[place - 1]}",
        following=f"{address}?repere={markers[(place + 1) % len(markers)]}",
    )


def value_held(value: str | None, levels: tuple[Level, ...]) -> str:
    """What the jury holds as pages show it; without scale, that it has commented."""
    return value or (JURY_CANNOT_SAY if levels else "Commentaire du jury")


def jury_options(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The options of a juror's form as the jury's."""
    return tuple(
        (value, JURY_CANNOT_SAY if label == "Je ne peux pas me prononcer" else label, more)
        for value, label, more in options
    )


def _row(dossier: Opened, table: Table, marker: Marker, href: str, current: bool) -> MarkerRow:
    levels = levels_of(dossier, marker)
    answers, held = table.of_marker(marker.id), table.held(marker.id)
    dots: dict[str | None, list[Dot]] = {}
    for seat in table.seats:
        versions = answers.get(seat.person_id, [])
        if not versions:
            continue
        last = versions[-1]
        dots.setdefault(last.value, []).append(Dot(seat, False, bool(held) and last.at > held[-1].at))
        before = _before(versions, table.opened_at)
        if before is not None and before.value != last.value:
            dots.setdefault(before.value, []).append(Dot(seat, True, False))
    values = {level.value for level in levels}
    return MarkerRow(
        sign=signs_of(dossier.call)[marker.id],
        href=href,
        current=current,
        cells=tuple(Cell(level, tuple(dots.get(level.value, ()))) for level in levels),
        beside=tuple(dot for value, each in dots.items() if value not in values for dot in each),
        silent=_silent(table, answers),
        held=value_held(held[-1].value, levels) if held else "",
    )


def _silent(table: Table, answers: Mapping[int, Sequence[Score]]) -> tuple[Seat, ...]:
    return tuple(seat for seat in table.seats if seat.attends and seat.person_id not in answers)


def _before(versions: Sequence[Score], opened_at: datetime | None) -> Score | None:
    """What the juror held when the session was opened."""
    before = [each for each in versions if opened_at is not None and each.at < opened_at]
    return before[-1] if before else None


def _words(
    seat: Seat,
    versions: Sequence[Score],
    levels: tuple[Level, ...],
    held: Sequence[CollectiveValue],
    opened_at: datetime | None,
) -> Iterable[Word]:
    for version in reversed(versions):
        replaced = version is not versions[-1]
        notes = ["" if seat.attends else AWAY]
        if opened_at is not None:
            notes.append("avant la séance" if version.at < opened_at else "pendant la séance")
        if held and not replaced and version.at > held[-1].at:
            notes.append("soumis après la valeur collective")
        said = value_said(version.value, levels) or "Commentaire"
        yield Word(seat.name, said, version.comment, version.at, ", ".join(filter(None, notes)), replaced)


def _held_word(value: CollectiveValue, levels: tuple[Level, ...], names: Mapping[int, str], replaced: bool) -> Word:
    said = value_held(value.value, levels)
    return Word(names[value.person_id], said, value.comment, value.at, FOR_JURY, replaced)


def _placed(dossier: Opened, choice: PassageChoice) -> bool:
    return dossier.analysed is not None and choice.place.document == dossier.analysed.document_digest


def _kept(
    dossier: Opened, sign: MarkerSign, choices: Sequence[PassageChoice], names: Mapping[int, str]
) -> Iterable[Kept]:
    """Each stretch of text once, in the order of the document, with all who chose it."""
    analysed = dossier.analysed
    if analysed is None:
        return
    by_place: dict[tuple[int, int], list[PassageChoice]] = {}
    for choice in sorted((each for each in choices if _placed(dossier, each)), key=lambda each: each.place.span):
        by_place.setdefault((choice.place.span.start, choice.place.span.end), []).append(choice)
    for (start, end), each in by_place.items():
        first = each[0]
        place = place_of(analysed.document, first.place.span, first.place.quote)
        mark = Mark(f"passage-{start}-{end}", sign.label, sign.title, first.choice.value, sign.colour, place)
        spot = place.spots[0] if place.spots else None
        href = f"{file_address(dossier.dossier, spot.file)}#page={spot.page}" if spot else ""
        yield Kept(mark, ", ".join(names[one.person_id] for one in each), href)
