"""All measures on a set of cases, for the program and for the methods that it is compared with."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from corpora.notions import notion_of
from evaluation import anchoring, facts, headings, kinds, passages, sections
from evaluation.cases import Case
from evaluation.figures import Estimate, Measure, Tally, estimate
from evaluation.kinds import FoundType, ReliabilityBin
from evaluation.misses import Miss
from evaluation.program import Program
from evaluation.systems import PassageSystem, SectionSystem, TypeSystem
from pipeline.analysis import AnalysisStatus


@dataclass(frozen=True, slots=True)
class SystemFigures:
    """What a system reached; `seconds` is the time it took on all the cases."""

    name: str
    figures: Mapping[str, Estimate]
    seconds: float


@dataclass(frozen=True, slots=True)
class Slice:
    """The figures of the program on a part of the cases (a call, a layout) or on one notion of markers."""

    kind: str
    name: str
    figures: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Suite:
    """Everything measured. `systems` begins with the program; confusions count (gold, said)."""

    cases: int
    systems: tuple[SystemFigures, ...]
    slices: tuple[Slice, ...]
    statuses: Mapping[tuple[str, str], int]
    types: Mapping[tuple[str, str], int]
    reliability: tuple[ReliabilityBin, ...]
    coverage: tuple[tuple[float, float], ...]
    misses: tuple[Miss, ...]
    unreadable_right: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Yardsticks:
    """The methods that the program is compared with, by what they speak of."""

    sections: Sequence[SectionSystem] = ()
    types: Sequence[TypeSystem] = ()
    passages: Sequence[PassageSystem] = ()


PASSAGES = passages.MEASURES
MEASURES: tuple[Measure, ...] = (
    *sections.MEASURES,
    *headings.MEASURES,
    *facts.MEASURES,
    *kinds.MEASURES,
    *passages.MEASURES,
    *anchoring.MEASURES,
)


def evaluate(cases: Sequence[Case], yardsticks: Yardsticks) -> Suite:
    """Measures the program and the yardsticks on `cases`. Dossiers that cannot be read count in `unreadable_right`."""
    readable = [case for case in cases if case.gold.status is AnalysisStatus.ANALYSED]
    unreadable = [case for case in cases if case.gold.status is AnalysisStatus.UNREADABLE]
    program = Program()
    started = perf_counter()
    outcomes = [_outcome(program, case) for case in readable]
    seconds = perf_counter() - started
    whole = [outcome.tally for outcome in outcomes]
    own = SystemFigures(program.name, estimate(whole, MEASURES), seconds)
    return Suite(
        cases=len(cases),
        systems=(own, *_compared(readable, yardsticks)),
        slices=tuple(_slices(readable, whole)),
        statuses=_confusion(whole, "confusion/"),
        types=_confusion(whole, "types-confusion/"),
        reliability=tuple(kinds.reliability(whole)),
        coverage=tuple(kinds.coverage_curve(one.confidence for one in outcomes if one.confidence is not None)),
        misses=tuple(miss for outcome in outcomes for miss in outcome.misses),
        unreadable_right=(sum(case.analysis.status is case.gold.status for case in unreadable), len(unreadable)),
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    tally: Tally
    misses: list[Miss]
    confidence: tuple[float, bool] | None  # of the likeliest type, and whether it is right; None: not labelled


def _outcome(program: Program, case: Case) -> _Outcome:
    gold = case.gold
    said_sections, said_facts = program.sections(case), program.facts(case)
    codes = [finding.code for finding in case.analysis.findings]
    said_type, shown = program.innovation_type(case), program.passages(case)
    tally: Tally = Tally()
    for part in (
        sections.tally_sections(gold, said_sections),
        headings.tally_headings(gold.headings, program.headings(case)),
        facts.tally_facts(gold, said_facts, codes),
        _type_tally(case, said_type),
        kinds.tally_declared(gold.innovation_type.declared, case.analysis.innovation_type.declared),
        passages.tally_passages(gold, shown),
        anchoring.tally_anchors(case),
    ):
        tally.update(part)
    misses = [
        *sections.missed_sections(gold, said_sections),
        *facts.missed_facts(gold, said_facts, codes),
        *_missed_type(case, said_type),
        *passages.missed_passages(gold, shown),
    ]
    return _Outcome(tally, misses, _confidence(case, said_type))


def _type_tally(case: Case, found: FoundType) -> Tally:
    """A dossier whose type is not labelled says nothing of types."""
    gold = case.gold.innovation_type
    return Tally() if gold.main is None else kinds.tally_type(gold.main, gold.second, found)


def _confidence(case: Case, found: FoundType) -> tuple[float, bool] | None:
    gold = case.gold.innovation_type
    return None if gold.main is None else (found.confidence, found.likeliest in {gold.main, gold.second})


def _missed_type(case: Case, found: FoundType) -> list[Miss]:
    gold, dossier = case.gold.innovation_type, case.gold
    misses = []
    if gold.main is not None and not (found.suggested and found.suggested[0] in {gold.main, gold.second}):
        said = ", ".join(found.suggested) or f"abstention ({found.likeliest}, {found.confidence:.2f})"
        misses.append(Miss(dossier.call, dossier.dossier, "type", gold.main, said))
    declared = case.analysis.innovation_type.declared
    if declared != gold.declared:
        misses.append(Miss(dossier.call, dossier.dossier, "type déclaré", str(gold.declared), str(declared)))
    return misses


def _compared(cases: Sequence[Case], yardsticks: Yardsticks) -> Iterable[SystemFigures]:
    for by_sections in yardsticks.sections:
        yield _timed(by_sections.name, cases, _tally_of_sections(by_sections), sections.MEASURES)
    for by_types in yardsticks.types:
        yield _timed(by_types.name, cases, _tally_of_types(by_types), kinds.MEASURES)
    for by_passages in yardsticks.passages:
        yield _timed(by_passages.name, cases, _tally_of_passages(by_passages), passages.MEASURES)


def _tally_of_sections(system: SectionSystem) -> Callable[[Case], Tally]:
    return lambda case: sections.tally_sections(case.gold, system.sections(case))


def _tally_of_types(system: TypeSystem) -> Callable[[Case], Tally]:
    return lambda case: _type_tally(case, system.innovation_type(case))


def _tally_of_passages(system: PassageSystem) -> Callable[[Case], Tally]:
    return lambda case: passages.tally_passages(case.gold, system.passages(case))


def _timed(
    name: str, cases: Sequence[Case], tally: Callable[[Case], Tally], measures: Sequence[Measure]
) -> SystemFigures:
    started = perf_counter()
    tallies = [tally(case) for case in cases]
    return SystemFigures(name, estimate(tallies, measures), perf_counter() - started)


def _slices(cases: Sequence[Case], tallies: Sequence[Tally]) -> Iterable[Slice]:
    calls, layouts = [case.gold.call for case in cases], [case.layout for case in cases]
    for kind, names in (("appel", calls), ("présentation", layouts)):
        for name in sorted(set(names)):
            chosen = [tally for tally, its in zip(tallies, names, strict=True) if its == name]
            yield Slice(kind, name, estimate(chosen, MEASURES))
    by_notion: dict[str, list[Tally]] = {}
    for case, tally in zip(cases, tallies, strict=True):
        for marker in case.call.markers:
            notion = notion_of(case.call.id, marker.id)
            by_notion.setdefault(notion.title, []).append(_of_marker(tally, marker.id))
    for title, of_notion in by_notion.items():
        yield Slice("repère", title, estimate(of_notion, PASSAGES))


def _of_marker(tally: Tally, marker: str) -> Tally:
    prefix = f"marker/{marker}/"
    return Tally({name.removeprefix(prefix): count for name, count in tally.items() if name.startswith(prefix)})


def _confusion(tallies: Sequence[Tally], prefix: str) -> dict[tuple[str, str], int]:
    total: Tally = Tally()
    for tally in tallies:
        total.update({name: count for name, count in tally.items() if name.startswith(prefix)})
    pairs = ((name.removeprefix(prefix).split("/"), count) for name, count in sorted(total.items()))
    return {(gold, said): count for (gold, said), count in pairs}
