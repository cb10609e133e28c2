"""French wording of the reasons, with the no-break spaces that French typography asks for."""

from collections.abc import Iterable

from pipeline.completeness.headings import Heading
from pipeline.document import Document, Span
from pipeline.text import in_guillemets, listed
from pipeline.text import plural as plural

NBSP = "\u00a0"
_LONGEST_QUOTE = 90


def quoted(text: str) -> str:
    """« text », shortened."""
    short = text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + "…"
    return in_guillemets(short.strip().rstrip(":").strip())


def place(document: Document, span: Span) -> str:
    """« p. 3 », with the file's name when the dossier has several."""
    page = document.pages[document.page_at(span.start)]
    where = f"p.{NBSP}{page.number}"
    return f"{document.files[page.file].name}, {where}" if len(document.files) > 1 else where


def named(document: Document, heading: Heading) -> str:
    """« Qui sommes-nous ? » (p. 2)."""
    return f"{quoted(heading.title)} ({place(document, heading.span)})"


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text


def colon(before: str, after: str) -> str:
    return f"{before}{NBSP}: {after}"


def joined(*clauses: str) -> str:
    """Clauses that are not empty, joined by semicolons."""
    return f"{NBSP}; ".join(clause.rstrip(". ") for clause in clauses if clause)


def sentence(*clauses: str) -> str:
    """Clauses as one sentence."""
    text = joined(*clauses)
    return text[:1].upper() + text[1:] + "."


def places(document: Document, spans: Iterable[Span]) -> str:
    """Where several things stand, each page once, in order."""
    return listed(list(dict.fromkeys(place(document, span) for span in sorted(spans))))
