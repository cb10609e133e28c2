"""The explanation of one analysis: what each part of the treatment saw and why, ready to be shown anywhere."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.analysis import SectionStatus
from pipeline.labels import STATUS_LABELS
from pipeline.text import in_guillemets, typeset

_STEP = 2  # columns by which each level is set in
_NARROWEST = 24


@dataclass(frozen=True, slots=True)
class Quote:
    """A place of the dossier: « p. 3 », its first words, and why it is shown (or nothing)."""

    place: str
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said: its name, what is said of it, details one a line, and where it is read."""

    label: str
    text: str = ""
    status: SectionStatus | None = None
    notes: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def status_label(self) -> str:
        return STATUS_LABELS[self.status] if self.status else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the explanation; `law` names what the law asks for that it answers, or is empty."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    entries: tuple[Entry, ...] = ()
    law: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is said; texts are French and not yet typeset."""

    dossier: str
    call: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of plain text; `kind` is `title`, `part`, `label`, `quote`, `note`, a status, or nothing."""

    text: str
    kind: str = ""


def lines(explanation: Explanation, width: int) -> Iterator[Line]:
    """The explanation as lines of at most `width` columns, for a terminal or a plain text file."""
    yield from _wrapped(f"Explication : {explanation.dossier}", width, 0, "title")
    yield from _wrapped(explanation.call, width, 0)
    for part in explanation.parts:
        yield Line("")
        yield from _wrapped(part.title, width, 0, "part")
        if part.law:
            yield from _wrapped(part.law, width, 0, "note")
        for paragraph in part.paragraphs:
            yield from _wrapped(paragraph, width, 1)
        for entry in part.entries:
            yield from _entry_lines(entry, width)


def plain_text(explanation: Explanation, width: int = 100) -> bytes:
    """The explanation as a text file (UTF-8)."""
    return "".join(f"{line.text}\n" for line in lines(explanation, width)).encode()


def _entry_lines(entry: Entry, width: int) -> Iterator[Line]:
    yield from _wrapped(entry.label, width, 1, "label")
    if entry.status:
        yield from _wrapped(entry.status_label, width, 2, entry.status.value)
    if entry.text:
        yield from _wrapped(entry.text, width, 2)
    for note in entry.notes:
        yield from _wrapped(note, width, 2, "note", bullet="– ")
    for quote in entry.quotes:
        why = f" – {quote.why}" if quote.why else ""
        yield from _wrapped(f"{quote.place} : {in_guillemets(quote.words)}{why}", width, 2, "quote", bullet="· ")


def _wrapped(text: str, width: int, level: int, kind: str = "", bullet: str = "") -> Iterator[Line]:
    """No line is broken at a no-break space, which rich would do."""
    margin = " " * (_STEP * level)
    folded = textwrap.wrap(
        typeset(text),
        max(_NARROWEST, width),
        initial_indent=margin + bullet,
        subsequent_indent=margin + " " * len(bullet),
        break_on_hyphens=False,
    )
    yield from (Line(line, kind) for line in folded)


def first_words(text: str, most: int = 14, longest: int = 110) -> str:
    """The first words of a passage, enough to find it on its page."""
    words = text.split()
    kept = " ".join(words[:most])[:longest]
    return kept if kept == " ".join(words) else f"{kept.rstrip(' ,;:.')}…"
