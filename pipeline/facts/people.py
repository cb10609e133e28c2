"""The research team and the partners that a dossier names."""

import re
from collections.abc import Iterator

from pipeline.document import BlockKind, Span
from pipeline.facts.context import Context
from pipeline.facts.readings import Stated, distinct_spans

_TEAM = re.compile(
    r"(?:(?:[ÉEée]quipe|[Ll]aboratoire|[Uu]nité|UMR|[Cc]entre de recherche|[Cc]haire|[Ii]nstitut"
    r"|[Uu]niversité|École|IRTS|CNRS|INRA|Sciences Po)"
    r"(?: (?:de recherche|mixte de recherche))?(?: (?:de |d['’]|du |des )?(?:«[^»\n]{2,60}»"
    r"|(?:l['’])?[A-ZÉ0-9][\w'’&.-]*|de|du|des|en|et|la|le|d['’]|\()+\)?)+)"
)
_TEAM_TITLE = re.compile(r"(?<!\w)(?:mission\w* (?:assignee?s?|confiees?)|equipe de recherche|recherche)")
_DENIED = re.compile(
    r"(?<!\w)(?:aucune? (?:equipe|laboratoire|chercheur|partenariat (?:de recherche|scientifique))"
    r"|pas (?:encore )?d'equipe|sans equipe|sans objet|neant|non concerne"
    r"|pas de (?:laboratoire|chercheur|recherche)|n'(?:est|a) pas (?:encore )?(?:associe|identifie|prevu))"
)
_PARTNER_TITLE = re.compile(r"(?<!\w)partenaire|(?<!\w)partenariat|(?<!\w)avec qui")
_PARTNER_HEAD = re.compile(r"(?:nom (?:du |des )?)?(?:partenaire|structure|organisme|acteur)s?(?! de)")
_PARTNER_ENDS = re.compile(r" ?: | ?[–—] | - | ?\((?!s\))|, (?=qui|pour|dont|avec|en)|;|\.$")
_MOST = 12
_BELOW = 3500


def read_research_team(context: Context) -> Stated | None:
    """The team that the dossier names, as printed; nothing when it says that there is none."""
    for entry in context.labelled.get("recherche", ()):
        value = Span(entry.value.start, min(entry.value.end, entry.value.start + 160))
        if not _DENIED.search(context.printed(value)) and sum(map(str.isalpha, context.printed(value))) > 4:
            return Stated(context.document.quote(value), (value,))
    for stretch in _below(context, _TEAM_TITLE, 900):
        if _DENIED.search(context.folded, stretch.start, min(stretch.end, stretch.start + 250)):
            return None
        match = _TEAM.search(context.document.text, stretch.start, stretch.end)
        if match is not None:
            span = context.trimmed(*match.span())
            return Stated(
                re.sub(r"(?: (?:de|du|des|en|et|la|le|d['’]|\())+$", "", context.document.quote(span)), (span,)
            )
    return None


def read_partners(context: Context) -> Stated | None:
    """Names of the partners that a table or a list gives under a title that announces them, joined by " ; "."""
    spans = [*_partners_in_tables(context), *_partners_in_lists(context)]
    unique: dict[str, Span] = {}
    for span in spans:
        name = context.document.quote(span)
        if 2 < len(name) <= 90:
            unique.setdefault(name, span)
    if not unique:
        return None
    kept = dict(list(unique.items())[:_MOST])
    return Stated(" ; ".join(kept), distinct_spans(kept.values()))


def _partners_in_tables(context: Context) -> Iterator[Span]:
    for table in context.document.tables:
        first = table.rows[0][0].span if table.rows and table.rows[0] else None
        if first is None or not _PARTNER_HEAD.fullmatch(context.printed(first).strip()):
            continue
        yield from (context.trimmed(row[0].span.start, row[0].span.end) for row in table.rows[1:] if len(row[0].span))


def _partners_in_lists(context: Context) -> Iterator[Span]:
    for stretch in _below(context, _PARTNER_TITLE, _BELOW):
        for block in context.document.blocks:
            if block.kind is BlockKind.ITEM and stretch.contains(block.span):
                text = context.printed(block.span)
                end = _PARTNER_ENDS.search(text, 3)
                yield context.trimmed(block.span.start, block.span.start + (end.start() if end else len(text)))


def _below(context: Context, title: re.Pattern[str], reach: int) -> Iterator[Span]:
    """What stands below each short bold line that `title` matches, up to the next line of its kind."""
    titles = [line for line in context.document.lines if line.bold and len(line.span) <= 110]
    for line in titles:
        if title.search(context.printed(line.span)):
            following = (
                other.span.start for other in titles if other.span.start > line.span.end and other.size >= line.size
            )
            end = min(context.document.body_end, line.span.end + reach, next(following, context.document.body_end))
            if end > line.span.end:
                yield Span(line.span.end, end)
