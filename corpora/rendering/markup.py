"""The light markup in which the sources of word-processor documents are written.

    +++                      front matter in TOML between two such lines (see `word.WordLayout`)
    # Title, ## ..., ###     headings
    - entry                  bulleted list; `1. entry` numbered as typed
    > text                   quotation;  ^ text  centred line;  ~ text | 3  line of a typed table of contents
    | a | b |                table row; `{widths=10,4 total}` before it: widths in cm, last row in bold;
                             `plain` instead of `total`: no header row, the first column is bold
    ===                      page break

A paragraph is a run of lines; `**bold**` and `*italic*` inside.
"""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

_TABLE_OPTIONS = re.compile(r"\{widths=([\d.,]+)(?: (total|plain))?\}")
_INLINE = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `style` is one of "body", "item", "numbered", "quote", "centred", "contents"."""

    style: str
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table; `widths` in centimetres; its first row is a header unless it is `plain`."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    total: bool
    plain: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = Heading | Text | Grid | PageBreak


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    bold: bool = False
    italic: bool = False


_PREFIXES = (("- ", "item"), ("> ", "quote"), ("^ ", "centred"), ("~ ", "contents"))


def parse_markup(source: str) -> tuple[dict[str, Any], list[Block]]:
    """Front matter and blocks of a source.

    Raises:
        ValueError: there is no front matter, or a table has no `{widths=...}` line.
    """
    parts = source.split("+++\n", 2)
    if len(parts) != 3:
        raise ValueError("no front matter")
    chunks = [chunk for chunk in re.split(r"\n\s*\n", parts[2]) if chunk.strip()]
    return tomllib.loads(parts[1]), [block for chunk in chunks for block in _parse_chunk(chunk.strip("\n"))]


def _parse_chunk(chunk: str) -> list[Block]:
    lines = chunk.splitlines()
    if chunk == "===":
        return [PageBreak()]
    if _TABLE_OPTIONS.fullmatch(lines[0]) or lines[0].startswith("|"):
        return [_parse_grid(lines)]
    heading = re.match(r"(#{1,3}) (.*)", lines[0])
    if heading:
        rest = "\n".join(lines[1:])
        return [Heading(len(heading[1]), heading[2]), *(_parse_chunk(rest) if rest else [])]
    return list(_parse_lines(lines))


def _parse_lines(lines: list[str]) -> list[Text]:
    """Marked lines are blocks of their own; the others join the line above."""
    texts: list[Text] = []
    for line in lines:
        style, content = _style(line)
        if style is None and texts:
            texts[-1] = Text(texts[-1].style, f"{texts[-1].text} {line.strip()}")
        else:
            texts.append(Text(style or "body", content))
    return texts


def _style(line: str) -> tuple[str | None, str]:
    for prefix, style in _PREFIXES:
        if line.startswith(prefix):
            return style, line.removeprefix(prefix)
    if re.match(r"\d+[.)] ", line):
        return "numbered", line
    return None, line


def _parse_grid(lines: list[str]) -> Grid:
    options = _TABLE_OPTIONS.fullmatch(lines[0])
    if options is None:
        raise ValueError("a table needs a line {widths=...} above it")
    rows = tuple(tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines[1:])
    widths = tuple(float(width) for width in options[1].split(","))
    return Grid(rows, widths, total=options[2] == "total", plain=options[2] == "plain")


def parse_inline(text: str) -> list[Run]:
    """Runs of plain, bold and italic text."""
    runs: list[Run] = []
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            runs.append(Run(text[end : match.start()]))
        runs.append(Run(match[1], bold=True) if match[1] else Run(match[2], italic=True))
        end = match.end()
    if end < len(text):
        runs.append(Run(text[end:]))
    return runs
