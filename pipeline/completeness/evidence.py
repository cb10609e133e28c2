"""Where a dossier speaks of a field: under its headings, or anywhere else by its content."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.calls.model import Call
from pipeline.completeness.headings import Heading
from pipeline.completeness.natures import AMOUNT, Nature, nature_of
from pipeline.completeness.papers import Paper, find_papers
from pipeline.completeness.parts import Parts, Unit, cut
from pipeline.completeness.plan import Place, places_of
from pipeline.completeness.targets import Target, targets_of
from pipeline.document import BlockKind, Document, Span
from pipeline.lexicon.cues import CueMatch, Stance, Strength, WordIndex
from pipeline.sentences import Sentence

WINDOW = 6  # units over which a passage without heading is gathered


@dataclass(frozen=True)
class Hit:
    """A unit with what speaks for a field in it."""

    unit: Unit
    position: int
    nature: Nature
    cues: tuple[CueMatch, ...]

    @property
    def whys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(match.cue.why for match in self.cues))

    @property
    def separate_whys(self) -> int:
        """How many kinds of things are said: a cue within the words of another says nothing more."""
        spans = [match.span for match in self.cues]
        return len({match.cue.why for match in self.cues if not any(_within(match.span, span) for span in spans)})

    @property
    def strong(self) -> bool:
        return any(match.cue.strength is Strength.STRONG for match in self.cues)

    @property
    def amounts(self) -> int:
        return amounts_in(self.unit)


def _within(inner: Span, outer: Span) -> bool:
    return outer.contains(inner) and len(inner) < len(outer)


def amounts_in(unit: Unit) -> int:
    """How many amounts of money a unit holds.

    In a row of a table, any number of three digits or more is one; in a short line, which may be a row that was not
    read as one, any number of thousands; elsewhere only numbers of euros.
    """
    if unit.kind is BlockKind.TABLE:
        cells = (cell.strip() for cell in unit.folded.split("\t"))
        return sum(1 for cell in cells if _TABLE_AMOUNT.fullmatch(cell))
    folded = _TOTALS.sub(" ", unit.folded)
    in_euros = sum(1 for amount in AMOUNT.findall(folded) if not _PRICE.fullmatch(amount))
    return max(in_euros, len(_THOUSANDS.findall(folded))) if unit.words <= _SHORT_LINE else in_euros


# Totals, and the aid asked for or once received, are no accounts.
_TOTALS = re.compile(
    rf"{AMOUNT.pattern}\s+(?:de|en)\s+(?:depenses|recettes|charges|produits)\b"
    rf"|{AMOUNT.pattern}\s+a\s+(?:sortir|rentrer|depenser|trouver)\b"
    rf"|\b(?:sollicit|demand|accord|octroy)\w*(?:\W+\w+){{0,3}}?\W+{AMOUNT.pattern}"
)
_PRICE = re.compile(r"1?\d(?:[.,]\d{1,2})?\s*(?:€|euros?|eur)")  # of a meal or of an hour: no line of accounts
_SHORT_LINE = 12  # words
_THOUSANDS = re.compile(r"\b\d{1,3}(?:[ .]\d{3})+\b")
_EURO = r"\s*(?:€|euros?|eur|k€)"
_TABLE_AMOUNT = re.compile(
    rf"-?\d{{1,3}}(?:[ .]?\d{{3}})+(?:[.,]\d{{1,2}})?(?:{_EURO})?"
    rf"|\d{{3,}}(?:[.,]\d{{1,2}})?(?:{_EURO})?"
    rf"|\d+(?:[.,]\d+)?{_EURO}"
)


@dataclass(frozen=True)
class Reading:
    """The dossier as it is read for every field: its papers, its parts, and the worth of each unit."""

    document: Document
    papers: tuple[Paper, ...]
    parts: Parts
    targets: tuple[Target, ...]

    @classmethod
    def of(cls, document: Document, call: Call, sentences: Sequence[Sentence]) -> "Reading":
        """Finds the papers of the dossier and cuts the rest, once for all that is said of completeness.

        Raises:
            BrokenLexicon: a lexicon that the call names is missing or wrong.
        """
        targets = targets_of(call)
        papers = find_papers(document)
        parts = cut(document, sentences, targets, [paper.span for paper in papers])
        return cls(document, papers, parts, targets)

    @cached_property
    def natures(self) -> tuple[Nature, ...]:
        wordings = [wording for target in self.targets for wording in target.wordings]
        return tuple(nature_of(unit, wordings) for unit in self.parts.units)

    @cached_property
    def headed_share(self) -> float:
        """Share of the fields that a heading announces: how much the dossier follows the call's plan."""
        announced = {
            aim.target for heading in self.parts.headings if not heading.aside for aim in heading.aims if aim.strong
        }
        return len(announced) / len(self.targets) if self.targets else 0.0

    @cached_property
    def places(self) -> Mapping[int, tuple[Place, ...]]:
        """Headings that stand at the place of a field that none announces, by the field's index."""
        return places_of(self.parts.headings, self.targets)

    def hits(self, target: Target) -> tuple[Hit, ...]:
        """Every unit, with the cues of `target` in it."""
        return self._hits[target.index]

    @cached_property
    def _hits(self) -> tuple[tuple[Hit, ...], ...]:
        words = WordIndex.of(self._folded)
        return tuple(self._with_cues(target, target.find(words)) for target in self.targets)

    def _with_cues(self, target: Target, matches: Sequence[CueMatch]) -> tuple[Hit, ...]:
        """Units with the matches that begin in them; both are in the order of the text."""
        inside: defaultdict[int, list[CueMatch]] = defaultdict(list)
        for match in matches:
            inside[bisect_right(self._starts, match.span.start) - 1].append(match)
        hits = [
            Hit(unit, index, nature, tuple(inside.get(index, ())))
            for index, (unit, nature) in enumerate(zip(self.parts.units, self.natures, strict=True))
        ]
        return tuple(map(_taken_at_its_word, hits) if target.expectation.open_ended else hits)

    @cached_property
    def _starts(self) -> list[int]:
        return [unit.span.start for unit in self.parts.units]

    @cached_property
    def _folded(self) -> str:
        # Cues are looked for within units only: everything between them is blanked.
        pieces: list[str] = []
        length = 0
        for unit in self.parts.units:
            pieces.append("\n" * (unit.span.start - length))
            pieces.append(unit.folded)
            length = unit.span.end
        return "".join(pieces)


