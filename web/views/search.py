"""What a search finds within one dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.document import Document, Span
from store.terms import places
from web.french import counted
from web.views.evidence import Mark, place_of, shown

MOST = 100
_AROUND = 60  # characters of the text shown at each side
_NEAR = 28  # the same, under a name of the table


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words found, with those around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit(Excerpt):
    """The same where they stand in a dossier; `href` leads to the page without script."""

    mark: Mark
    href: str


@dataclass(frozen=True, slots=True)
class Found:
    """At most `MOST` hits in the order of the text; `message` says how many there are."""

    message: str
    hits: tuple[Hit, ...]

    @property
    def highlights(self) -> list[dict[str, Any]]:
        """For the viewer."""
        return shown(hit.mark for hit in self.hits)


def search(document: Document, query: str, files: Sequence[str]) -> Found:
    """Looks for words, whatever their accents and inflections; `files` are the addresses of the files."""
    if not query.strip():
        return Found("Tapez un ou plusieurs mots.", ())
    spans = places(document.text, query)
    hits = tuple(_hit(document, span, number, files) for number, span in enumerate(spans[:MOST], 1))
    if not spans:
        return Found("Ces mots ne sont pas dans ce qui a été lu du dossier.", ())
    if len(spans) > MOST:
        return Found(f"{counted(len(spans), 'passage', 'passages')} ; voici les {MOST} premiers.", hits)
    return Found(f"{counted(len(spans), 'passage', 'passages')}.", hits)


def first_hit(text: str, query: str) -> Excerpt | None:
    """Where a text first says what is looked for; None where it does not."""
    span = next(iter(places(text, query)), None)
    return None if span is None else _excerpt(text, span, _NEAR)


def _excerpt(text: str, span: Span, around: int) -> Excerpt:
    return Excerpt(
        before=_flat(("…" if span.start > around else "") + text[max(0, span.start - around) : span.start]),
        words=_flat(text[span.start : span.end]),
        after=_flat(text[span.end : span.end + around] + ("…" if span.end + around < len(text) else "")),
    )


def _hit(document: Document, span: Span, number: int, files: Sequence[str]) -> Hit:
    mark = Mark(f"r-{number}", str(number), "recherche", "proof", 0, place_of(document, span))
    spots = mark.place.spots
    said = _excerpt(document.text, span, _AROUND)
    return Hit(
        before=said.before,
        words=said.words,
        after=said.after,
        mark=mark,
        href=f"{files[spots[0].file]}#page={spots[0].page}" if spots else "#recherche",
    )


def _flat(text: str) -> str:
    return " ".join(f"|{text}|".split())[1:-1]
