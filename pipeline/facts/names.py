"""The bearer's name: from a label, from "dossier présenté par", from the way the text introduces it."""

import re
from collections.abc import Iterator

from pipeline.document import BlockKind, Span
from pipeline.facts.context import Context, Entry
from pipeline.facts.readings import Stated, distinct_spans

_OPENING = 6000  # characters in which a bearer that no label names is looked for
_LONGEST = 90
_MENTIONS = 3
_ORGANISATION = (
    r"(?:associations?|scic|scop|sarl|sas|eurl|cooperative|collectif|federation|fondation|mutuelle|ccas|cias|commune|ville|mairie"
    r"|communaute (?:de communes|d'agglomeration|urbaine)|syndicat(?: mixte| intercommunal)?|etablissement public"
    r"|centre (?:social|hospitalier|communal d'action sociale)|groupement d'employeurs|regie de quartier"
    r"|societe(?: cooperative)?"
    r"|entreprise|mission locale|gip|union|pays|maison familiale|foyer|cuma|pole|reseau|compagnie"
    r"|universite|menuiserie)"
)
ORGANISATION_WORD = re.compile(rf"(?<!\w){_ORGANISATION}(?!\w)")
"""A word that names a kind of organisation, in folded text."""

_LEGAL = (
    r"(?:(?:une )?association|scic|scop|sarl|sas|sasu|eurl|(?:une )?cooperative|(?:une )?societe"
    r"|etablissement public|mutuelle"
    r"|fondation|syndicat|epci|collectif)"
)
# What may follow the name in the same value: an acronym's meaning, a law, an address, a person.
_NAME_ENDS = re.compile(
    r" ?\((?:loi|association|scic|scop|sas|sarl|n°|siren|siret|rna|\d{2}\)|\d{5}|cree|departement|ci-apres)"
    rf"|, ?(?:{_LEGAL}|loi|dont|cree|regie|represent|domicili|situe|base|sise?|siege|qui|immatricul|declaree|\d)"
    r"| (?:representee? par|dont le siege|siege social|domicilie|sise?(?= )|immatricul|association (?:loi"
    r"|regie|declaree)|(?:loi )?(?:de )?1901)"
    r"| - (?:association|scic|scop|sas|sarl|siret|siren|\d{5}|loi|candidature|dossier|ami)|[;|\n\t]|\. |\.$"
)
_BORNE_BY = re.compile(
    r"(?<!\w)(?:dossier|projet|action|demarche|candidature|manifestation d'interet|demande)[^.\n:;]{0,40}?"
    r" (?:presente|porte|depose|propose|soumis)e?s? par (?=\S)"
)
_SMALL = r"(?:de|du|des|d|la|le|les|en|et|à|au|aux|pour|sur|sous|l|un|une|dans|par|&|\+)"
# A capitalised name with its small words: "Les Veilleurs du Médoc", "Terres & Mains", « L'Établi ».
_NAME = re.compile(
    r"[«\"“]\s*(?P<quoted>[^»\"”\n]{2,70}?)\s*[»\"”]"
    rf"|(?:[A-ZÀ-Ý0-9][\w'’&.-]*)(?:[ -](?:{_SMALL}(?=[ '’])(?:['’][\w-]+)?|(?:[dlDL]['’])?[A-ZÀ-Ý0-9][\w'’&.-]*))*"
)
_TRAILING_SMALL = re.compile(rf"(?: {_SMALL}|['’. ])+$")
_KIND = re.compile(
    rf"(?:l'|la |le |les |notre )?(?P<kind>{_ORGANISATION}(?: (?:des|de la|de l'|de|du|loi 1901"
    rf"|loi de 1901|{_ORGANISATION})(?!\w))*) ?"
)
# A legal form is no part of a name of its own: "SCIC La Criée Partagée", but not "Association des parents".
_STRIPPED = re.compile(
    r"(?:l'|la |le )?(?:association(?: loi (?:de )?1901)?|scic(?: sas| sarl| sa)?|scop(?: sas| sarl| sa)?"
    r"|sarl|sas|sasu|eurl|societe) (?P<name>\S.*)"
)
_PERSON = re.compile(r"(?:m\.|mme|mlle|monsieur|madame|mr|dr) ")
_NOT_A_NAME = re.compile(
    r"\W*(?:oui|non|neant|a completer|nom|statuts?|forme|presentation.*|fiche.*|role|apport|missions?"
    r"|historique|l'action|le projet|la region.*"
    r"|conseil regional.*|appel a .*|ami .*|dossier.*|\d[\d .]*|partenaires?|adresse|.* (?:est|sont|a ete"
    r"|sera|gere|a pour objet|nous) .*)?\W*"
)
_INTRODUCED = re.compile(
    r"[\s»,]*(?:\([^)]*\),?\s?)?(?:,|(?:est|a ete|association|gere|porte|regroupe|existe|vous)\s|cree|fonde|regie)"
)
_OPENS_WITH_KIND = re.compile(rf"(?:^|[.\n,:] ?)(?=(?:l'|la |le |notre )?{_ORGANISATION} )")
_IS_A = re.compile(
    r"(?:^|\n|\. )(?=[^\n.]{3,70}? est une? (?:association|scic|scop|cooperative|societe|mutuelle"
    r"|entreprise|sarl|sas|collectif))"
)
_APPOSED = re.compile(rf"(?:^|\n|\. )(?=[^\n.,]{{3,70}}?(?:,| -) {_LEGAL}(?!\w))")


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
    for match in _BORNE_BY.finditer(context.folded, 0, min(_OPENING, len(context.folded))):
        yield _organisation_at(context, match.end())
    for entry in context.labelled.get("nom", ()):
        about_bearer = ORGANISATION_WORD.search(context.printed(entry.value)) or _in_bearer_part(context, entry)
        if about_bearer and not _PERSON.match(context.printed(entry.value)):
            yield _cut(context, entry.value)
    for span in (*_apposed(context), *_named_in_prose(context), *_letterhead(context)):
        if not context.among_partners(span.start):
            yield span


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


