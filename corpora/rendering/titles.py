"""The titles that an author marked up in a source: `#` lines of light markup, `<h1>` to `<h4>` of HTML."""

from html.parser import HTMLParser

from corpora.rendering.markup import Heading, parse_inline, parse_markup
from corpora.rendering.recipe import FileRecipe, Renderer

_TAGS = frozenset({"h1", "h2", "h3", "h4"})


def titles_of(file: FileRecipe) -> list[str]:
    """Titles in the order of the source."""
    source = file.source.read_text("utf-8")
    if file.renderer in (Renderer.WORD, Renderer.EXPORT):
        _front, blocks = parse_markup(source)
        headings = (block.text for block in blocks if isinstance(block, Heading))
        return ["".join(run.text for run in parse_inline(text)) for text in headings]
    parser = _TitleParser()
    parser.feed(source)
    return parser.titles


class _TitleParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self._open: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TAGS:
            self._open = []
        elif tag == "br" and self._open is not None:
            self._open.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _TAGS and self._open is not None:
            title = " ".join("".join(self._open).split())
            if title:
                self.titles.append(title)
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)