def _taken_at_its_word(hit: Hit) -> Hit:
    """What is promised or still to be found, when it names the answer, is one."""
    return replace(hit, nature=Nature.REAL) if hit.strong and hit.nature is Nature.VAGUE else hit


def under(hits: Sequence[Hit], target: Target, *, strong: bool) -> tuple[Hit, ...]:
    """Units below a heading that announces `target` (strongly, or else weakly)."""
    return tuple(hit for hit in hits if not hit.unit.aside and _announces(hit.unit.path, target, strong=strong))


def _announces(path: Sequence[Heading], target: Target, *, strong: bool) -> bool:
    """Whether the nearest heading that announces anything strongly, or one below it, announces `target`."""
    for heading in reversed(path):
        if not heading.aims:
            continue
        aim = heading.aims_at(target.index)
        if aim is not None and aim.strong is strong:
            return True
        if any(other.strong for other in heading.aims):
            return False
    return False


def announced(hits: Sequence[Hit], target: Target) -> tuple[Hit, ...]:
    """Paragraphs that name the field as they open: « Quant à nos partenaires, … », « Sur l'état d'avancement, … »."""
    blocks: set[int] = set()
    seen: set[int] = set()
    for hit in hits:
        opening = _OPENING.match(hit.unit.folded) if hit.unit.block not in seen and not hit.unit.aside else None
        seen.add(hit.unit.block)
        if opening is not None and target.titles.match(hit.unit.folded, opening.end()):
            blocks.add(hit.unit.block)
    return tuple(hit for hit in hits if hit.unit.block in blocks)


