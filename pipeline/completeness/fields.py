"""From a verdict to the section shown: status, reason, evidence."""

from collections.abc import Sequence

from pipeline.analysis import ItemReading, Section, SectionStatus
from pipeline.calls.model import RequiredField
from pipeline.completeness.decision import Basis, Verdict
from pipeline.completeness.evidence import Reading, best_spans
from pipeline.completeness.headings import Heading
from pipeline.completeness.phrases import colon, joined, lower_first, named, place, quoted, sentence
from pipeline.completeness.targets import simplify
from pipeline.completeness.titles import aims_of, strip_numbering
from pipeline.document import Span
from pipeline.text import fold, listed


def section_of(reading: Reading, verdict: Verdict, items: tuple[ItemReading, ...]) -> Section:
    """The section of one field. The reason is one sentence that an auditor can check against the page."""
    field = verdict.target.field
    return Section(
        id=field.id,
        title=field.title,
        status=_status(verdict),
        reason=sentence(_said(reading, verdict), items_clause(field, items)),
        evidence=_evidence(verdict),
        items=items,
    )


def _status(verdict: Verdict) -> SectionStatus:
    if verdict.answered:
        return SectionStatus.PRESENT
    optional = verdict.target.field.optional
    if optional and verdict.basis in {Basis.NOTHING, Basis.DENIED, Basis.EMPTY_HEADING}:
        return SectionStatus.NOT_APPLICABLE
    if verdict.basis in {Basis.NOTHING, Basis.NO_MISSION}:
        return SectionStatus.ABSENT
    return SectionStatus.THIN


def _evidence(verdict: Verdict) -> tuple[Span, ...]:
    if verdict.basis is Basis.EMPTY_HEADING:
        return tuple(heading.span for heading in verdict.headings[:4])
    if verdict.answered or verdict.basis in {Basis.DENIED, Basis.VAGUE_ELSEWHERE}:
        return best_spans(verdict.hits, accounts=verdict.target.expectation.needs_accounts)
    heads = tuple(heading.span for heading in verdict.headings[:1])
    return tuple(sorted({*heads, *best_spans(verdict.hits, 3)}))


def _said(reading: Reading, verdict: Verdict) -> str:
    headings = _filled(reading, verdict.headings) if verdict.basis is Basis.UNDER_HEADING else verdict.headings
    head = listed([named(reading.document, heading) for heading in _distinct(headings)[:3]])
    if verdict.answered:
        return _with_whys(_answered(reading, verdict, head), verdict)
    if verdict.basis is Basis.NOTHING:
        return _nothing(reading, verdict)
    if not verdict.hits:
        return f"l’intitulé {head} n’est suivi d’aucun texte"
    return _unanswered(reading, verdict, head)


def _filled(reading: Reading, headings: Sequence[Heading]) -> list[Heading]:
    """Headings below which something stands: an empty one is never shown for an answer."""
    above = {heading for unit in reading.parts.units for heading in unit.path}
    return [heading for heading in headings if heading in above]


def _distinct(headings: Sequence[Heading]) -> list[Heading]:
    """Headings with each title once, where it first stands."""
    return list({simplify(strip_numbering(heading.title)[0]): heading for heading in reversed(headings)}.values())[::-1]


def _answered(reading: Reading, verdict: Verdict, head: str) -> str:
    if verdict.basis is Basis.IN_ANNEX:
        where = place(reading.document, verdict.hits[-1].unit.span)
        return f"répondu dans l’annexe à laquelle renvoie {head} ({where})"
    if verdict.basis is Basis.ELSEWHERE:
        return _elsewhere(reading, verdict, head)
    if verdict.basis is Basis.IN_PLACE:
        return f"répondu sous {head}, à la place que l’appel donne à cette rubrique"
    return f"répondu sous {head}"


