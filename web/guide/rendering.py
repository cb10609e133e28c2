"""A page of the guide, from Markdown to HTML for the room: none of its own is let through, no link leaves the guide."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from pipeline.text import fold
from web.french import typeset

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page; `anchor` is the part of an address that leads to it."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page: its title, the HTML of what is under it, its sections, and every anchor that an address may name."""

    title: str
    body: Markup
    sections: tuple[Section, ...]
    anchors: frozenset[str]


def rendered(source: str, pages: Collection[str]) -> Rendered:
    """What the Markdown of a page gives; links to these `pages` stay in the guide, all others become plain words."""
    tokens = _MARKDOWN.parse(source)
    title, sections, anchors = "", list[Section](), list[str]()
    body: list[Token] = []
    for token, words in _with_words(tokens):
        _settle(token, pages)
        if token.type == "heading_open" and token.tag == "h1":
            title = words
        elif token.type == "heading_open":
            anchor = _anchor(words, anchors)
            anchors.append(anchor)
            token.attrSet("id", anchor)
            if token.tag == "h2":
                sections.append(Section(anchor, words))
        elif token.type in ("th_open", "td_open"):
            _cell(token)
        body += _in_place(token, sections[-1].title if sections else title)
    without_title = body[3:] if title else body  # a heading is three tokens
    html = Markup(_MARKDOWN.renderer.render(without_title, _MARKDOWN.options, {}))  # noqa: S704 (its own HTML is off)
    return Rendered(title, html, tuple(sections), frozenset(anchors))


def _cell(token: Token) -> None:
    """A cell without the style that the content policy would refuse; figures stay on the right."""
    if "right" in str(token.attrs.pop("style", "")):
        token.attrSet("class", "number")
    if token.tag == "th":
        token.attrSet("scope", "col")


def _with_words(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    """Each token with the words of the heading that it opens."""
    for index, token in enumerate(tokens):
        opens = token.type == "heading_open"
        yield token, typeset(_plain(tokens[index + 1])) if opens else ""


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))


def _anchor(words: str, taken: Collection[str]) -> str:
    """« les-comptes »; of two headings of the same words, the second has a number."""
    bare = "-".join(_WORD.findall(fold(words)))
    return next(name for number in range(1, 1000) if (name := bare if number == 1 else f"{bare}-{number}") not in taken)


def _settle(token: Token, pages: Collection[str]) -> None:
    """French typography, and addresses as the room has them."""
    kept: list[Token] = []
    outside = False
    for child in token.children or ():
        if child.type == "link_open":
            address = _address(str(child.attrGet("href")), pages)
            outside = address is None
            child.attrSet("href", address or "")
        elif child.type == "image":
            child.attrSet("src", f"/aide/{child.attrGet('src')}")
        elif child.type == "text":
            child.content = typeset(child.content)
        if not (outside and child.type in ("link_open", "link_close")):
            kept.append(child)
    if token.children is not None:
        token.children = kept


def _address(href: str, pages: Collection[str]) -> str | None:
    """Where a link leads in the room; None where it leaves the guide."""
    parts = urlsplit(href)
    name = parts.path.removesuffix(".md")
    if parts.scheme or parts.netloc or (parts.path and (name == parts.path or name not in pages)):
        return None
    part = f"#{parts.fragment}" if parts.fragment else ""
    return f"/aide/{name}{part}" if name else part


def _in_place(token: Token, about: str) -> Iterator[Token]:
    """A table has a frame of its own, which scrolls and is named after its section."""
    if token.type == "table_open":
        token.attrSet("class", "table")
        opening = f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escape(about)}">\n'
        yield Token("html_block", "", 0, content=opening)
    yield token
    if token.type == "table_close":
        yield Token("html_block", "", 0, content="</div>\n")