def opens_with(unit: Unit, target: Target) -> bool:
    """Whether a sentence names the field as it opens: « Le budget », « Quant au stade d'avancement »."""
    opening = _OPENING.match(unit.folded) or _ARTICLE.match(unit.folded)
    return opening is not None and target.titles.match(unit.folded, opening.end()) is not None


_ARTICLE = re.compile(r"\W*(?:(?:l'|d')|(?:le|la|les|nos|notre|ce|cet|cette)\s+)?")
_OPENING = re.compile(
    r"""(?:(?:enfin|et|maintenant|ensuite|puis|reste|parlons)\s+)*
        (?:sur|quant\s(?:a|au|aux)|pour\sce\squi\sest\s(?:de|du|des)|concernant|s'agissant\s(?:de|du|des)
          |a\spropos\s(?:de|du|des)|au\ssujet\s(?:de|du|des)|en\s(?:ce\squi\s(?:concerne|regarde|touche)|matiere\sde)|cote|du\scote\s(?:de|du|des)
          |(?:votre\sreglement|l'appel|votre\sappel|le\sreglement|vous)\s(?:parle|parlez|demande|demandez|prevoit|exige|voulez)(?:\sd[eu'])?)
        \s+(?:(?:l'|le\s|la\s|les\s|une?\s|nos\s|notre\s|d'|de\s))*""",
    re.VERBOSE,
)


def headings_for(reading: Reading, target: Target) -> tuple[Heading, ...]:
    """Headings that announce `target` strongly, in order."""
    return tuple(
        heading
        for heading in reading.parts.headings
        if not heading.aside and any(aim.target == target.index and aim.strong for aim in heading.aims)
    )


def weight(hits: Sequence[Hit]) -> int:
    """How much a passage speaks of a field: 2 for a unit with a strong cue, 1 with a weak one, and its variety."""
    return sum(2 if hit.strong else 1 for hit in hits) + max(0, len(kinds(hits)) - 1)


def kinds(hits: Sequence[Hit]) -> set[str]:
    """What the cues of a passage say, each once."""
    return {match.cue.why for hit in hits for match in hit.cues if match.cue.stance is Stance.FOR}


def passages(hits: Sequence[Hit]) -> list[tuple[Hit, ...]]:
    """Runs of units of which each has a cue at most WINDOW units after the one before, in the same place."""
    runs: list[list[Hit]] = []
    for hit in hits:
        if not hit.cues or hit.unit.aside or hit.nature is not Nature.REAL:
            continue
        last = runs[-1][-1] if runs else None
        near = last is not None and hit.position - last.position <= WINDOW // 2 and len(runs[-1]) < WINDOW
        if near and last is not None and last.unit.path[:1] == hit.unit.path[:1]:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return [tuple(run) for run in runs]


def best_spans(hits: Sequence[Hit], limit: int = 4, *, accounts: bool = False) -> tuple[Span, ...]:
    """At most `limit` whole units that answer best, in the order of the document; for `accounts`, rows of amounts."""
    ranked = sorted(hits, key=lambda hit: (-_worth(hit, accounts=accounts), hit.position))[:limit]
    return tuple(sorted(hit.unit.span for hit in ranked))


def _worth(hit: Hit, *, accounts: bool) -> float:
    strong = len({match.cue.why for match in hit.cues if match.cue.strength is Strength.STRONG})
    weak = len({match.cue.why for match in hit.cues if match.cue.strength is Strength.WEAK})
    rows = 2 * min(hit.amounts, 4) if accounts else 0
    return 3 * strong + weak + rows + min(hit.unit.words, 40) / 40
