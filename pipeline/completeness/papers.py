"""Official papers in the dossier, recognised by what they say and not by the name of their file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.completeness.targets import simplify
from pipeline.completeness.titles import coverage, strip_numbering
from pipeline.document import Document, Line, Span
from pipeline.lexicon.cues import Lexicon, compile_patterns, load_lexicon
from pipeline.text import fold

# An article opens a line, or a sentence of a long paragraph; "artide" is how OCR misreads it.
_OPENS_CLAUSE = r"(?:^\s*|(?<=[.;:!?)] )|(?<=- ))"
_ARTICLE = re.compile(
    rf"{_OPENS_CLAUSE}(?:article|artic1e|artide|art\.?)\s*(?:n ?[°o]\s*)?(?:\d+|1er|premier|[ivx]+)\b(?!\s?[),;])"
)
_NUMBERED = re.compile(
    rf"{_OPENS_CLAUSE}(?:\d{{1,2}}|[ivx]{{1,5}})\s?[.)°:-]+\s*(?:(?:le|la|les|l'|du|de la) ?)?"
    r"(?:denomination|nom|titre|constitution|forme|objet|buts?|siege|duree|membres|composition|admission|adhesion|radiation"
    r"|exclusion|cotisation|ressources|capital|assemblee|conseil|bureau|administration|gerance|reglement|dissolution"
    r"|modification|cette association|l'association se|il est (?:fonde|forme|cree|constitue))"
)
# The announcement may be printed in one go after the name of the gazette.
_GAZETTE_HEAD = re.compile(r"journal officiel de la republique francaise\W+(?:associations|lois|annonces)")
_FIRST_CLAUSE = re.compile(
    rf"{_OPENS_CLAUSE}(?:(?:article|artide|art\.?)\s*(?:1er|premier|1|i)\b(?!\s?[),;])"
    r"|il est (?:fonde|forme|cree|constitue) (?:entre|une)|entre les soussignes|les soussignes)"
)
_RNA = re.compile(r"\bw\s?\d{3}\s?\d{6}\b")
# What articles of statutes are about, as their short titles say it.
_SUBJECT = re.compile(
    r"[\s.):–—-]*(?:(?:le|la|les|l'|du|de la|qui|changer les) ?)*"
    r"(?P<subject>nom(?!\w)|denomination|titre|but|objet"
    r"|siege|domicile|duree|temps|membre|adhe|composition|cotisation|depart|exclusion|radiation|admission|assemblee"
    r"|conseil|bureau|comite|ressources|comptes|reglement|statuts|modification|dissolution|fin(?!\w))"
)
_SUBJECTS_NEEDED = 7
_TITLE_WORDS = 16
_LOW = 0.6  # of a page: what starts below may go on overleaf


class PaperKind(StrEnum):
    STATUTES = "statuts"
    RECEIPT = "recepisse"
    GAZETTE = "journal-officiel"
    REGISTER = "sirene"


_FORMULAS_NEEDED = {PaperKind.STATUTES: 4, PaperKind.RECEIPT: 3, PaperKind.GAZETTE: 3, PaperKind.REGISTER: 4}
_ARTICLES_NEEDED = 3
_MANY_ARTICLES = 5  # from which one formula less is needed


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper found: `span` is the whole of it, `title` the line by which it is shown."""

    kind: PaperKind
    span: Span
    title: Span


@dataclass(frozen=True, slots=True)
class _Opening:
    kind: PaperKind
    line: int


def find_papers(document: Document) -> tuple[Paper, ...]:
    """Papers of the dossier, in order: each goes from its title to the next paper, part or file."""
    lines = [line for line in document.lines if line.span.start < document.body_end]
    folded = fold(document.body)
    texts = [folded[line.span.start : line.span.end] for line in lines]
    openings = list(_openings(texts))
    found: list[Paper] = []
    for number, opening in enumerate(openings):
        if found and lines[opening.line].span.start < found[-1].span.end:
            continue
        later = (other.line for other in openings[number + 1 :] if other.kind is not opening.kind)
        last = _last_line(document, lines, texts, opening, next(later, len(lines)))
        span = Span(lines[opening.line].span.start, lines[last].span.end)
        if _is_paper(opening.kind, folded[span.start : span.end], texts[opening.line : last + 1]):
            found.append(Paper(opening.kind, span, lines[opening.line].span))
    return tuple(found)


