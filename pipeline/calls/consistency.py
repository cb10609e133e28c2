"""What the keys of a call file must be to one another, which no single key shows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.calls.model import CheckKind, RequirementKind
from pipeline.calls.problems import Path, at, problem
from pipeline.calls.schema import CallLists, FieldTable, ItemTable, MarkerTable, Placed

_WITH_AMOUNT = {CheckKind.AID_CEILING: "un montant en euros", CheckKind.DURATION: "un nombre de mois"}


@dataclass(frozen=True, slots=True)
class Clash:
    """A disagreement: the path of the key at fault, what is there, what is expected (French)."""

    path: Path
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Rule:
    """`needs` names the parts without which the rule would blame a key for what is wrong elsewhere."""

    find: Callable[[CallLists], Iterator[Clash]]
    needs: tuple[str, ...] = ()


def inconsistencies(file: CallLists, refused: frozenset[str], data: Mapping[str, Any]) -> list[str]:
    """Problems of `file`, as French sentences.

    Args:
        file: the parts of the call file that the schema accepts; those that it refuses are empty.
        refused: the names of those that it refuses.
        data: the whole file as it was read, where the ids of the elements are looked up.
    """
    return [
        problem(at(clash.path, data), clash.found, clash.expected)
        for rule in _RULES
        if refused.isdisjoint(rule.needs)
        for clash in rule.find(file)
    ]


def _repetitions(file: CallLists) -> Iterator[Clash]:
    for name, key in _LISTS_WITH_IDS.items():
        yield from _repeated(((name, index, key), getattr(part, key)) for index, part in enumerate(getattr(file, name)))
    yield from _repeated((("scale", index), value) for index, value in enumerate(file.scale))
    for number, field in enumerate(file.fields):
        yield from _repeated(
            (("fields", number, "items", index, "id"), item.id) for index, item in enumerate(field.items)
        )


def _repetitions_in_grid(file: CallLists) -> Iterator[Clash]:
    if file.grid is None:
        return
    groups = file.grid.groups
    yield from _repeated(
        (("grid", "values", index, "value"), level.value) for index, level in enumerate(file.grid.values)
    )
    yield from _repeated((("grid", "groups", index, "id"), group.id) for index, group in enumerate(groups))
    yield from _repeated(
        (("grid", "groups", number, "items", index, "id"), item.id)
        for number, group in enumerate(groups)
        for index, item in enumerate(group.items)
    )


def _repeated(values: Iterable[tuple[Path, str]]) -> Iterator[Clash]:
    seen: set[str] = set()
    for path, value in values:
        if value in seen:
            yield Clash(path, f"« {value} », déjà pris plus haut", "une valeur qui ne serve qu'une fois")
        seen.add(value)


def _unfindable(file: CallLists) -> Iterator[Clash]:
    """Fields, sub-items and markers that nothing tells how to recognise: they would always be found missing."""
    expected = "« topic » (un lexique installé) ou « cues » (des motifs propres à l'appel)"
    for path, element in _searched(file):
        if element.topic is None and not element.cues:
            yield Clash(path, "ni « topic » ni « cues »", expected)


def _searched(file: CallLists) -> Iterator[tuple[Path, FieldTable | ItemTable | MarkerTable]]:
    for index, field in enumerate(file.fields):
        yield ("fields", index), field
        for position, item in enumerate(field.items):
            yield ("fields", index, "items", position), item
    for index, marker in enumerate(file.markers):
        yield ("markers", index), marker


def _document_only_keys(file: CallLists) -> Iterator[Clash]:
    for index, field in enumerate(file.fields):
        for key in ("must_be_dated", "must_be_signed"):
            if field.kind is RequirementKind.FIELD and getattr(field, key):
                yield Clash(("fields", index, key), "true", 'une pièce, c\'est-à-dire « kind = "document" »')


def _levels_off_scale(file: CallLists) -> Iterator[Clash]:
    for index, marker in enumerate(file.markers):
        if marker.levels and len(marker.levels) != len(file.scale):
            expected = f"{len(file.scale)}, un par valeur de « scale »"
            yield Clash(
                ("markers", index, "levels"),
                f"{len(marker.levels)} niveau{'x' if len(marker.levels) > 1 else ''}",
                expected,
            )


def _amounts(file: CallLists) -> Iterator[Clash]:
    for index, check in enumerate(file.checks):
        wanted = _WITH_AMOUNT.get(check.kind)
        if wanted and check.amount is None:
            yield Clash(("checks", index, "amount"), "clé absente", wanted)
        elif not wanted and check.amount is not None:
            yield Clash(("checks", index, "amount"), str(check.amount), f"aucun montant pour « {check.kind} »")


def _deadline_before_year(file: CallLists) -> Iterator[Clash]:
    if file.deadline and file.year and file.deadline.year < file.year:
        yield Clash(("deadline",), str(file.deadline), f"une date de {file.year} ou d'après")


def _repeated_kinds(file: CallLists) -> Iterator[Clash]:
    """Two checks of one kind would say the same thing twice, or contradict each other."""
    yield from _repeated((("checks", index, "kind"), check.kind) for index, check in enumerate(file.checks))


def _unsupported(
    kind: CheckKind, expected: str, is_met: Callable[[CallLists], bool]
) -> Callable[[CallLists], Iterator[Clash]]:
    """A check that the program can make only when another part of the file says something."""

    def find(file: CallLists) -> Iterator[Clash]:
        for index, check in enumerate(file.checks):
            if check.kind is kind and not is_met(file):
                yield Clash(("checks", index, "kind"), f"« {kind} »", expected)

    return find


def _unknown_documents(file: CallLists) -> Iterator[Clash]:
    known = [source.key for source in file.sources]
    for path, placed in _placed(file):
        if placed.document is not None and placed.document not in known:
            expected = f"la clé d'une des « sources » : {', '.join(known)}"
            yield Clash((*path, "document"), f"« {placed.document} »", expected)


def _placed(file: CallLists) -> Iterator[tuple[Path, Placed]]:
    for name in CallLists.model_fields:
        value = getattr(file, name)
        if isinstance(value, Placed):
            yield (name,), value
        elif isinstance(value, list):
            yield from (((name, index), part) for index, part in enumerate(value) if isinstance(part, Placed))


_LISTS_WITH_IDS = {
    name: "key" if name == "sources" else "code" if name == "departments" else "id"
    for name, info in CallLists.model_fields.items()
    if info.default == [] and name != "scale"
}

_RULES = (
    Rule(_repetitions),
    Rule(_repetitions_in_grid),
    Rule(_unfindable),
    Rule(_document_only_keys),
    Rule(_levels_off_scale, needs=("scale",)),
    Rule(_amounts),
    Rule(_repeated_kinds),
    Rule(_unknown_documents, needs=("sources",)),
    Rule(_deadline_before_year),
    Rule(
        _unsupported(CheckKind.TERRITORY, "les « departments » de l'appel", lambda file: bool(file.departments)),
        needs=("departments",),
    ),
    Rule(
        _unsupported(CheckKind.DEADLINE, "la date « deadline » de l'appel", lambda file: file.deadline is not None),
        needs=("deadline",),
    ),
    Rule(
        _unsupported(
            CheckKind.ACCOUNTS_HORIZON,
            "un champ qui ait « horizon_months »",
            lambda file: any(field.horizon_months for field in file.fields),
        ),
        needs=("fields",),
    ),
)
