"""Papers that the call asks for: joined, announced only, or missing."""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.analysis import ItemReading, Section, SectionStatus
from pipeline.calls.model import SubItem
from pipeline.completeness.decision import decide
from pipeline.completeness.evidence import Hit, Reading, best_spans
from pipeline.completeness.fields import items_clause, section_of
from pipeline.completeness.headings import Heading, HeadingKind
from pipeline.completeness.items import item_lexicons, read_items, speaks
from pipeline.completeness.natures import Nature
from pipeline.completeness.papers import Paper, PaperKind
from pipeline.completeness.parts import Unit
from pipeline.completeness.phrases import NBSP, named, place, places, plural, quoted, sentence
from pipeline.completeness.signatures import read_signing
from pipeline.completeness.targets import Target
from pipeline.document import Span
from pipeline.text import fold, listed

_FORM_TOPIC, _RECEIPT_TOPIC = "formulaire", "recepisse-jo"
_SINGLE = {"statuts": PaperKind.STATUTES, "sirene": PaperKind.REGISTER}
_FORM_SENTENCES, _FORM_WORDS, _FORM_KINDS = 8, 150, 3
_LONG_FORM_WORDS = 600  # from which fewer kinds of things need be recognised: slides speak in their own words


def read_piece(reading: Reading, target: Target) -> Section:
    """The section of a document that the call asks for."""
    topic = target.field.topic
    if topic == _FORM_TOPIC:
        return _form(reading, target)
    if topic == _RECEIPT_TOPIC:
        return _receipt(reading, target)
    if topic in _SINGLE:
        return _single(reading, target, _SINGLE[topic])
    verdict = decide(reading, target)
    return section_of(reading, verdict, read_items(reading, verdict, {}))


def _section(
    target: Target,
    status: SectionStatus,
    *said: str,
    evidence: Sequence[Span] = (),
    items: tuple[ItemReading, ...] = (),
) -> Section:
    field = target.field
    return Section(field.id, field.title, status, sentence(*said), tuple(sorted(set(evidence))), items)


def _of_kind(reading: Reading, kind: PaperKind) -> list[Paper]:
    return [paper for paper in reading.papers if paper.kind is kind]


def _single(reading: Reading, target: Target, kind: PaperKind) -> Section:
    found = _of_kind(reading, kind)
    if not found:
        return _not_joined(reading, target, _NAMES[kind])
    lacks, evidence = min((_lacks(reading, target, paper) for paper in found), key=lambda read: len(read[0]))
    where = places(reading.document, [paper.title for paper in found])
    joined = "joints" if kind is PaperKind.STATUTES else "joint"
    if not lacks:
        signed = " datés et signés" if target.field.must_be_signed else ""
        return _section(
            target,
            SectionStatus.PRESENT,
            f"{_NAMES[kind]}{signed} {joined} au dossier ({where})",
            evidence=evidence,
        )
    return _section(
        target, SectionStatus.THIN, f"{_NAMES[kind]} {joined} ({where}), mais {listed(lacks)}", evidence=evidence
    )


_NAMES = {
    PaperKind.STATUTES: "statuts",
    PaperKind.RECEIPT: "récépissé de déclaration",
    PaperKind.GAZETTE: "insertion au Journal officiel",
    PaperKind.REGISTER: "certificat SIRENE",
}


def _lacks(reading: Reading, target: Target, paper: Paper) -> tuple[list[str], list[Span]]:
    signing = read_signing(reading.document, paper)
    lacks: list[str] = []
    if target.field.must_be_dated and signing.dated is None:
        lacks.append("aucune date n’y est lue")
    if target.field.must_be_signed and signing.signed is None:
        bare = " (emplacement de signature sans nom ni mention)" if signing.space else ""
        lacks.append(f"aucune signature n’y est lue{bare}")
    shown = (
        _whole_line(reading, span)
        for span in (signing.dated, signing.signed)
        if span is not None and target.field.must_be_signed
    )
    return lacks, [paper.title, *shown]


def _whole_line(reading: Reading, span: Span) -> Span:
    lines = reading.document.lines_in(span)
    return Span(lines[0].span.start, lines[-1].span.end) if lines else span


