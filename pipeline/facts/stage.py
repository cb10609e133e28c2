"""At which stage the action is: amorçage, développement or essaimage, as the dossier says itself."""

import re
from collections.abc import Iterator

from pipeline.document import BlockKind, Line, Span
from pipeline.facts.context import Context
from pipeline.facts.readings import Stated
from pipeline.lexicon.cues import CueMatch, Strength, load_lexicon

_TITLE = re.compile(
    r"(?<!\w)(?:stade|etat|niveau|degre) (?:d'avancement|de maturite|de developpement)|ou en (?:est"
    r"|sommes|etes)(?:-| )?(?:nous|on|l'action|le projet|vous)?|(?<!\w)avancement (?:de l'action"
    r"|du projet)"
)
_SENTENCE = re.compile(
    r"(?<!\w)(?:au|en|a ce|un|le|a un|du|son) (?:stade|phase)|(?<!\w)(?:phase|stade) (?:actuel|d'|de "
    r"|du )|(?<!\w)(?:action|projet|demarche) (?:est )?en (?:phase|amorcage|developpement|essaimage)"
)
_TICKED = re.compile(r"(?:[☒☑✓✔✗■●◼⊠]|[\[(] ?x ?[\])]) ?(?P<choice>[^\W\d_][^☐□○\[(\n\t☒☑■]{2,40})")
_EMPTY_BOX = re.compile(r"[☐□○◻]|[\[(] {0,2}[\])]")
_LONGEST_TITLE = 130  # characters
_ANSWER_LENGTH = 900  # characters below a title in which its answer stands
_NEXT_TITLE = re.compile(r"(?:\d{1,2}|[ivx]+) ?[.)-] ?\S")


def read_stage(context: Context) -> Stated | None:
    """The stage that the dossier states for its action, or None."""
    for stretch, needs_strong in _stretches(context):
        ticked = _ticked(context, stretch)
        if ticked is not None:
            return ticked
        if not _EMPTY_BOX.search(context.folded, stretch.start, stretch.end):
            match = _best(context, stretch, needs_strong=needs_strong)
            if match is not None:
                return Stated(
                    match.cue.why, (context.sentence_at(match.span.start) if not needs_strong else match.span,)
                )
    return None


def _stretches(context: Context) -> Iterator[tuple[Span, bool]]:
    """Where a stage may be stated, most trusted first; the last ones must name it with its own word."""
    for entry in context.labelled.get("stade", ()):
        yield Span(entry.value.start, min(entry.value.end, entry.value.start + _ANSWER_LENGTH)), False
    for answer in _below_titles(context):
        yield answer, False
    for match in _SENTENCE.finditer(context.folded, 0, context.document.body_end):
        sentence = context.sentence_at(match.start())
        yield (
            Span(match.start(), min(sentence.end, match.end() + 80) if sentence.end > match.end() else match.end()),
            True,
        )


def _below_titles(context: Context) -> Iterator[Span]:
    """What stands below a title that asks for the stage, up to the next bold line; form answers come alone."""
    for line in context.document.lines:
        folded = context.printed(line.span)
        title = _TITLE.search(folded)
        if title is None or len(folded) > _LONGEST_TITLE or title.start() > 25:
            continue
        start = _end_of_title(context, line)
        stop = _next_title(context, line, start)
        answers = [
            block.span
            for block in context.document.blocks
            if block.kind is BlockKind.ANSWER and start <= block.span.start < stop
        ]
        yield from answers or ([Span(start, stop)] if stop > start else [])


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


def _best(context: Context, stretch: Span, *, needs_strong: bool) -> CueMatch | None:
    """The first stage named with its own word, else the one that most words speak for."""
    found = load_lexicon("facts", "stage").find(context.folded, stretch.start, stretch.end)
    strong = [match for match in found if match.cue.strength is Strength.STRONG]
    if strong:
        return strong[0]
    if needs_strong or not found:
        return None
    stages = [match.cue.why for match in found]
    return max(found, key=lambda match: (stages.count(match.cue.why), -match.span.start))
