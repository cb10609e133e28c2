"""At which stage the action is: amorçage, développement or essaimage, as the dossier says itself."""

import re
from collections.abc import Iterator

from pipeline.document import BlockKind, Line, Span
from pipeline.facts.context import Context
from pipeline.facts.readings import Stated
from pipeline.lexicon.cues import CueMatch, Strength, load_lexicon
from pipeline.text import fold

_ASKED = (
    r"(?:ou (?:on |nous |l'on )?en (?:est|sommes|etes)"
    r"(?:[ -](?:nous|on|il|elle|l'action|le projet|la demarche|vous))?|on en est ou"
    r"|a quel(?:le)? (?:stade|phase|etape|point)(?: en)?(?: sommes| est| etes)?"
    r"(?:[ -](?:nous|on|l'action|le projet))?)"
)
_TITLE = re.compile(
    r"(?<!\w)(?:stade|etat|niveau|degre|phase) (?:d'avancement|de maturite|de developpement|actuell?e?)"
    rf"|(?<!\w){_ASKED}|(?<!\w)avancement(?: de l'action| du projet| de la demarche)?(?!\w)"
    r"|(?<!\w)maturite(?!\w)|(?<!\w)stade(?: du projet| de l'action)?(?!\w)"
)
_QUESTION = re.compile(rf"(?<!\w){_ASKED}[^.?\n]{{0,40}} ?[?:] ?")
_SENTENCE = re.compile(
    r"(?<!\w)(?:au|en|a ce|un|le|a un|du|son) (?:stade|phase)|(?<!\w)(?:phase|stade) (?:actuel|d'|de "
    r"|du )|(?<!\w)(?:action|projet|demarche) (?:est )?en (?:phase|amorcage|developpement|essaimage)"
)
_STEP = re.compile(
    r"(?<!\w)(?:nous|on|l'action|le projet|la demarche|l'experimentation|l'operation|(?:notre|cette|ce|mon) (?:action"
    r"|projet|demarche)) (?:en |y )?(?:est|sommes|passons|passe|entrons|entre|arrivons|arrive|abordons|aborde|demarrons"
    r"|releve|relevons|se trouve|se situe|nous situons|nous trouvons|en est|en sommes)(?: \w+){0,2}?"
    r" (?:a |au |en |de |du |dans |a l'|de l'|l'|la |le |une? |son |notre |sa )+(?=amorcage|developpement|essaimage)"
)
_TICKED = re.compile(r"(?:[☒☑✓✔✗■●◼⊠]|[\[(] ?x ?[\])]) ?(?P<choice>[^\W\d_][^☐□○\[(\n\t☒☑■]{2,40})")
_EMPTY_BOX = re.compile(r"[☐□○◻]|[\[(] {0,2}[\])]")
_OWN_WORD = r"(?:amorcage|developpement|essaimage)"
# An answer that is the word itself: "Amorçage. L'essai est fini...", "En développement, depuis mars".
_ALONE = re.compile(
    rf"(?:^|(?<=[\n\t]))(?:en |phase d[e'] ?|stade d[eu'] ?|l'|le )?(?P<stage>{_OWN_WORD})"
    rf"(?=\.[ \n]|\.$|, (?!{_OWN_WORD}|ou ))"
    rf"|(?<!\w)(?:mett(?:ez|ons)|cochez|disons|dirait|dirons|appel(?:ez|ons) (?:ca|cela))"
    rf" [«\"]? ?(?P<called>{_OWN_WORD})"
    rf"|(?<=\. )(?P<word>{_OWN_WORD})(?=,? (?:si|comme|puisque|selon|dit|disons) )"
)
# "Entre l'amorçage et le développement, plus près du second".
_BETWEEN = re.compile(
    rf"(?<!\w)entre (?:l'|le )(?P<first>{_OWN_WORD}) et (?:l'|le )(?P<second>{_OWN_WORD})[^.\n]{{0,20}}?"
    r"(?<!\w)(?:plus (?:pres|proche)|plutot|davantage|surtout)[^.\n]{0,12}?(?<!\w)(?P<nearer>premier|second|deuxieme)"
)
_ENDING = re.compile(r"(?<!\w)(?P<stage>amorcage|developpement) (?:\w+ )?s'acheve(?!\w)")
# Verbs without an object: "pour l'instant on amorce", "on développe.", "c'est le stade où on développe : ...".
_VERB = r"(?P<stage>amorc(?:e|ons)|developp(?:e|ons)|essaim(?:e|ons))(?!\w)"
_ACTED = re.compile(
    rf"(?<!\w)(?:stade|moment|phase|etape) ou (?:on|nous) {_VERB}"
    rf"|(?:^|[.\n\t:;] ?|(?:pour l'instant|pour le moment|a ce jour|aujourd'hui|maintenant),? )(?:on|nous) "
    rf"{_VERB.replace('stage', 'alone')}(?= ?[.,;!\n])"
)
_ENTERED = re.compile(
    r"(?<!\w)(?:entr(?:e|ons)|bascul(?:e|ons)|pass(?:e|ons)) (?:maintenant |desormais |donc )?"
    r"(?:en|dans (?:la|sa|notre|une) phase d[e']|en phase d[e']|au stade d[eu']) ?"
    r"(?P<stage>developpement|essaimage)(?!\w)"
)
_STAGES = {"am": "amorçage", "de": "développement", "es": "essaimage"}
_LONGEST_CHOICE = 40  # characters of an answer that is a choice from a list
_LINES_ABOVE = 4
_CHOICES = 90  # characters of a list of all the stages, none of which is chosen
_NOW = re.compile(
    r"(?<!\w)(?:maintenant|desormais|aujourd'hui|cette fois|l'action consiste a|present(?:e)? (?:action|demande))(?!\w)"
)
_LONGEST_TITLE = 130  # characters
_INLINE_ANSWER = 300  # characters after a question that stands in a paragraph
_MOST_PLACES = 3
_ANSWER_LENGTH = 900  # characters below a title in which its answer stands
_AT_ONCE = 22  # characters between "stade" and a stage that is named with a looser word
_NEXT_TITLE = re.compile(r"(?:\d{1,2}|[ivx]+) ?[.)-] ?\S")


