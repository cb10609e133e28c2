"""The call's own order: which headings without a word of a field stand at that field's place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.completeness.headings import Heading, HeadingKind
from pipeline.completeness.targets import Target

LEAST_NUMBERED = 3  # headings that bear the number of the field they announce, from which numbers are those of the call
_NUMBER = re.compile(r"\W*(\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A heading that may announce a field by where it stands; `sure` when nothing else could stand there."""

    heading: Heading
    sure: bool


def places_of(headings: Sequence[Heading], targets: Sequence[Target]) -> Mapping[int, tuple[Place, ...]]:
    """For each field that no heading announces, the headings that stand where the call asks for it.

    A heading stands there when it bears the field's number in a dossier that numbers its parts as the call does, or
    when it says nothing of any field, between one that announces an earlier field and one that announces a later one.
    """
    parts = [heading for heading in headings if heading.kind is HeadingKind.BLOCK and not _is_apart(heading)]
    announced = {aim.target for heading in headings for aim in heading.aims if aim.strong and not heading.aside}
    missing = [target.index for target in targets if target.index not in announced]
    numbered = _numbered(parts, targets)
    found: dict[int, list[Place]] = {index: [] for index in missing}
    for silent, before, after in _gaps(parts, len(targets)):
        between = [index for index in missing if before < index < after]
        for heading in silent:
            number = _number(heading) if numbered else None
            for index in between if number is None else [index for index in missing if _id(targets, index) == number]:
                alone = len(between) == 1 and len(silent) == 1
                found[index].append(Place(heading, sure=alone or number is not None))
    return {index: tuple(places) for index, places in found.items() if places}


def _gaps(parts: Sequence[Heading], count: int) -> list[tuple[list[Heading], int, int]]:
    """Runs of headings that announce nothing, with the fields announced right before and right after."""
    gaps: list[tuple[list[Heading], int, int]] = []
    silent: list[Heading] = []
    before: int | None = None
    for heading in parts:
        aims = [aim.target for aim in heading.aims if aim.strong]
        if not aims:
            silent.append(heading)
            continue
        if silent and before is not None:
            gaps.append((silent, before, min(aims)))
        silent, before = [], max(aims)
    if silent and before is not None:
        gaps.append((silent, before, count))
    return gaps


def _is_apart(heading: Heading) -> bool:
    return heading.aside or heading.annex is not None


def _numbered(parts: Sequence[Heading], targets: Sequence[Target]) -> bool:
    """Whether the dossier numbers its parts as the call numbers its fields."""
    told = [
        _number(heading) in {targets[aim.target].field.id for aim in heading.aims if aim.strong}
        for heading in parts
        if _number(heading) is not None and any(aim.strong for aim in heading.aims)
    ]
    return sum(told) >= LEAST_NUMBERED and sum(told) >= 0.8 * len(told)


def _number(heading: Heading) -> str | None:
    match = _NUMBER.match(heading.title) if heading.look.depth == 1 else None
    return match.group(1) if match else None


def _id(targets: Sequence[Target], index: int) -> str:
    return targets[index].field.id
