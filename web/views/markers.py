"""How a marker is told apart from the others: a colour and a label, the same on every screen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.calls.model import Call, Marker

COLOURS = 12  # of `viewer.css`
_SMALL = frozenset(
    {
        "à",
        "au",
        "aux",
        "avec",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "par",
        "pour",
        "sur",
        "un",
        "une",
    }
)


@dataclass(frozen=True, slots=True)
class MarkerSign:
    """A marker in short: `label` is its initials, which no other marker of the call has; `colour` is 0 to 11."""

    id: str
    title: str
    label: str
    colour: int


def signs_of(call: Call) -> Mapping[str, MarkerSign]:
    """The sign of every marker, by marker, in the order of the call."""
    signs: dict[str, MarkerSign] = {}
    taken: set[str] = set()
    for position, marker in enumerate(call.markers):
        label = next(each for each in _labels(marker) if each not in taken)
        taken.add(label)
        signs[marker.id] = MarkerSign(marker.id, marker.title, label, position % COLOURS)
    return signs


def _labels(marker: Marker) -> list[str]:
    """Initials, then longer and longer ones; at last the id, which is the marker's own."""
    words = [word for word in re.findall(r"\w+", marker.title) if word.lower() not in _SMALL] or [marker.id]
    if len(words) == 1:
        return [*(words[0][:size].capitalize() for size in range(3, len(words[0]) + 1)), marker.id]
    initials = "".join(word[0].upper() for word in words[:3])
    return [initials, *(initials + words[-1][1:size] for size in range(2, len(words[-1]) + 1)), marker.id]
