"""The triage table, ready for its page: menus of filters, columns, lines, pages, saved views, actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from pipeline.analysis import FactValue
from pipeline.facts.territory import department_names
from pipeline.labels import fact_text, finding_label, suggested_text
from store.people.bulk import Former
from store.people.bulk_changes import Mark, Withdraw
from store.people.facets import Facet
from store.people.filters import ANY, NONE, Amount, Dimension, Filter, Range
from store.people.states import State
from store.people.triage import TriageRow
from store.people.views import View
from web.french import STATUSES, dropped_for, euros
from web.views.triage_words import (
    AMOUNTS,
    CORRECTED,
    NEAR,
    OF_PEOPLE,
    TITLES,
    Words,
    address,
    field_titles,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter, with how many dossiers it would show."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """The values of one dimension; `chosen` is how many of them are in force, `near` when it is always in view."""

    name: str
    title: str
    hint: str
    human: bool
    near: bool
    choices: tuple[Choice, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class AmountMenu:
    """The bounds of an amount."""

    name: str
    title: str
    range: Range


@dataclass(frozen=True, slots=True)
class Tag:
    """A filter in force, and the address of the table without it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier; texts are French. `absent`, `thin`, `findings` are told in words, `alike` are names and addresses.

    `decided` tells the fields on which people decided, of `asked`; `corrected` are the values, by name, of the facts of
    which people say otherwise than the program.
    """

    id: str
    name: str
    href: str
    bearer: str
    commune: str
    department: str
    department_name: str
    aid: str
    budget: str
    duration: str
    pages: int | None
    suggested: str
    declared: str
    absent: tuple[str, ...]
    thin: tuple[str, ...]
    findings: tuple[str, ...]
    settled: tuple[str, ...]
    read: bool
    reading: str
    unread: int
    alike: tuple[tuple[str, str], ...]
    state: str
    why: str
    late: bool
    arrived: datetime | None
    deposited_at: datetime
    assignee: str
    jurors: tuple[str, ...]
    types: str
    outcome: str
    labels: tuple[str, ...]
    decided: tuple[str, ...]
    asked: int
    corrected: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view in the list; `mine` when the person may take it away."""

    id: int
    name: str
    href: str
    mine: bool
    default: bool
    note: str


@dataclass(frozen=True, slots=True)
class PastAction:
    """An action on many dossiers; `undone_at` is None while it may be undone, `partly` that undoing left some as they
    are."""

    id: int
    text: str
    by: str
    at: datetime
    changed: int
    untouched: int
    undone_at: datetime | None
    partly: bool
    asks_pieces: bool


def menus(facets: Sequence[Facet], made: Filter, words: Words) -> tuple[Menu, ...]:
    """The menus that have something to choose."""
    return tuple(menu for facet in facets if (menu := _menu(facet, made, words)).choices)


def _menu(facet: Facet, made: Filter, words: Words) -> Menu:
    chosen = made.values(facet.dimension)
    known = words.values(facet.dimension)
    values = [value for value in known if value in facet.counts or value in chosen]
    values += sorted({*facet.counts, *chosen} - {*known})
    choices = tuple(
        Choice(value, known.get(value, value), facet.counts.get(value, 0), value in chosen) for value in values
    )
    return Menu(
        name=facet.dimension.value,
        title=TITLES[facet.dimension],
        hint=CORRECTED.get(facet.dimension, ""),
        human=facet.dimension in OF_PEOPLE,
        near=facet.dimension in NEAR,
        choices=choices,
        chosen=len(chosen),
    )


def amounts(made: Filter) -> tuple[AmountMenu, ...]:
    """The menus of amounts."""
    return tuple(AmountMenu(each.value, AMOUNTS[each], made.amount(each)) for each in Amount)


def tags(call: str, made: Filter, words: Words) -> tuple[Tag, ...]:
    """The filters in force, each with the way to take it away."""
    found = [Tag(f"« {made.words} »", address(call, replace(made, words="")))] if made.words else []
    found += [
        Tag(f"{TITLES[dimension]} : {words.value(dimension, value)}", address(call, made.without(dimension, value)))
        for dimension, values in made.chosen
        for value in values
    ]
    for amount, wanted in made.amounts:
        if wanted.least is not None:
            said = f"{AMOUNTS[amount]} : {euros(wanted.least)} ou plus"
            found.append(Tag(said, address(call, made.bounding(amount, replace(wanted, least=None)))))
        if wanted.most is not None:
            said = f"{AMOUNTS[amount]} : {euros(wanted.most)} ou moins"
            found.append(Tag(said, address(call, made.bounding(amount, replace(wanted, most=None)))))
    return tuple(found)


READ = ("analysed", "partly-read")
"""How a dossier is read of which the program can say something."""


