"""The bearer's name: from a label, from "dossier présenté par", from the way the text introduces it."""

import re
from collections.abc import Iterator

from pipeline.document import Span
from pipeline.facts.bearer_places import places_in_words, presented_by
from pipeline.facts.context import Context, Entry
from pipeline.facts.organisations import LEGAL, ORGANISATION_WORD
from pipeline.facts.readings import Stated, distinct_spans

_LONGEST = 90
_MENTIONS = 3
# What may follow the name in the same value: an acronym's meaning, a law, an address, a person.
_NAME_ENDS = re.compile(
    r" ?\((?:loi|association|scic|scop|sas|sarl|n°|siren|siret|rna|\d{2}\)|\d{5}|cree|departement|ci-apres)"
    rf"|, ?(?:{LEGAL}|loi|dont|cree|regie|represent|domicili|situe|base|sise?|siege|qui|immatricul|declaree|\d)"
    r"| (?:representee? par|dont le siege|siege social|domicilie|sise?(?= )|immatricul|association (?:loi"
    r"|regie|declaree)|(?:loi )?(?:de )?1901)"
    r"| a (?:l'appel|l'ami|la region|destination)(?!\w)"
    r"| - (?:association|scic|scop|sas|sarl|siret|siren|\d{5}|loi|candidature|dossier|ami)|[;|\n\t]|\. |\.$"
)
# A legal form is no part of a name of its own: "SCIC La Criée Partagée", but not "Association des parents".
_STRIPPED = re.compile(
    r"(?:l'|la |le )?(?:association(?: loi (?:de )?1901)?|scic(?: sas| sarl| arl| sa)?|scop(?: sas| sarl| arl| sa)?"
    r"|sarl|sas|sasu|eurl|societe) (?P<name>\S.*)"
)
_LABEL = re.compile(r"(?:raison sociale|denomination(?: sociale)?|nom(?: de la structure| du porteur)?)[ :]+(?=\S)")
_PERSON = re.compile(r"(?:m\.|mme|mlle|monsieur|madame|mr|dr) ")
_NOT_A_NAME = re.compile(
    r"\W*(?:oui|non|neant|(?:une |l'|notre )?(?:association|scop|scic|sas|sarl|cooperative|mutuelle)"
    r"|a completer|nom|statuts?|forme|presentation.*|fiche.*|role|apport|missions?"
    r"|historique|l'action|le projet|la region.*|conseil regional.*|appel a .*|ami .*|dossier.*"
    r"|\d[\d .,]*(?:€|k€|%|euros?|ans|etp)?|partenaires?|adresse|.* (?:est|sont|a ete"
    r"|sera|gere|a pour objet) .*|(?:.* )?nous (?:nous |y |en |l')?\w+ons(?:\W.*)?|\d{1,2} ?[.)] .*)?\W*"
)


def read_name(context: Context) -> Stated | None:
    """The bearer's name as printed, without a legal form that is no part of it, and where it stands."""
    for span in _candidates(context):
        bare = _bare(context, span)
        if 1 < len(bare) <= _LONGEST and not _NOT_A_NAME.fullmatch(context.printed(bare)):
            places = _mentions(context, bare)
            return Stated(_best_writing(context, places), places)
    return None


def _candidates(context: Context) -> Iterator[Span]:
    """Places that may give the bearer's name, most trusted first."""
    for entry in sorted(context.labelled.get("porteur", ()), key=lambda entry: _label_trust(context, entry)):
        yield _cut(context, entry.value)
    yield from (span for span in presented_by(context) if len(span))
    for entry in context.labelled.get("nom", ()):
        about_bearer = ORGANISATION_WORD.search(context.printed(entry.value)) or _in_bearer_part(context, entry)
        if about_bearer and not _PERSON.match(context.printed(entry.value)):
            yield _cut(context, entry.value)
    for span in places_in_words(context):
        yield _cut(context, span)


def _label_trust(context: Context, entry: Entry) -> tuple[bool, bool, int]:
    """Labels that say "nom", "raison sociale" or "porteur" first; a person's name last."""
    precise = re.match(r"(?:nom|raison|denomination|structure p|association p|organisme p|porteu)", entry.label)
    return (_PERSON.match(context.printed(entry.value)) is not None, precise is None, entry.value.start)


def _in_bearer_part(context: Context, entry: Entry) -> bool:
    above = " ".join(context.printed(line.span) for line in context.lines_before(entry.label_span.start, 3))
    return re.search(r"porteur|structure|association|organisme|candidat", above) is not None


def _cut(context: Context, value: Span) -> Span:
    """The name that a value opens with."""
    text = context.printed(value)
    end = next((match.start() for match in _NAME_ENDS.finditer(text) if match.start() > 1), len(text))
    return context.trimmed(value.start, value.start + end)


def _bare(context: Context, span: Span) -> Span:
    """The name without quotation marks and without a legal form before a name of its own."""
    found = _STRIPPED.fullmatch(context.printed(span))
    if found is not None:
        start = span.start + found.start("name")
        if not context.document.text[start].islower():
            span = context.trimmed(start, span.end)
    label = _LABEL.match(context.printed(span))
    if label is not None and context.document.text[span.start + label.end() : span.end][:1].isupper():
        span = context.trimmed(span.start + label.end(), span.end)
    text = context.document.text
    if len(span) > 2 and text[span.start] in '«"“':
        close = next((i for i in range(span.start + 1, span.end) if text[i] in '»"”'), span.end)
        span = context.trimmed(span.start + 1, close)
    return span


def _mentions(context: Context, span: Span) -> tuple[Span, ...]:
    """The place of the name, with its first other mentions."""
    wanted = context.printed(span)
    found = [span]
    position = 0
    while len(found) < _MENTIONS and len(wanted) > 4:
        position = context.folded.find(wanted, position)
        if position < 0:
            break
        found.append(Span(position, position + len(wanted)))
        position += len(wanted)
    return distinct_spans(found)


def _best_writing(context: Context, places: tuple[Span, ...]) -> str:
    """The name as the dossier writes it, rather in small letters than all in capitals."""
    written = [context.document.quote(place) for place in places]
    chosen = next((name for name in written if not name.isupper()), written[0])
    return chosen[0].upper() + chosen[1:]