def _receipt(reading: Reading, target: Target) -> Section:
    """Two papers in one requirement: the receipt and the announcement."""
    found = {kind: _of_kind(reading, kind) for kind in (PaperKind.RECEIPT, PaperKind.GAZETTE)}
    evidence = [paper.title for kind in found for paper in found[kind][:2]]
    items = _receipt_items(target, found)
    if all(found.values()):
        where = places(reading.document, evidence)
        return _section(
            target,
            SectionStatus.PRESENT,
            f"récépissé de déclaration et insertion au Journal officiel joints ({where})",
            evidence=evidence,
            items=items,
        )
    acknowledged = _acknowledgement(reading)
    if not evidence and acknowledged is not None:
        return _section(
            target,
            SectionStatus.THIN,
            f"accusé de réception de la déclaration joint ({place(reading.document, acknowledged)})",
            "ce n’est pas le récépissé, et l’insertion au Journal officiel manque",
            evidence=[acknowledged],
            items=items,
        )
    if not evidence:
        return _not_joined(reading, target, "récépissé de déclaration et insertion au Journal officiel", items=items)
    here = next(kind for kind in found if found[kind])
    lacking = next(kind for kind in found if not found[kind])
    article = "il manque " + (
        "le récépissé de déclaration" if lacking is PaperKind.RECEIPT else "l’insertion au Journal officiel"
    )
    return _section(
        target,
        SectionStatus.THIN,
        f"{_NAMES[here]} joint{'e' if here is PaperKind.GAZETTE else ''} ({place(reading.document, evidence[0])})",
        article,
        evidence=evidence,
        items=items,
    )


_ACKNOWLEDGEMENT = re.compile(r"accuse (?:de reception|d'enregistrement)")
_OF_DECLARATION = re.compile(r"declaration|constitution")
_BY_OFFICE = re.compile(r"prefecture|greffe|service-?public|teleservice|e-creation")
_AROUND = 600  # characters after its title in which an acknowledgement says of what, and who gives it


