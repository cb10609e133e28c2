"""The table of a run on the terminal: a line per dossier, as much as the width allows, and no word broken."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from flows.triage import Triage, TriageRow
from pipeline.analysis import SectionStatus
from pipeline.text import plural, typeset

_STATUSES = (
    (SectionStatus.PRESENT, "Présents", "Prés.", "green"),
    (SectionStatus.THIN, "Insuffisants", "Insuf.", "yellow"),
    (SectionStatus.ABSENT, "Absents", "Abs.", "red"),
    (SectionStatus.NOT_APPLICABLE, "Sans objet", "S.o.", ""),
)
_NAME_TITLE = "Dossier"
_UNKNOWN = "–"
_NAME_ROOM = 20  # columns of the terminal that a name may ask for before something else is left out
_NAME_LEAST = 8
_UNBOUNDED = 10_000


@dataclass(frozen=True, slots=True)
class _Layout:
    reading: int = 0  # columns of the terminal for how the dossier was read; 0: said below the table
    types: bool = True
    whole_words: bool = True


_LAYOUTS = (
    _Layout(reading=44),
    _Layout(reading=24),
    _Layout(),
    _Layout(whole_words=False),
    _Layout(types=False, whole_words=False),
)


def show_triage(console: Console, triage: Triage) -> None:
    """The dossiers of a run, then what was not read of them where the table has no room to say it."""
    console.print(_title(triage))
    if not triage.rows:
        return
    layout, name_width = _fitting(console, triage)
    console.print(_table(triage, layout, name_width))
    if not layout.reading:
        for line in _not_whole(triage):
            console.print(escape(line), soft_wrap=True)


def elide(name: str, width: int) -> str:
    """`name` in at most `width` columns of the terminal, less its middle: what tells names apart is at their ends."""
    name = "".join(char if char.isprintable() else "?" for char in name)
    if cell_len(name) <= width:
        return name
    kept = width - 1
    while kept > 1 and cell_len(_ends(name, kept)) > width:  # some characters take two columns
        kept -= 1
    return _ends(name, kept)


def _ends(name: str, kept: int) -> str:
    tail = kept // 2
    return f"{name[: kept - tail]}…{name[len(name) - tail :]}"


def _fitting(console: Console, triage: Triage) -> tuple[_Layout, int]:
    """The richest layout that leaves room for the names, and that room."""
    longest = max((cell_len(row.dossier) for row in triage.rows), default=0)
    for layout in _LAYOUTS:
        unbounded = console.options.update(width=_UNBOUNDED)
        others = Measurement.get(console, unbounded, _table(triage, layout, 0)).maximum
        room = console.width - others + cell_len(_NAME_TITLE)
        if room >= min(longest, _NAME_ROOM):
            break
    return layout, max(_NAME_LEAST, room)


def _title(triage: Triage) -> str:
    dossiers = plural(len(triage.rows) + len(triage.failed), "dossier", "dossiers")
    fields = plural(len(triage.call.fields), "champ demandé", "champs demandés")
    return f"[bold]{escape(typeset(f'{triage.call.short_title} : {dossiers}, {fields}'))}[/bold]"


def _table(triage: Triage, layout: _Layout, name_width: int) -> Table:
    """With names of at most `name_width` columns; 0: without names."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    table.add_column(_NAME_TITLE, no_wrap=True)
    if layout.reading:
        table.add_column("Lecture", max_width=layout.reading)
    for _, title, short, _ in _STATUSES:
        table.add_column(title if layout.whole_words else short, justify="right", no_wrap=True)
    if layout.types:
        table.add_column("Type suggéré", no_wrap=True)
    table.add_column("Constats" if layout.whole_words else "Const.", justify="right", no_wrap=True)
    for row in triage.rows:
        table.add_row(*_cells(row, layout, name_width))
    return table


def _cells(row: TriageRow, layout: _Layout, name_width: int) -> Iterator[Text]:
    yield Text(elide(row.dossier, name_width) if name_width else "")
    if layout.reading:
        yield Text(row.reading)
    if row.analysed:
        yield from (_count(row.count(status), style) for status, _, _, style in _STATUSES)
    else:
        yield Text("non lu")
        yield from (Text(_UNKNOWN) for _ in _STATUSES[1:])
    if layout.types:
        # Two types stand one a line.
        yield Text(row.suggested.replace(" + ", "\n+ ") if row.analysed else _UNKNOWN)
    yield Text(str(len(row.findings)), style="" if row.findings else "dim")


def _count(count: int, style: str) -> Text:
    return Text(str(count), style=style if count else "dim")


def _not_whole(triage: Triage) -> Iterator[str]:
    for row in triage.rows:
        if not row.analysed:
            yield typeset(f"Dossier non lu : {row.dossier} – {row.reading}")
        elif row.partly_read:
            yield typeset(f"Dossier lu en partie : {row.dossier} – {row.reading}")
