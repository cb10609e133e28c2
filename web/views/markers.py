"""How a marker is told apart from the others: a colour and a label, the same on every screen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.calls.model import Call, Marker

COLOURS = 12  # of `viewer.css`
_OF_NOTIONS: Mapping[str, int] = {
    "action-du-collectif": 0,
    "composition-du-collectif": 1,
    "beneficiaires": 2,
    "gouvernance": 3,
    "consistance": 4,
    "service": 4,
    "rupture": 5,
    "changement": 6,
    "ancrage": 7,
    "accessibilite": 8,
    "ressources": 9,
    "environnement": 10,
    "besoin": 10,
    "recherche": 11,
}
"""What markers mean, as the calls' files say it, has one colour in all calls; no call has two notions of one colour."""
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
    colours = _colours(call.markers)
    for marker in call.markers:
        label = next(each for each in _labels(marker) if each not in taken)
        taken.add(label)
        signs[marker.id] = MarkerSign(marker.id, marker.title, label, colours[marker.id])
    return signs


def _colours(markers: Sequence[Marker]) -> Mapping[str, int]:
    """By marker: that of its notion, else one that no other of the call has, as long as there are some."""
    colours: dict[str, int] = {}
    for marker in markers:
        known = _OF_NOTIONS.get(marker.notion or "")
        if known is not None and known not in colours.values():
            colours[marker.id] = known
    free = [colour for colour in range(COLOURS) if colour not in colours.values()] or list(range(COLOURS))
    rest = [marker for marker in markers if marker.id not in colours]
    return colours | {marker.id: free[place % len(free)] for place, marker in enumerate(rest)}


def _labels(marker: Marker) -> list[str]:
    """Capitals: initials, of a single word its beginning; then longer and longer ones; at last the marker's own id."""
    words = [word for word in re.findall(r"\w+", marker.title) if word.lower() not in _SMALL] or [marker.id]
    if len(words) == 1:
        return [*(words[0][:size].upper() for size in range(3, len(words[0]) + 1)), marker.id]
    initials = "".join(word[0].upper() for word in words[:3])
    return [initials, *(initials + words[-1][1:size].upper() for size in range(2, len(words[-1]) + 1)), marker.id]