def _acknowledgement(reading: Reading) -> Span | None:
    """The line that opens an acknowledgement of the declaration: it comes before the receipt, and is none."""
    folded = fold(reading.document.body)
    for match in _ACKNOWLEDGEMENT.finditer(folded):
        line = _whole_line(reading, Span(*match.span()))
        text = folded[max(0, line.start - _AROUND // 2) : line.end + _AROUND]
        before = folded[line.start : match.start()].rstrip()
        opens = (len(before) <= 12 or before.endswith(("-", "–", "—", ":"))) and len(line) <= 120
        if opens and _OF_DECLARATION.search(text) and _BY_OFFICE.search(text):
            return line
    return None


def _receipt_items(target: Target, found: dict[PaperKind, list[Paper]]) -> tuple[ItemReading, ...]:
    readings = []
    for item in target.field.items:
        papers = found.get(PaperKind(item.id), []) if item.id in set(PaperKind) else []
        readings.append(ItemReading(item.id, item.title, bool(papers), tuple(paper.title for paper in papers[:1])))
    return tuple(readings)


def _not_joined(reading: Reading, target: Target, name: str, items: tuple[ItemReading, ...] = ()) -> Section:
    bare = [heading for heading in _own_headings(reading, target) if _is_bare(reading, heading)]
    if bare:
        return _section(
            target,
            SectionStatus.THIN,
            f"l’intitulé {named(reading.document, bare[0])} est là, mais la pièce n’est pas jointe",
            evidence=[bare[0].span],
            items=items,
        )
    said = f"aucune page du dossier n’est reconnue comme {name}"
    mention = _mention(reading, target)
    quote = f"simple mention ({place(reading.document, mention.span)}), {quoted(mention.text)}" if mention else ""
    company = (
        f"le porteur paraît être une société, pour laquelle cette pièce peut être sans objet{NBSP}: à apprécier"
        if target.field.topic == _RECEIPT_TOPIC and _is_company(reading)
        else ""
    )
    return _section(
        target, SectionStatus.ABSENT, said, quote, company, evidence=[mention.span] if mention else (), items=items
    )


def _own_headings(reading: Reading, target: Target) -> list[Heading]:
    return [
        heading
        for heading in reading.parts.headings
        if heading.kind is HeadingKind.BLOCK and (aim := heading.aims_at(target.index)) is not None and aim.strong
    ]


def _is_bare(reading: Reading, heading: Heading) -> bool:
    """Whether nothing real stands below the heading: the paper's page is there and the paper is not."""
    below = [
        nature
        for unit, nature in zip(reading.parts.units, reading.natures, strict=True)
        if any(above.span == heading.span for above in unit.path)
    ]
    return all(nature is not Nature.REAL for nature in below)


def _mention(reading: Reading, target: Target) -> Unit | None:
    return next(
        (unit for unit in reading.parts.units if not unit.aside and target.titles.search(unit.folded)), None
    ) or next((unit for unit in reading.parts.units if target.titles.search(unit.folded)), None)


_COMPANY = re.compile(
    r"\b(?:scic|scop|sas|sasu|sarl|eurl|societe (?:cooperative|par actions|a responsabilite)|capital social)\b"
)
_ASSOCIATION = re.compile(
    r"\bassociation (?:loi|de loi|regie|declaree|a but|dite|dont|est|a ete)\b|\bloi (?:de |du 1er juillet )?1901\b"
    r"|\b(?:notre|l'|cette) ?association\b"
)


def _is_company(reading: Reading) -> bool:
    folded = fold(reading.document.body)
    return len(_COMPANY.findall(folded)) >= 2 and not _ASSOCIATION.search(folded)


def _form(reading: Reading, target: Target) -> Section:
    """The application itself: what is said of the project outside the pages of the other papers."""
    taken = _pages_of_papers(reading)
    said = [
        hit
        for hit in reading.hits(target)
        if not hit.unit.aside and hit.nature is Nature.REAL and hit.unit.page not in taken
    ]
    words = sum(hit.unit.words for hit in said)
    kinds = {why for hit in said for why in hit.whys}
    items = tuple(_form_item(item, said) for item in target.field.items)
    kinds_needed = _FORM_KINDS - (words >= _LONG_FORM_WORDS)
    if len(said) >= _FORM_SENTENCES and words >= _FORM_WORDS and len(kinds) >= kinds_needed:
        first = _first_of_application(reading, said)
        where = place(reading.document, first.unit.span)
        shown = [first.unit.span, *best_spans([hit for hit in said if hit.cues and hit is not first], 3)]
        return _section(
            target,
            SectionStatus.PRESENT,
            f"le projet est présenté à partir de {where} ({plural(words, 'mot', 'mots')})",
            items_clause(target.field, items),
            evidence=shown,
            items=items,
        )
    heads = [heading.span for heading in _own_headings(reading, target)[:1]]
    if heads or words >= _FORM_WORDS // 5:
        return _section(
            target,
            SectionStatus.THIN,
            f"le projet n’est présenté qu’en {plural(words, 'mot', 'mots')}",
            items_clause(target.field, items),
            evidence=[*heads, *best_spans(said, 3)],
            items=items,
        )
    return _section(target, SectionStatus.ABSENT, "aucune page du dossier ne présente le projet", items=items)


def _pages_of_papers(reading: Reading) -> frozenset[int]:
    """Pages of which a paper fills the better part: their letterhead and recitals are the paper's too."""
    filled: Counter[int] = Counter()
    printed: Counter[int] = Counter()
    for line in reading.document.lines_in(Span(0, reading.document.body_end)):
        printed[line.page] += len(line.span)
        filled[line.page] += any(paper.span.contains(line.span) for paper in reading.papers) * len(line.span)
    return frozenset(page for page in printed if 2 * filled[page] > printed[page])


def _first_of_application(reading: Reading, said: Sequence[Hit]) -> Hit:
    """The first thing said in the file that says most: a covering letter or an extract is not the application."""
    pages = reading.document.pages
    words: Counter[int] = Counter()
    for hit in said:
        words[pages[hit.unit.page].file] += hit.unit.words
    fullest = max(words, key=lambda file: words[file])
    return next(hit for hit in said if pages[hit.unit.page].file == fullest)


def _form_item(item: SubItem, said: Sequence[Hit]) -> ItemReading:
    lexicons = item_lexicons(item)
    spans = best_spans([hit for hit in said if speaks(hit, lexicons)], 2)
    return ItemReading(item.id, item.title, bool(spans), spans)