def _unanswered(reading: Reading, verdict: Verdict, head: str) -> str:
    """What stands there in place of an answer, quoted."""
    first = verdict.hits[0].unit
    words, where = quoted(first.text), place(reading.document, first.span)
    lacking = f"sans {verdict.target.expectation.lacking}"
    under = f"sous {head}, " if head else ""
    said = {
        Basis.COPIED_QUESTION: f"sous {head}, seule la question de l’appel est recopiée, sans réponse",
        Basis.PLACEHOLDER: f"l’intitulé {head} ne porte qu’un texte d’attente, {words}",
        Basis.DEFERRED: f"{under}la réponse est remise à plus tard ou donnée hors du dossier, {words} ({where})",
        Basis.NO_MISSION: f"une équipe est nommée ({where}), {words}, mais aucun passage ne dit sa mission",
        Basis.MISSING_ANNEX: f"l’intitulé {head} renvoie, {words}, à une pièce absente ou qui n’y répond pas",
        Basis.LOST_REFERRAL: f"l’intitulé {head} renvoie, {words}, à une autre partie, qui n’y répond pas",
        Basis.DENIED: f"le dossier dit {words} ({where})" + (f" sous {head}" if head else ""),
        Basis.VAGUE_ELSEWHERE: f"annoncé en une phrase ({where}), {words}, {lacking}",
        Basis.TOO_VAGUE: f"sous {head}, seules des généralités ou une intention, {words}, {lacking}",
    }
    return said[verdict.basis]


def _with_whys(said: str, verdict: Verdict) -> str:
    whys = list(dict.fromkeys(why for hit in verdict.hits for why in hit.whys))
    return colon(said, listed([lower_first(why).replace("'", "’") for why in whys[:4]])) if whys else said


def _elsewhere(reading: Reading, verdict: Verdict, head: str) -> str:
    first = verdict.hits[0].unit
    where = place(reading.document, first.span)
    part = next((heading for heading in reversed(first.path) if heading.is_part), None)
    inside = f", dans {quoted(part.title)}" if part is not None else ""
    despite = f" (l’intitulé {head} n’y répond pas)" if head else ""
    return f"répondu sans intitulé propre{inside} ({where}){despite}"


def _nothing(reading: Reading, verdict: Verdict) -> str:
    announced = _listed_in_contents(reading, verdict)
    if announced is not None:
        where = place(reading.document, announced)
        return f"le sommaire l’annonce ({where}), mais aucune partie ni aucun passage n’y répond"
    return "aucun intitulé ne l’annonce et aucun passage n’y répond"


def _listed_in_contents(reading: Reading, verdict: Verdict) -> Span | None:
    for span in reading.parts.contents:
        for line in reading.document.lines_in(span):
            aims = aims_of(reading.document.quote(line.span).rstrip("0123456789 .…_"), reading.targets)
            if any(aim.target == verdict.target.index and aim.strong for aim in aims):
                return line.span
    return None


def items_clause(field: RequiredField, items: tuple[ItemReading, ...]) -> str:
    """« trouvé : nom, statuts ; manque : comptes annuels »."""
    if not items:
        return ""
    found = [item.title for item in items if item.found]
    lacking = [item.title for item in items if not item.found and not _has_alternative(field, item.title, found)]
    clauses = []
    if found:
        said = "éléments trouvés" if len(found) > 1 else "élément trouvé"
        clauses.append(colon(said, ", ".join(map(lower_first, found))))
    if lacking:
        clauses.append(colon("non trouvés" if len(lacking) > 1 else "non trouvé", ", ".join(map(lower_first, lacking))))
    return joined(*clauses)


def _has_alternative(field: RequiredField, lacking: str, found: Sequence[str]) -> bool:
    """Whether the call asks for this or for something found: « ressources humaines ou financières »."""
    wording = fold(field.wording)
    pairs = [pair for other in found for pair in ((lacking, other), (other, lacking))]
    return any(f"{fold(one)} ou {fold(other).split()[-1]}" in wording for one, other in pairs)
