"""Is a paper dated and signed? What its text shows; ink cannot be read."""

import re
from dataclasses import dataclass

from pipeline.completeness.papers import Paper
from pipeline.document import Document, PageState, Span
from pipeline.text import fold

_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
# The year of the law on associations is no date of a paper.
_YEAR = r"(?:19(?!01)|20)\d\d"
_DATE = re.compile(rf"\b(?:\d{{1,2}}|1er)\s+(?:{_MONTHS})\s+{_YEAR}\b|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d\d\b")
_DATING = re.compile(
    r"""\b(?:fait|signe|adopte\w*|approuve\w*|modifie\w*|etabli\w*|vote\w*|mise?\sa\sjour|statuts\sdu|en\sdate\sdu
        |assemblee\s(?:generale\s)?(?:(?:constitutive|extraordinaire|ordinaire)\s)?du|tenue\sle|reunie?\sle)\b[^.;\n]{0,90}""",
    re.VERBOSE,
)
# "signé", and "signe" where OCR lost the accent at the end of a line; never the verb ("qui signe la charte").
_SIGNED_MARK = re.compile(
    r"\b(?:[Ss]ign(?:é|ée|és|ées)|SIGN[ÉE]{1,2}S?)\b(?!\s+(?:par|des|de|et|en|les|aux|au)\b)|\b[Ss]igne\s*$",
    re.MULTILINE,
)
_SIGNED = re.compile(
    r"\bsignature electronique\b|\blu et approuve\b"
    r"|\bsigne par [a-z]+ [a-z]+\b|\bs/\s?[a-z]"
)
_UNSIGNED = re.compile(
    r"\bnon signe\w*|\bprojet de statuts\b|\ba signer\b|\bexemplaire (?:de travail|non)"
    # how one is to sign, printed above the space left for it
    r"|\bprecedee?s? (?:de|par) (?:la mention )?\W{0,3}lu et approuve"
)
_LEFT_BLANK = re.compile(r"\bfait a [^.;\n]{2,60}?,?\s+le\s*(?:[.…_ ]{3,}|/|$|\n)")  # a place for the date, and no date
_ROLE = (
    r"(?:[Pp]résidente?s?|[Tt]résori(?:er|ère)|[Ss]ecrétaire|(?:[Cc]o-?)?[Gg]érante?|[Dd]irect(?:eur|rice)"
    r"|PRÉSIDENTE?|PRESIDENTE?|TRÉSORI(?:ER|ÈRE)|SECRÉTAIRE|[Aa]ssociée?|[Mm]andataire)"
)
_CAPITALISED = r"[A-ZÉÈÀÂÎÔÇ][\w’'-]+"
_NAME = rf"(?:(?:M\.|Mme|Mr|Monsieur|Madame)\s+)?{_CAPITALISED}\s+(?:(?:de|du|d’|le|la)\s*)?{_CAPITALISED}"
_BETWEEN = r"\s*[,:\n\t (–-]+\s*"
_ROLE_NAME = re.compile(
    rf"{_ROLE}(?:\s+de\s+[^,:\n]{{1,40}})?{_BETWEEN}{_NAME}|{_NAME}{_BETWEEN}(?:[Ll][ae]\s+|[Ss]on\s+)?{_ROLE}"
)
_SPACE_FOR_ONE = re.compile(rf"\bSignatures?\b|\b(?:Le|La)\s+{_ROLE}")
_TAIL = 900  # characters at the end of a paper where dates and signatures stand


@dataclass(frozen=True, slots=True)
class Signing:
    """Where a paper is dated and signed (None where its text does not show it); `space` for a signature left bare."""

    dated: Span | None
    signed: Span | None
    space: Span | None


def read_signing(document: Document, paper: Paper) -> Signing:
    text = document.text[paper.span.start : paper.span.end]
    folded = fold(text)
    tail = max(0, len(text) - _TAIL)
    base = paper.span.start
    space = _SPACE_FOR_ONE.search(text, tail)
    scanned = document.pages[document.page_at(paper.span.end - 1)].state is PageState.OCR
    signed = (
        None
        if _UNSIGNED.search(folded)
        else (_SIGNED_MARK.search(text, tail) or _SIGNED.search(folded, tail) or _ROLE_NAME.search(text, tail))
    )
    if signed is None and scanned and not _UNSIGNED.search(folded):
        signed = space
    return Signing(_dated(folded, tail, base), _shift(signed, base), _shift(space, base))


def _dated(folded: str, tail: int, base: int) -> Span | None:
    """A date at the end of the paper, or one that says when it was adopted."""
    for match in _DATING.finditer(folded):
        date = _DATE.search(match.group())
        if date is not None:
            return Span(base + match.start() + date.start(), base + match.start() + date.end())
    if _LEFT_BLANK.search(folded, tail):
        return None
    return _shift(_DATE.search(folded, tail), base)


def _shift(match: re.Match[str] | None, base: int) -> Span | None:
    return None if match is None else Span(base + match.start(), base + match.end())