def _organisation_at(context: Context, offset: int) -> Span:
    """The organisation named from `offset` on ("l'association Les Veilleurs du Médoc")."""
    kind = _KIND.match(context.folded, offset)
    start, end = (kind.start("kind"), kind.end()) if kind else (offset, offset)
    if kind and context.document.text[end : end + 1].islower():
        return Span(start, start)
    name = _NAME.match(context.document.text, end)
    if name is None:
        return Span(start, start)
    stop = name.end() - len(tail.group()) if (tail := _TRAILING_SMALL.search(name.group())) else name.end()
    return context.trimmed(start, stop)


def _apposed(context: Context) -> Iterator[Span]:
    """ "Les Ateliers du Gave, SCOP SARL à capital variable"."""
    for match in _APPOSED.finditer(context.folded, 0, min(_OPENING, context.document.body_end)):
        name = _NAME.match(context.document.text, match.end())
        if name is not None and context.folded.startswith((", ", " - "), name.end()):
            yield context.trimmed(*name.span())


def _named_in_prose(context: Context) -> Iterator[Span]:
    """ "L'association Terres Mêlées, créée en 2009", "Terres Mêlées est une association"."""
    end = min(_OPENING, context.document.body_end)
    for match in _OPENS_WITH_KIND.finditer(context.folded, 0, end):
        span = _organisation_at(context, match.end())
        if len(span) and _INTRODUCED.match(context.folded, span.end):
            yield span
    for match in _IS_A.finditer(context.folded, 0, 2 * end):
        name = _NAME.match(context.document.text, match.end())
        if name is not None and context.folded[name.end() :].lstrip(" »").startswith("est "):
            yield context.trimmed(match.end(), name.end())


def _letterhead(context: Context) -> Iterator[Span]:
    """A short line of the first page, or a running header, that is an organisation's name."""
    lines = [line.span for line in context.document.lines if line.page == 0][:12]
    furniture = [block.span for block in context.document.blocks if block.kind is BlockKind.FURNITURE]
    for span in [*lines, *furniture]:
        folded = context.printed(span)
        if len(folded) <= 70 and re.match(_ORGANISATION + r" \S", folded) and not folded.endswith((".", ":")):
            yield _cut(context, span)


def _bare(context: Context, span: Span) -> Span:
    """The name without quotation marks and without a legal form before a name of its own."""
    found = _STRIPPED.fullmatch(context.printed(span))
    if found is not None:
        start = span.start + found.start("name")
        if not context.document.text[start].islower():
            span = context.trimmed(start, span.end)
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
