"""Findings on what the dossier says: other aid, sales, type, annexes."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from pipeline.analysis import Finding
from pipeline.calls.model import CheckKind
from pipeline.completeness.titles import annex_number
from pipeline.document import Line, Span
from pipeline.findings.situation import Situation, finding
from pipeline.lexicon.cues import Stance, load_lexicon
from pipeline.text import fold, listed

_DENIAL = re.compile(
    r"(?<!\w)(?:n'(?:a|ont|avons|ayant|avait|est|etait)|ne |jamais|aucun|aucune|sans avoir|pas encore"
    r"|ni(?!\w)|pas (?:d'|de|encore)|avant (?:toute|la)|en amont)"
)
_TYPE_NAMES = {
    "services": "innovation sociale de services et de produits",
    "organisationnelle": "innovation sociale organisationnelle",
    "territoriale": "innovation sociale territoriale",
}
_ASKS_TYPE = re.compile(r"categorie d'innovation sociale|type d'innovation")
_REFERRAL = re.compile(
    r"(?<!\w)(?:cf\.? |voir |v\. |se reporter a |joint\w* |jointe?s? en |figur\w+ en |present\w+ en "
    r"|donn\w+ en |detaill\w+ en |fourni\w* en |en |\(|à )?"
    r"(?:l'|les |notre |nos |la )?(?:annexes?|pieces? jointes?|pj) ?(?:n ?[°o]s? ?)?"
    r"(?P<number>\d{1,2}(?!\d)|[ivx]{1,4}(?!\w)|[a-h](?!\w))"
)
_OF_THE_CALL = re.compile(
    r"(?:de l'ami|de l'appel|du reglement|du cahier des charges|de la convention|de la loi|du decret"
    r"|des comptes|de la region)"
)
_JOINED = re.compile(
    r"(?<!\w)(?:ci[ -]joints?|ci[ -]jointes?|joints? (?:au|en annexe|a ce) ?(?:present )?(?:dossier)?"
    r"|voir (?:en )?annexes?|cf\.? annexes?|en annexe|\(annexe\)|en pieces? jointes?"
    r"|fourni\w* en annexe)(?! ?(?:n ?°? ?)?\d)(?!\w)"
)
_ANNEX_TITLE = re.compile(r"\W*(?:liste des )?(?:annexes?|pieces? jointes?|pj|documents? joints?)(?!\w)")
_CONTENTS_LINE = re.compile(r"annexes? ?(?:n ?[°o] ?)?\w{1,4}(?!\w).*(?:\.{3,}|…|\s)\s*(?:p\.? ?)?\d{1,3}$")
_LEAST_ANNEX = 120  # characters below its title from which an annex is there and not only announced


def already_aided(situation: Situation) -> Iterator[Finding]:
    """The dossier says that the project was helped as a social innovation before."""
    for _ in situation.checks(CheckKind.NOT_ALREADY_AIDED):
        spans = list(_affirmed(situation, "already-aided"))
        if spans:
            yield finding(
                "already-aided",
                "Le dossier dit avoir déjà bénéficié d’une aide au titre de l’innovation sociale",
                spans[:3],
            )


def on_the_market(situation: Situation) -> Iterator[Finding]:
    """The dossier speaks of selling already, or of an aid that pays the sale."""
    for _ in situation.checks(CheckKind.BEFORE_MARKET):
        spans = list(_affirmed(situation, "on-the-market"))
        if spans:
            yield finding(
                "on-the-market",
                "L’aide pourrait porter sur une mise sur le marché : vérifiez que la phase aidée précède la "
                "commercialisation",
                spans[:3],
            )


def _affirmed(situation: Situation, lexicon: str) -> Iterator[Span]:
    """Sentences where a cue of the lexicon stands without a denial before it."""
    context = situation.context
    seen: set[Span] = set()
    for match in load_lexicon("facts", lexicon).find_in(situation.words):
        sentence = context.sentence_at(match.span.start)
        start = max(sentence.start, match.span.start - 60)
        denied = _DENIAL.search(context.folded, start, match.span.end) is not None
        if match.cue.stance is Stance.FOR and not denied and sentence not in seen:
            seen.add(sentence)
            yield sentence


def type_mismatch(situation: Situation) -> Iterator[Finding]:
    suggestion = situation.suggestion
    if suggestion.declared is not None and suggestion.suggested and suggestion.declared not in suggestion.suggested:
        suggested = listed([_TYPE_NAMES[name] for name in suggestion.suggested])
        yield finding(
            "type-mismatch",
            f"Type déclaré différent du type suggéré : le porteur déclare une {_TYPE_NAMES[suggestion.declared]},"
            f" le texte fait penser à une {suggested}",
            suggestion.rationale[:3],
        )


def type_not_declared(situation: Situation) -> Iterator[Finding]:
    asks = any(_ASKS_TYPE.search(fold(field.wording)) for field in situation.call.fields)
    if asks and situation.document.body_end and situation.suggestion.declared is None:
        yield finding(
            "type-not-declared", "Le porteur ne dit pas dans quelle catégorie d’innovation sociale son action s’insère"
        )


def missing_annexes(situation: Situation) -> Iterator[Finding]:
    """Annexes that the text sends its reader to and that are not in the dossier."""
    referred: dict[str, list[Span]] = {}
    titles = _annex_lines(situation)
    for match in _REFERRAL.finditer(situation.context.folded, 0, situation.document.body_end):
        span = Span(*match.span())
        number = annex_number(f"annexe {match['number']}")
        own = any(line.span.contains(span) and line.span.start + 3 >= span.start for line in titles)
        if number is not None and not own and not _of_the_call(situation, span):
            referred.setdefault(number, []).append(span)
    for number, spans in sorted(referred.items(), key=lambda item: item[1][0]):
        if not _is_joined(situation, number, titles):
            yield finding("annexe-missing", f"Annexe citée mais non jointe : annexe {number.upper()}", spans[:5])
    if not referred and not titles and len(situation.document.files) == 1:
        loose = [
            Span(*match.span()) for match in _JOINED.finditer(situation.context.folded, 0, situation.document.body_end)
        ]
        loose = [span for span in loose if not _of_the_call(situation, span)]
        if loose:
            yield finding("annexe-missing", "Annexe citée mais non jointe", loose[:5])


def _annex_lines(situation: Situation) -> list[Line]:
    """Printed lines that open with the word "annexe"."""
    context = situation.context
    return [
        line
        for line in context.document.lines
        if line.span.start < context.document.body_end
        and len(line.span) <= 110
        and _ANNEX_TITLE.match(context.printed(line.span))
        and not re.search(r"[.;]$|non jointe|a fournir", context.printed(line.span).rstrip())
    ]


def _is_joined(situation: Situation, number: str, titles: list[Line]) -> bool:
    names = (PurePath(file.name).stem for file in situation.document.files)
    if any(annex_number(name.replace("_", " ")) == number for name in names):
        return True
    context = situation.context
    for line in titles:
        text = context.printed(line.span)
        if (
            annex_number(text) == number
            and not _CONTENTS_LINE.search(text)
            and _content_below(situation, line, titles) >= _LEAST_ANNEX
        ):
            return True
    return False


def _content_below(situation: Situation, line: Line, titles: list[Line]) -> int:
    """Characters of text between the title of an annex and the next one."""
    following = [other.span.start for other in titles if other.span.start > line.span.start]
    end = min([situation.document.body_end, *following])
    return len(situation.context.folded[line.span.end : end].strip())


def _of_the_call(situation: Situation, span: Span) -> bool:
    after = situation.context.folded[span.end : span.end + 40].lstrip(" )")
    return _OF_THE_CALL.match(after) is not None
