"""Sub-items of a field (nom, statuts, comptes annuels…): found or lacking, with the place."""

from collections.abc import Mapping, Sequence

from pipeline.analysis import ItemReading
from pipeline.calls.model import SubItem
from pipeline.completeness.decision import Verdict
from pipeline.completeness.evidence import Hit, Reading, best_spans, under
from pipeline.completeness.natures import Nature
from pipeline.completeness.targets import lexicon_of_patterns
from pipeline.document import Span
from pipeline.lexicon.cues import Lexicon, Stance, load_lexicon

_MOST_EVIDENCE = 2
_TITLE_WORDS = 8  # a longer heading may be the call's own list of what is asked for


def read_items(reading: Reading, verdict: Verdict, known: Mapping[str, Span]) -> tuple[ItemReading, ...]:
    """Each sub-item of the field, looked for in the paragraphs that answer it; `known` were found by themselves."""
    every = reading.hits(verdict.target)
    blocks = {hit.unit.block for hit in verdict.hits}
    beside = (hit for hit in every if hit.unit.block in blocks and not hit.unit.aside)
    where = tuple(dict.fromkeys([*under(every, verdict.target, strong=True), *verdict.hits, *beside]))
    return tuple(_read(reading, item, where, known) for item in verdict.target.field.items)


def _read(reading: Reading, item: SubItem, hits: Sequence[Hit], known: Mapping[str, Span]) -> ItemReading:
    place = known.get(item.topic or "")
    if place is not None:
        return ItemReading(item.id, item.title, True, (place,))
    lexicons = item_lexicons(item)
    found = [hit for hit in hits if hit.nature in {Nature.REAL, Nature.VAGUE} and speaks(hit, lexicons)]
    spans = best_spans(found, _MOST_EVIDENCE)
    return ItemReading(item.id, item.title, bool(spans), spans)


def item_lexicons(item: SubItem) -> tuple[Lexicon, ...]:
    lexicons = [load_lexicon("items", item.topic)] if item.topic else []
    if item.cues:
        lexicons.append(lexicon_of_patterns(item.id, item.title, item.cues))
    return tuple(lexicons)


def speaks(hit: Hit, lexicons: Sequence[Lexicon]) -> bool:
    """Whether a unit says something of an item: by its words, or by a short heading above it."""
    said = {cue.why for lexicon in lexicons for cue in lexicon.cues if cue.stance is Stance.FOR}
    # A cue of the field that says the same thing as the item's own: the reason must not deny what it names.
    if not said.isdisjoint(hit.whys):
        return True
    above = (heading.index for heading in hit.unit.path if len(heading.title.split()) <= _TITLE_WORDS)
    texts = [hit.unit.index, *above]
    matches = (match for lexicon in lexicons for text in texts for match in lexicon.find_in(text))
    return any(match.cue.stance is Stance.FOR for match in matches)
