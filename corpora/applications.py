"""Applications written as text only, each line labelled, for training: `applications/<name>.tsv`.

A few head lines (`# call: …`, `# type: …`, `# second: …`, `# about: …`), then one line a sentence, heading, list entry
or table row: its kind, the parts that it answers, the notions that it bears on, its text, separated by tabs. `~` before
a part: announced without a real answer. `!` after a notion: decisive.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora.collection import HERE
from corpora.notions import load_notions
from pipeline.analysis import INNOVATION_TYPES
from pipeline.calls.catalogue import built_in_calls
from pipeline.protocols import LineKind

APPLICATIONS = HERE / "applications"
# What a line can answer: the calls' fields by topic, then what else there is in an application.
FIELD_PARTS = (
    "porteur",
    "historique",
    "resume",
    "objectifs",
    "stade",
    "publics",
    "moyens",
    "comptes",
    "partenariats",
    "recherche",
    "evaluation",
)
OTHER_PARTS = ("contexte", "action", "annexe", "formule", "autre")
PARTS = FIELD_PARTS + OTHER_PARTS
MOST_NOTIONS = 3
_KINDS = {
    "h": LineKind.HEADING,
    "p": LineKind.PARAGRAPH,
    "+": LineKind.CONTINUED,
    "i": LineKind.ITEM,
    "r": LineKind.ROW,
}
_HEAD = ("call", "type", "second", "about")


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """`answered` and `announced` are parts; `bears` and `decisive` notions, the latter among the former."""

    kind: LineKind
    text: str
    answered: frozenset[str]
    announced: frozenset[str]
    bears: frozenset[str]
    decisive: frozenset[str]


@dataclass(frozen=True, slots=True)
class Application:
    """`types` holds the main type, then the second of a hybrid; `about` is French."""

    name: str
    call: str
    types: tuple[str, ...]
    about: str
    lines: tuple[ApplicationLine, ...]


class InvalidApplication(ValueError):
    """A file is not laid out as it should be; `problems` says where."""

    def __init__(self, name: str, problems: Sequence[str]) -> None:
        super().__init__(f"{name}: {'; '.join(problems)}")
        self.problems = problems


def load_applications(folder: Path = APPLICATIONS) -> list[Application]:
    """Every application, by name.

    Raises:
        InvalidApplication: a file is not laid out as it should be.
    """
    return [load_application(path) for path in sorted(folder.glob("*.tsv"))]


def load_application(path: Path) -> Application:
    """One application.

    Raises:
        InvalidApplication: it is not laid out as it should be.
    """
    head: dict[str, str] = {}
    lines: list[ApplicationLine] = []
    problems: list[str] = []
    for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
        if row.startswith("# "):
            key, _, value = row[2:].partition(":")
            head[key.strip()] = value.strip()
            continue
        try:
            lines.append(_line(row.split("\t")))
        except ValueError as error:
            problems.append(f"line {number}: {error}")
    problems += _head_problems(head)
    if problems:
        raise InvalidApplication(path.stem, problems)
    types = tuple(kind for kind in (head["type"], head["second"]) if kind)
    return Application(path.stem, head["call"], types, head["about"], tuple(lines))


def _line(cells: Sequence[str]) -> ApplicationLine:
    if len(cells) != len(("kind", "part", "notions", "text")):
        raise ValueError(f"{len(cells)} columns")
    kind, parts, notions, text = cells
    if kind not in _KINDS:
        raise ValueError(f"kind {kind!r}")
    if not text.strip():
        raise ValueError("no text")
    named = parts.split(",")
    bears = notions.split()
    unknown = [part for part in named if part.lstrip("~") not in PARTS]
    unknown += [notion for notion in bears if notion.rstrip("!") not in load_notions()]
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
    if len(bears) > MOST_NOTIONS:
        raise ValueError(f"{len(bears)} notions")
    repeated = _repeated([part.lstrip("~") for part in named]) + _repeated([notion.rstrip("!") for notion in bears])
    if repeated:
        raise ValueError(f"twice: {', '.join(repeated)}")
    return ApplicationLine(
        kind=_KINDS[kind],
        text=text.strip(),
        answered=frozenset(part for part in named if not part.startswith("~")),
        announced=frozenset(part[1:] for part in named if part.startswith("~")),
        bears=frozenset(notion.rstrip("!") for notion in bears),
        decisive=frozenset(notion[:-1] for notion in bears if notion.endswith("!")),
    )


def _repeated(names: Sequence[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _head_problems(head: dict[str, str]) -> Iterator[str]:
    missing = [key for key in _HEAD if key not in head]
    if missing:
        yield f"head lacks {', '.join(missing)}"
        return
    if head["call"] not in built_in_calls():
        yield f"unknown call {head['call']}"
    if head["type"] not in INNOVATION_TYPES:
        yield f"unknown type {head['type']}"
    if head["second"] and head["second"] not in INNOVATION_TYPES:
        yield f"unknown type {head['second']}"


def decisive_counts(application: Application) -> Counter[str]:
    """How many lines are decisive for each notion."""
    return Counter(notion for line in application.lines for notion in line.decisive)