def _openings(texts: Sequence[str]) -> Iterator[_Opening]:
    """Lines that may be the title of a paper."""
    lexicons = {kind: load_lexicon("completeness", kind.value) for kind in PaperKind}
    titles = {kind: _title_pattern(lexicon) for kind, lexicon in lexicons.items()}
    for index, text in enumerate(texts):
        if _FIRST_CLAUSE.search(text):
            yield _Opening(PaperKind.STATUTES, index)
            continue
        unlike_title = len(text.split()) > _TITLE_WORDS or text.rstrip().endswith((";", ","))
        if unlike_title and not _GAZETTE_HEAD.match(text):
            continue
        bare = simplify(strip_numbering(text)[0])
        for kind, pattern in titles.items():
            match = pattern.search(bare)
            if match is not None and (match.start() <= 12 or coverage(bare, Span(*match.span())) >= 0.5):
                yield _Opening(kind, index)


def _title_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_patterns(sorted(lexicon.headings, key=lambda title: -len(title)))


def _last_line(document: Document, lines: Sequence[Line], texts: Sequence[str], opening: _Opening, limit: int) -> int:
    """Index of the last line of the paper that opens at `opening`.

    Statutes go on from page to page while articles follow; the other papers end with their page.
    """
    first = lines[opening.line]
    file = document.pages[first.page].file
    last_page = _last_page(document, lines, texts, opening, limit)
    end = opening.line
    for index in range(opening.line + 1, limit):
        line = lines[index]
        if document.pages[line.page].file != file or line.page > last_page:
            break
        if _opens_other_part(first, line, texts[index]):
            break
        end = index
    return end


def _last_page(document: Document, lines: Sequence[Line], texts: Sequence[str], opening: _Opening, limit: int) -> int:
    title = lines[opening.line]
    if opening.kind is PaperKind.STATUTES:
        return _last_article_page(lines, texts, opening.line, limit)
    starts_low = title.box.y0 > _LOW * document.pages[title.page].height
    return title.page + 1 if starts_low else title.page


def _last_article_page(lines: Sequence[Line], texts: Sequence[str], start: int, limit: int) -> int:
    """The last page, without a page lacking in between, that has articles (the opening's page when none has).

    A page of signatures after the last article belongs to the paper too.
    """
    page = lines[start].page
    for index in range(start, limit):
        line = lines[index]
        if line.page > page + 1:
            break
        if _clauses(texts[index]) or (line.page == page + 1 and re.match(r"\s*fait a\b", texts[index])):
            page = max(page, line.page)
    return page


def _opens_other_part(title: Line, line: Line, text: str) -> bool:
    """A line that opens an annex, or one as big as the paper's title that is not among its own headings."""
    if _ANNEX_TITLE.match(text):
        return True
    as_big = line.size >= title.size * 0.98 and title.bold and line.bold
    far = line.page != title.page or line.box.y0 > title.box.y1 + 30
    return as_big and far and _stands_out(text) and not _OWN_HEADING.match(text)


_ANNEX_TITLE = re.compile(r"\s*annexe\s+(?:n|\d|[ivx])")
_OWN_HEADING = re.compile(r"\s*(?:article|art\.|titre|chapitre|section|\d+[.)-]|fait a|signature|le |la )")


def _stands_out(text: str) -> bool:
    return 1 <= len(text.split()) <= 10 and not text.rstrip().endswith((".", ",", ";"))


def _clauses(line: str) -> int:
    """How many articles or numbered clauses of statutes open on a printed line."""
    return len(_ARTICLE.findall(line)) or len(_NUMBERED.findall(line))


def _subjects(lines: Sequence[str]) -> set[str]:
    """The subjects that articles give as their titles: statutes in their writers' own words keep these."""
    articles = (_ARTICLE.search(line) for line in lines)
    titles = (_SUBJECT.match(article.string, article.end()) for article in articles if article is not None)
    return {title["subject"] for title in titles if title is not None}


def _is_paper(kind: PaperKind, folded: str, lines: Sequence[str]) -> bool:
    formulas = {match.cue.why for match in load_lexicon("completeness", kind.value).find(folded)}
    count = len(formulas) + (1 if kind is not PaperKind.STATUTES and _RNA.search(folded) else 0)
    if kind is PaperKind.STATUTES:
        articles = sum(_clauses(line) for line in lines)
        enough = _FORMULAS_NEEDED[kind] - (articles >= _MANY_ARTICLES)
        if articles < _ARTICLES_NEEDED:
            return False
        return count >= enough or len(_subjects(lines)) >= _SUBJECTS_NEEDED
    return count >= _FORMULAS_NEEDED[kind]