def read_stage(context: Context) -> Stated | None:
    """The stage that the dossier states for its action, or None."""
    if (chosen := _chosen(context)) is not None:
        return chosen
    for answer in _answers(context):
        found = _ticked(context, answer) or _between(context, answer) or _best(context, answer)
        found = found or _ending(context, answer)
        if found is not None:
            return found
    return next(_in_sentences(context), None) or _by_its_word(context) or _said(context)


def _chosen(context: Context) -> Stated | None:
    """The only stage that a short form answer names, below a title that asks for it: a ticked box, most often."""
    found = []
    for block in context.document.blocks:
        if block.kind is not BlockKind.ANSWER or len(block.span) > _LONGEST_CHOICE:
            continue
        above = [context.printed(line.span) for line in context.lines_before(block.span.start, _LINES_ABOVE)]
        if any(_TITLE.search(text) for text in (fold(block.label), *above)):
            found += load_lexicon("facts", "stage").find(context.folded, block.span.start, block.span.end)
    strong = [match for match in found if match.cue.strength is Strength.STRONG]
    return Stated(strong[0].cue.why, (strong[0].span,)) if len({match.cue.why for match in strong}) == 1 else None


def _answers(context: Context) -> Iterator[Span]:
    """Where the dossier answers the question of its stage, most trusted first."""
    for entry in context.labelled.get("stade", ()):
        yield Span(entry.value.start, min(entry.value.end, entry.value.start + _ANSWER_LENGTH))
    yield from _below_titles(context)
    for question in _QUESTION.finditer(context.folded, 0, context.document.body_end):
        block = context.block_at(question.start())
        if block is not None and block.span.end - question.end() > 2:
            yield Span(question.end(), min(block.span.end, question.end() + _INLINE_ANSWER))


def _in_sentences(context: Context) -> Iterator[Stated]:
    """Sentences that speak of a stage or phase, and name it at once or with its own word."""
    lexicon = load_lexicon("facts", "stage")
    for match in _SENTENCE.finditer(context.folded, 0, context.document.body_end):
        sentence = context.sentence_at(match.start())
        end = max(match.end(), min(sentence.end, match.end() + 80))
        for found in lexicon.find(context.folded, match.start(), end):
            at_once = found.span.start - match.end() <= _AT_ONCE and match.group().find("stade") >= 0
            if found.cue.strength is Strength.STRONG or at_once:
                yield Stated(found.cue.why, (found.span,))
    for match in _STEP.finditer(context.folded, 0, context.document.body_end):
        sentence = context.sentence_at(match.start())
        named = lexicon.find(context.folded, sentence.start, sentence.end)
        yield from (
            Stated(found.cue.why, (found.span,)) for found in named if found.span.start <= match.end() < found.span.end
        )


