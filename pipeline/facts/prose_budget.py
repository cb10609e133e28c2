"""Charges and produits told in sentences or in form answers, outside any table."""

import re
from collections.abc import Iterator

from pipeline.document import Block, BlockKind, Span
from pipeline.facts.amounts import Amount, amount_at_end, find_amounts
from pipeline.facts.budget import Budget, BudgetLine, Half, Kind, Side
from pipeline.facts.budget_choice import aid_asked
from pipeline.facts.context import Context
from pipeline.text import fold

_CHARGES = r"charges|depenses|emplois|couts"
_PRODUITS = r"produits|recettes|ressources|financements?"
_SIDE = rf"(?:(?P<charges>{_CHARGES})|(?P<produits>{_PRODUITS}))"
_OPENS = re.compile(rf"[\W\d]*(?:(?:les|nos|total des|budget des|cote|en) )*{_SIDE}(?!\w)[^:.;\d\n]{{0,40}}:")
_LABEL = re.compile(rf"(?<!\w){_SIDE}(?!\w)")
_SAYS = (
    r" ?(?::|=|s'(?:eleve(?:nt|ra|ront)?|etabli(?:t|ssent|ra|ront)) a|(?:est|sont|sera|seront|serait|seraient) (?:de|a)"
    r"|atteign\w+|represent\w+|se mont\w+ a|font|feront|fait)"
)
_TOTAL_SAID = re.compile(
    rf"(?<!\w)(?:(?:sous[ -])?total (?:general )?(?:des |de nos |de |en )?|(?:nos|les|en) )"
    rf"(?P<label>{_SIDE}(?: (?:totales|previsionnel\w*|prevu\w*|estime\w*|de l'action|du projet))*)"
    rf"(?:{_SAYS}| de| a)? ?(?:environ )?(?=\d)"
)
_PAID = rf"{_CHARGES}|depenser|debourser|sortir|payer"
_RECEIVED = rf"{_PRODUITS}|recevoir|encaisser|percevoir|toucher|rentrer"
# "74 300 € de dépenses et 71 800 € de recettes", "58 000 € à sortir sur un an et 54 500 € à rentrer"
_BOTH_SAID = re.compile(
    rf"(?:€|euros?) (?:de|a|en) (?P<label>{_PAID}|{_RECEIVED})(?!\w)[^.;\n]{{0,30}}?(?:et|pour|contre|,) (?:de )?"
    rf"\d[^.;\n€]{{2,12}}(?:€|euros?) (?:de|a|en) (?P<other>{_PAID}|{_RECEIVED})(?!\w)"
)
_OF_ACCOUNTS = re.compile(r"exercice|resultat|excedent|deficit|comptes? (?:annuels )?20\d\d|annuel|derniere?(?!\w)")
_PAST = re.compile(r"exercice|annuel|20\d\d|dernier|derniere|association|structure|par an|par mois")
_PIECE = re.compile(r"[^;,\n]+(?:,\d[^;,\n]*)*")
_TOTAL_PIECE = re.compile(
    r"\W*(?:et |donc )?(?:soit(?!\w)|(?:pour |au |un |en )*(?:total|tout|ensemble)(?!\w))|.*(?:au total|en tout)\W*$"
)
_LEAST_LINES = 2
_LEAST_CENTS = 100_000


def read_prose_budget(context: Context) -> Budget | None:
    """The halves that sentences tell: their totals, and their lines where they are listed; None without both sides."""
    halves: dict[Side, Half] = {}
    for side, half in (*_listed(context), *_said(context), *_both_said(context)):
        halves.setdefault(side, half)
    if not all(side in halves for side in Side):
        return None
    spans = [line.span for half in halves.values() for line in (*half.lines, *([half.total] if half.total else []))]
    span = Span(min(span.start for span in spans), max(span.end for span in spans))
    produits = halves[Side.PRODUITS]
    return Budget(halves[Side.CHARGES], produits, span, aid_asked(produits.lines))


