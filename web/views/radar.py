"""The graph of the markers of one to four dossiers, on the call's scale: drawn by the server, told in a table too.

A level is a ring, the lowest the innermost. A marker without value leaves a gap: nothing is put in its place, and
nothing is added up. Dossiers are told apart by dashes and shapes, not by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin
from textwrap import wrap

WIDTH, HEIGHT = 720, 560
_CENTRE = (WIDTH / 2, HEIGHT / 2)
_RADIUS = 190.0
_NAMES_AT = _RADIUS + 18
_LINE = 14  # between two lines of a name
_LONGEST_LINE = 18  # characters of a name on one line
_BESIDE_POINT = 9  # from an axis to the name of a level
_KEY_AT = (28.0, 8.0)  # the middle of the line that stands for a dossier in the key
_SHAPES = ("circle", "square", "triangle", "diamond")
MOST_DOSSIERS = len(_SHAPES)

Values = tuple[str | None, ...]
"""One value per marker, in the order of the call; None where there is none.

One off the scale, as of who cannot say, is told in the table and leaves a gap in the drawing.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """The values of a dossier, or of a juror before the deliberation (`before`: drawn thin, without points)."""

    name: str
    values: Values
    before: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place, in units of the drawing; `anchor` is start, middle or end."""

    x: float
    y: float
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Point:
    """Where a value stands, as the path of its shape, and what it says."""

    path: str
    said: str


@dataclass(frozen=True, slots=True)
class Trace:
    """A line as drawn: `look` is its number from 0, or `juror`; `key` is the shape of its points, empty for none."""

    name: str
    look: str
    key: str
    path: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """All that the drawing and its table are made from."""

    axes: tuple[tuple[float, float], ...]  # where each ends
    names: tuple[Text, ...]
    rings: tuple[str, ...]  # points of each ring's polygon
    levels: tuple[Text, ...]
    traces: tuple[Trace, ...]
    table: tuple[tuple[str, Values], ...]  # marker, value of each line
    heads: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT


def radar(markers: Sequence[str], scale: Sequence[str], lines: Sequence[Line]) -> Radar:
    """The graph of `lines` over markers, by their titles; those before the deliberation are drawn underneath."""
    count = len(markers)
    drawn = sorted(range(len(lines)), key=lambda each: not lines[each].before)
    looks = _looks(lines)
    return Radar(
        axes=tuple(_at(index, count, _RADIUS) for index in range(count)),
        names=tuple(text for index, title in enumerate(markers) for text in _name(index, count, title)),
        rings=tuple(_ring(level, len(scale), count) for level in range(len(scale))),
        levels=tuple(
            Text(_CENTRE[0] + _BESIDE_POINT, _CENTRE[1] - _distance(level, len(scale)) + 4, value, "start")
            for level, value in enumerate(scale)
        ),
        traces=tuple(_trace(markers, scale, lines[each], looks[each]) for each in drawn),
        table=tuple((title, tuple(line.values[index] for line in lines)) for index, title in enumerate(markers)),
        heads=tuple(line.name for line in lines),
    )


def _looks(lines: Sequence[Line]) -> list[int | None]:
    """The number of each line among those that are not of before."""
    numbers = iter(range(len(lines)))
    return [None if line.before else next(numbers) for line in lines]


def _trace(markers: Sequence[str], scale: Sequence[str], line: Line, look: int | None) -> Trace:
    places = [
        None if value not in scale else _at(index, len(markers), _distance(scale.index(value), len(scale)))
        for index, value in enumerate(line.values)
    ]
    pieces = [f"M{_pair(one)}L{_pair(other)}" for one, other in pairwise([*places, places[0]]) if one and other]
    points = tuple(
        Point(_shape(place, look or 0), f"{line.name}, {title} : {value}")
        for place, title, value in zip(places, markers, line.values, strict=True)
        if place
    )
    name = "juror" if look is None else str(look)
    return Trace(line.name, name, "" if look is None else _shape(_KEY_AT, look), "".join(pieces), points)


def _shape(place: tuple[float, float], look: int) -> str:
    """A circle, a square, a triangle or a diamond around a place."""
    x, y = place
    match _SHAPES[look]:
        case "circle":
            return f"M{x - 4.5:.1f},{y:.1f}a4.5,4.5 0 1 0 9,0a4.5,4.5 0 1 0 -9,0z"
        case "square":
            return f"M{x - 4.5:.1f},{y - 4.5:.1f}h9v9h-9z"
        case "triangle":
            return f"M{x:.1f},{y - 5.5:.1f}l5.5,9h-11z"
        case _:
            return f"M{x:.1f},{y - 6:.1f}l6,6l-6,6l-6,-6z"


def _distance(level: int, levels: int) -> float:
    return _RADIUS * (level + 1) / levels


def _at(index: int, count: int, distance: float) -> tuple[float, float]:
    """The place at a distance from the centre along an axis; the first points up, the others follow clockwise."""
    angle = 2 * pi * index / count - pi / 2
    return round(_CENTRE[0] + distance * cos(angle), 1), round(_CENTRE[1] + distance * sin(angle), 1)


def _ring(level: int, levels: int, count: int) -> str:
    return " ".join(_pair(_at(index, count, _distance(level, levels))) for index in range(count))


def _pair(place: tuple[float, float]) -> str:
    return f"{place[0]:.1f},{place[1]:.1f}"


def _name(index: int, count: int, title: str) -> list[Text]:
    """The title of an axis at its end, on as many lines as it takes, away from the drawing."""
    x, y = _at(index, count, _NAMES_AT)
    side = x - _CENTRE[0]
    anchor = "middle" if abs(side) < 10 else "start" if side > 0 else "end"
    lines = wrap(title, _LONGEST_LINE)
    side_up = 1.0 if y < _CENTRE[1] - _RADIUS else 0.0 if y > _CENTRE[1] + _RADIUS else 0.5
    above = (len(lines) - 1) * _LINE * side_up
    return [Text(x, round(y - above + 4 + _LINE * row, 1), words, anchor) for row, words in enumerate(lines)]