def _by_its_word(context: Context) -> Stated | None:
    """The stage that its own word or verb says, standing alone; nothing where two are said."""
    found = [
        (match, next(name for name, text in match.groupdict().items() if text))
        for pattern in (_ALONE, _ENTERED, _ACTED)
        for match in pattern.finditer(context.folded, 0, context.document.body_end)
    ]
    stages = {_STAGES[match[name][:2]] for match, name in found}
    if len(stages) != 1:
        return None
    return Stated(stages.pop(), tuple(Span(*match.span(name)) for match, name in found[:_MOST_PLACES]))


def _said(context: Context) -> Stated | None:
    """The stage that turns of phrase say anywhere in the dossier, where they all say the same.

    Plans to spread are common in every dossier: they count only where the words say that it is now.
    """
    found = [
        match
        for match in load_lexicon("facts", "stage-said").find(context.folded, 0, context.document.body_end)
        if match.cue.why != "essaimage" or _is_now(context, match)
    ]
    if len({match.cue.why for match in found}) != 1:
        return None
    return Stated(found[0].cue.why, tuple(match.span for match in found[:_MOST_PLACES]))


def _is_now(context: Context, match: CueMatch) -> bool:
    return _NOW.search(context.folded, context.sentence_at(match.span.start).start, match.span.end) is not None


def _below_titles(context: Context) -> Iterator[Span]:
    """What stands below a title that asks for the stage, up to the next bold line; form answers come alone."""
    for line in context.document.lines:
        folded = context.printed(line.span)
        title = _TITLE.search(folded)
        if title is None or title.start() > 25 or not _is_title(context, line):
            continue
        start = _end_of_title(context, line)
        stop = _next_title(context, line, start)
        answers = [
            block.span
            for block in context.document.blocks
            if block.kind is BlockKind.ANSWER and start <= block.span.start < stop
        ]
        yield from answers or ([Span(start, stop)] if stop > start else [])


def _is_title(context: Context, line: Line) -> bool:
    """Whether a line asks for the stage rather than being the start of a paragraph that speaks of it."""
    block = context.block_at(line.span.start)
    short = len(line.span) <= _LONGEST_TITLE and (block is None or len(block.span) <= 2 * _LONGEST_TITLE)
    return short and (line.bold or not context.printed(line.span).rstrip().endswith((".", ",", ";")))


def _end_of_title(context: Context, line: Line) -> int:
    """A title may take several printed lines."""
    block = context.block_at(line.span.start)
    return block.span.end if block is not None and len(block.span) <= _LONGEST_TITLE else line.span.end


def _next_title(context: Context, title: Line, start: int) -> int:
    end = max(start, min(context.document.body_end, start + _ANSWER_LENGTH))
    for line in context.document.lines_in(Span(start, end)):
        opens = line.bold or line.size > 1.15 * title.size or _NEXT_TITLE.match(context.printed(line.span))
        if line.span.start >= start and len(line.span) < _LONGEST_TITLE and opens:
            return line.span.start
    return end


def _ticked(context: Context, stretch: Span) -> Stated | None:
    lexicon = load_lexicon("facts", "stage")
    for tick in _TICKED.finditer(context.folded, stretch.start, stretch.end):
        found = lexicon.find(context.folded, *tick.span("choice"))
        if found:
            return Stated(found[0].cue.why, (Span(*tick.span()),))
    return None


def _between(context: Context, answer: Span) -> Stated | None:
    """The nearer of two stages that an answer stands between."""
    match = _BETWEEN.search(context.folded, answer.start, answer.end)
    if match is None:
        return None
    nearer = match["first"] if match["nearer"] == "premier" else match["second"]
    return Stated(_STAGES[nearer[:2]], (Span(*match.span()),))


def _ending(context: Context, answer: Span) -> Stated | None:
    """A stage that is said to be ending, where none is named after it: it is still the present one."""
    match = _ENDING.search(context.folded, answer.start, answer.end)
    return None if match is None else Stated(_STAGES[match["stage"][:2]], (Span(*match.span()),))


def _best(context: Context, answer: Span) -> Stated | None:
    """The first stage named with its own word, else the one that most words speak for; nothing if boxes are empty."""
    if _EMPTY_BOX.search(context.folded, answer.start, answer.end):
        return None
    named = load_lexicon("facts", "stage").find(context.folded, answer.start, answer.end)
    said = load_lexicon("facts", "stage-said").find(context.folded, answer.start, answer.end)
    found = said or named
    if not found:
        return None
    stages = [match.cue.why for match in found]
    if len({match.cue.why for match in named}) == len(_STAGES) and len(answer) <= _CHOICES:
        return None
    strong = (match for match in named if match.cue.strength is Strength.STRONG)
    best = next(strong, None) or max(found, key=lambda match: (stages.count(match.cue.why), -match.span.start))
    return Stated(best.cue.why, (context.sentence_at(best.span.start),))