def _listed(context: Context) -> Iterator[tuple[Side, Half]]:
    """Paragraphs and answers that list one side: "Charges : salaires 40 000 €, achats 24 000 €, soit 64 000 €"."""
    for block in context.document.blocks:
        if block.kind in (BlockKind.TABLE, BlockKind.FURNITURE) or block.span.start >= context.document.body_end:
            continue
        opened = _opening(context, block)
        if opened is None:
            continue
        side, start = opened
        if (half := _list_in(context, Span(start, block.span.end))) is not None:
            yield side, half
    for sentence in context.sentences:
        match = _OPENS.match(context.folded, sentence.start, sentence.end)
        if match is None or _PAST.search(match.group()) or any(span.contains(sentence) for span in context.table_spans):
            continue
        if (half := _list_in(context, Span(match.end(), sentence.end))) is not None:
            yield _side(match), half


def _list_in(context: Context, span: Span) -> Half | None:
    """A list of lines that ends with its total, or None."""
    lines = list(_lines(context, span))
    total = next((line for line in lines if line.kind is Kind.TOTAL), None)
    plain = tuple(line for line in lines if line.kind is Kind.LINE)
    return Half(plain, total) if len(plain) >= _LEAST_LINES and total is not None else None


def _opening(context: Context, block: Block) -> tuple[Side, int] | None:
    """The side that a block is about, by its label or its first words, and where its list starts."""
    label = _LABEL.search(fold(block.label)) if block.kind is BlockKind.ANSWER else None
    if label is not None:
        return _side(label), block.span.start
    match = _OPENS.match(context.folded, block.span.start, block.span.end)
    return None if match is None or _PAST.search(match.group()) else (_side(match), match.end())


def _lines(context: Context, span: Span) -> Iterator[BudgetLine]:
    for piece in _PIECE.finditer(context.folded, span.start, span.end):
        for part in re.finditer(r"[^.]+(?:\.(?=\d{3})[^.]*)*", piece.group()):
            start = piece.start() + part.start()
            end = piece.start() + len(part.group().rstrip(" .")) + part.start()
            found = find_amounts(context.folded, start, end)
            amount = found[-1] if found else amount_at_end(context.folded, start, end)
            if amount is None:
                continue
            label = context.folded[start : amount.span.start].strip(" :-")
            kind = Kind.TOTAL if _TOTAL_PIECE.match(context.folded, start, end) else Kind.LINE
            yield BudgetLine(kind, label, Span(start, amount.span.end), amount)


def _said(context: Context) -> Iterator[tuple[Side, Half]]:
    """Totals said in a sentence: "nos dépenses s'élèvent à 64 000 € et nos recettes à 61 500 €"."""
    for match in _TOTAL_SAID.finditer(context.folded, 0, context.document.body_end):
        sentence = context.sentence_at(match.start())
        if any(table.contains(Span(*match.span())) for table in context.table_spans):
            continue
        if _PAST.search(context.folded, max(sentence.start, match.start() - 60), match.end()):
            continue
        amount = next(iter(find_amounts(context.folded, match.end(), match.end() + 24)), None)
        if amount is not None and amount.span.start == match.end() and amount.cents >= _LEAST_CENTS:
            yield _side(match), Half((), _total(match, amount))


def _both_said(context: Context) -> Iterator[tuple[Side, Half]]:
    """Both totals in one breath, each before its side; never those of a year that is over."""
    for match in _BOTH_SAID.finditer(context.folded, 0, context.document.body_end):
        sentence = context.sentence_at(match.start())
        text = context.folded[sentence.start : match.end() + 40]
        past_year = any(int(year) < context.call.year for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text))
        amounts = find_amounts(context.folded, max(sentence.start, match.start() - 20), match.end())
        sides = {_named(match["label"]), _named(match["other"])}
        if past_year or _OF_ACCOUNTS.search(text) or len(amounts) < 2 or len(sides) < 2:
            continue
        for amount, label in zip(amounts[-2:], (match["label"], match["other"]), strict=True):
            if amount.cents >= _LEAST_CENTS:
                yield _named(label), Half((), BudgetLine(Kind.TOTAL, label, amount.span, amount))


def _named(label: str) -> Side:
    return Side.CHARGES if re.fullmatch(_PAID, label) else Side.PRODUITS


def _total(match: re.Match[str], amount: Amount) -> BudgetLine:
    return BudgetLine(Kind.TOTAL, match["label"], Span(match.start(), amount.span.end), amount)


def _side(match: re.Match[str]) -> Side:
    return Side.CHARGES if match["charges"] else Side.PRODUITS