def lines(rows: Sequence[TriageRow], made: Filter, words: Words) -> tuple[Line, ...]:
    """The rows of a page."""
    titles = field_titles(words.call)
    departments = department_names()
    kept = urlencode({"filtre": made.query()})
    return tuple(_line(row, kept, titles, departments, words) for row in rows)


def _line(row: TriageRow, kept: str, titles: Mapping[str, str], departments: Mapping[str, str], words: Words) -> Line:
    machine, people = row.machine, row.people
    order, read = list(titles), machine.reading in READ
    return Line(
        id=row.id,
        name=row.name,
        href=f"/dossiers/{row.id}?{kept}",
        bearer=machine.bearer or "",
        commune=machine.commune or "",
        department=machine.department or "",
        department_name=departments.get(machine.department or "", ""),
        aid="" if machine.aid_eur is None else euros(machine.aid_eur),
        budget="" if machine.budget_eur is None else euros(machine.budget_eur),
        duration="" if machine.duration_months is None else fact_text("duree_mois", machine.duration_months),
        pages=machine.pages,
        suggested=suggested_text(machine.suggested) if machine.suggested is not None and read else "",
        declared=suggested_text((machine.declared,)) if machine.declared else "",
        absent=_titled(machine.absent, order, titles),
        thin=_titled(machine.thin, order, titles),
        findings=tuple(
            finding_text(code, number - people.settled.get(code, 0))
            for code, number in machine.findings
            if number > people.settled.get(code, 0)
        ),
        settled=tuple(
            f"{finding_text(code, people.settled[code])} : réglé"
            for code, _number in machine.findings
            if code in people.settled
        ),
        read=read,
        reading=machine.reading,
        unread=machine.pages_unread or 0,
        alike=tuple((name, f"/dossiers/{other}?{kept}") for other, name in machine.alike),
        state=people.state.value,
        why="" if people.reason is None else dropped_for(people.reason),
        late=people.late,
        arrived=people.arrived,
        deposited_at=row.deposited_at,
        assignee="" if people.assignee is None else words.name(people.assignee),
        jurors=tuple(words.name(juror) for juror in people.jurors),
        types="" if people.types is None else suggested_text(people.types),
        outcome="" if people.outcome is None else words.value(Dimension.OUTCOME, people.outcome),
        labels=people.labels,
        decided=tuple(
            f"{title} : {STATUSES['field'][people.fields[field]].label}"
            for field, title in titles.items()
            if field in people.fields
        ),
        asked=len(titles),
        corrected=_corrected(row),
    )


def _corrected(row: TriageRow) -> Mapping[str, str]:
    machine = row.machine
    read: Mapping[str, FactValue | None] = {
        "porteur": machine.bearer,
        "commune": machine.commune,
        "departement": machine.department,
        "aide_demandee_eur": machine.aid_eur,
        "budget_total_eur": machine.budget_eur,
        "duree_mois": machine.duration_months,
    }
    said = row.people.facts
    return {name: fact_text(name, said[name]) for name, value in read.items() if name in said and said[name] != value}


def _titled(fields: Sequence[str], order: Sequence[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    """Titles of fields in the call's order, those that it no longer knows last."""
    places = {field: place for place, field in enumerate(order)}
    return tuple(titles.get(field, field) for field in sorted(fields, key=lambda each: places.get(each, len(order))))


def finding_text(code: str, number: int) -> str:
    """« Annexe citée, non jointe (2) »."""
    label = finding_label(code)
    return label if number < 2 else f"{label} ({number})"


def saved_views(call: str, views: Sequence[View], person_id: int) -> tuple[SavedView, ...]:
    """The views in the list, one's own first."""
    made = [
        SavedView(
            view.id,
            view.name,
            address(call, view.filter),
            view.owner == person_id,
            view.default and view.owner == person_id,
            "" if view.owner == person_id and not view.shared else f"partagée par {view.by}",
        )
        for view in views
    ]
    return tuple(sorted(made, key=lambda view: not view.mine))


def past_actions(formers: Sequence[Former], words: Words) -> tuple[PastAction, ...]:
    """The last actions on many dossiers."""
    return tuple(
        PastAction(
            former.id,
            words.done(former),
            former.by,
            former.at,
            former.changed,
            0 if isinstance(former.change, Withdraw) else former.found - former.changed - former.spared,
            former.undone_at,
            former.undone is not None and former.undone.left > 0,
            former.change == Mark(State.PIECES_REQUESTED),
        )
        for former in formers
    )


def known_only(made: Filter, words: Words) -> tuple[Filter, tuple[str, ...]]:
    """The filter without the fields that the call does not have, and the names of what was left out."""
    left = []
    for dimension in (Dimension.LACKING, Dimension.ABSENT, Dimension.THIN):
        fields = {*field_titles(words.call), NONE, *([ANY] if dimension is Dimension.LACKING else ())}
        values = made.values(dimension)
        if not fields.issuperset(values):
            left.append(dimension.value)
            made = made.choosing(dimension, fields.intersection(values))
    return made, tuple(left)
