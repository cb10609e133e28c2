"""Who bears the action: name, legal form and when it was created."""

import re
from collections.abc import Iterator

from pipeline.document import BlockKind, Span
from pipeline.facts.context import Context, Entry
from pipeline.facts.dates import find_dates, month_in
from pipeline.facts.readings import Identity, Stated, distinct_spans
from pipeline.facts.registers import read_register_numbers
from pipeline.lexicon.cues import CueMatch, load_lexicon

_OPENING = 6000  # characters in which a bearer that no label names is looked for
# What may follow the name in the same value: an acronym's meaning, a law, an address, a person.
_NAME_ENDS = re.compile(
    r" ?\((?:loi|association|n°|siren|siret|rna|\d{2}\)|\d{5}|cree|departement)"
    r"|, ?(?:association|societe|scic|scop|sarl|cooperative|loi|dont|cree|regie|represent|domicili|situe|bas[eé]|sise?|siege|\d)"
    r"| (?:represent[eé]e? par|dont le siege|, siege|domicili|sise? |immatricul|association (?:loi|regie|declaree)|loi (?:de )?1901)"
    r"| - (?:association|scic|siret|siren|\d{5}|loi)|[;|\n\t]|\. |\.$"
)
_ORGANISATION = (
    r"(?:association|scic|scop|sarl|sas|eurl|cooperative|collectif|federation|fondation|mutuelle|ccas|cias|commune|ville|mairie"
    r"|communaute (?:de communes|d'agglomeration|urbaine)|syndicat(?: mixte| intercommunal)?|centre (?:social|hospitalier|communal"
    r" d'action sociale)|groupement d'employeurs|regie de quartier|societe(?: cooperative)?|entreprise|mission locale|gip|union|pays"
    r"|maison familiale|foyer|cuma|pole|reseau|compagnie|les amis|universite)"
)
_ORGANISATION_WORD = re.compile(rf"(?<!\w){_ORGANISATION}(?!\w)")
_BORNE_BY = re.compile(
    r"(?<!\w)(?:(?:dossier|projet|action|demarche|candidature|manifestation d'interet|demande)[^.\n:;]{0,40}?)"
    r"(?:present|port|depos|propos|soumis)\w* par (?=\S)"
)
_CREATED = re.compile(r"(?<!\w)(?:cree|fonde|nee?|constitue|declaree)e?s?(?:[^.;\n\d]{0,40}?)(?: en| le| depuis| au)? ")
# A capitalised name with its small words: "Les Veilleurs du Médoc", "Terres & Mains", « L'Établi ».
_NAME = re.compile(
    r"[«\"“]\s*(?P<quoted>[^»\"”\n]{2,70}?)\s*[»\"”]"
    r"|(?P<plain>(?:[A-ZÀ-Ý0-9][\w'’&.-]*)(?:[ -](?:(?:de|du|des|d|la|le|les|en|et|à|au|aux|pour|sur|sous|l|un|une|dans|par|&|\+)"
    r"(?=[ '’])(?:['’][\w-]+)?|(?:[dlDL]['’])?[A-ZÀ-Ý0-9][\w'’&.-]*))*)"
)
_PERSON = re.compile(r"(?:m\.|mme|mlle|monsieur|madame|mr) ")
_NOT_A_NAME = re.compile(
    r"(?:oui|non|neant|a completer|nom|statut|forme|presentation|fiche|role|apport|mission|\W*)\W*"
)


def read_identity(context: Context) -> Identity:
    """What the dossier says of its bearer."""
    numbers = read_register_numbers(context)
    name = _read_name(context)
    return Identity(
        name=name,
        legal_form=_read_legal_form(context, name),
        sirens=numbers.sirens,
        sirets=numbers.sirets,
        rnas=numbers.rnas,
        created=_read_creation(context),
    )


def _read_name(context: Context) -> Stated | None:
    for span in _name_candidates(context):
        printed = context.document.quote(span)
        if len(printed) > 1 and not _NOT_A_NAME.fullmatch(context.printed(span)):
            return Stated(printed, _mentions(context, span))
    return None


def _name_candidates(context: Context) -> Iterator[Span]:
    """Places that may give the bearer's name, most trusted first."""
    labelled = context.labelled.get("porteur", ())
    for entry in sorted(labelled, key=lambda entry: _label_trust(context, entry)):
        yield _cut_name(context, entry.value)
    for match in _BORNE_BY.finditer(context.folded, 0, min(_OPENING, len(context.folded))):
        yield _organisation_at(context, match.end())
    for entry in context.labelled.get("nom", ()):
        if _ORGANISATION_WORD.search(context.printed(entry.value)) or _in_bearer_part(context, entry):
            if not _PERSON.match(context.printed(entry.value)):
                yield _cut_name(context, entry.value)
    yield from _named_in_prose(context)
    yield from _letterhead(context)


def _label_trust(context: Context, entry: Entry) -> tuple[bool, bool, int]:
    """Form answers and labels that say "nom" or "raison sociale" first; a person's name last."""
    value = context.printed(entry.value)
    precise = re.match(r"(?:nom|raison|denomination|structure p|association p|organisme p|porteu)", entry.label)
    return (_PERSON.match(value) is not None, precise is None, entry.value.start)


def _in_bearer_part(context: Context, entry: Entry) -> bool:
    above = " ".join(context.printed(line.span) for line in context.lines_before(entry.label_span.start, 3))
    return re.search(r"porteur|structure|association|organisme|candidat", above) is not None


def _cut_name(context: Context, value: Span) -> Span:
    """The name that a value opens with."""
    text = context.printed(value)
    end = _NAME_ENDS.search(text)
    stop = value.start + (end.start() if end and end.start() > 1 else len(text))
    span = _without_quotes(context, context.trimmed(value.start, stop))
    leading = re.match(r"(?:l'|la |le |les )(?=" + _ORGANISATION + r"\W)", context.printed(span))
    return Span(span.start + leading.end(), span.end) if leading else span


def _without_quotes(context: Context, span: Span) -> Span:
    start, end = span.start, span.end
    text = context.document.text
    if (
        end - start > 2
        and text[start] in '«"“'
        and text[end - 1] in '»"”'
        and not re.search('[»"”]', text[start + 1 : end - 1])
    ):
        return context.trimmed(start + 1, end - 1)
    return span


def _organisation_at(context: Context, offset: int) -> Span:
    """The organisation named from `offset` on ("l'association Les Veilleurs du Médoc")."""
    kind = re.compile(
        rf"(?:l'|la |le |les |notre )?(?P<kind>{_ORGANISATION}(?: (?:de|du|des|d'|loi (?:de )?1901|{_ORGANISATION}))*) ?"
    ).match(context.folded, offset)
    start = kind.start("kind") if kind else offset
    name = _NAME.match(context.document.text, kind.end() if kind else offset)
    if name is None:
        return Span(start, start)
    return context.trimmed(start, name.end())


def _named_in_prose(context: Context) -> Iterator[Span]:
    """ "L'association Terres Mêlées, créée en 2009": the first organisation that a sentence opens with."""
    opening = re.compile(rf"(?:^|[.\n]\s?)(?=(?:l'|la |le |notre )?{_ORGANISATION} )")
    for match in opening.finditer(context.folded, 0, min(_OPENING, context.document.body_end)):
        span = _organisation_at(context, match.end())
        after = context.folded[span.end : span.end + 60]
        if len(span) and re.match(
            r"[ »,]*(?:\([^)]*\),? ?)?(?:,|est |a ete |cree|fonde|regie|,? association|gere |porte |regroupe )", after
        ):
            yield span
    reverse = re.compile(
        r"(?:^|\n)(?=[^\n.]{3,70}? est une? (?:association|scic|scop|cooperative|societe|mutuelle|entreprise|sarl|collectif))"
    )
    for match in reverse.finditer(context.folded, 0, min(2 * _OPENING, context.document.body_end)):
        name = _NAME.match(context.document.text, match.end())
        if name is not None and context.folded[name.end() :].lstrip(" »").startswith("est "):
            yield context.trimmed(match.end(), name.end())


def _letterhead(context: Context) -> Iterator[Span]:
    """A short line of the first page, or a running header, that is an organisation's name."""
    lines = [line for line in context.document.lines if line.page == 0][:12]
    furniture = [block.span for block in context.document.blocks if block.kind is BlockKind.FURNITURE]
    for span in [*(line.span for line in lines), *furniture]:
        folded = context.printed(span)
        if len(folded) <= 70 and re.match(_ORGANISATION + r" \S", folded) and not folded.endswith((".", ":")):
            yield _cut_name(context, span)


def _mentions(context: Context, span: Span) -> tuple[Span, ...]:
    """The place of the name, with its first other mentions (three places at most)."""
    wanted = context.printed(span)
    spans = [span]
    position = 0
    while len(spans) < 3 and len(wanted) > 4:
        position = context.folded.find(wanted, position)
        if position < 0:
            break
        spans.append(Span(position, position + len(wanted)))
        position += len(wanted)
    return distinct_spans(spans)


def _read_legal_form(context: Context, name: Stated | None) -> Stated | None:
    for span in _form_candidates(context, name):
        match = _form_in(context, span)
        if match is not None:
            return Stated(match.cue.why, (match.span,))
    return None


def _form_candidates(context: Context, name: Stated | None) -> Iterator[Span]:
    """Stretches that may state the legal form, most trusted first."""
    for entry in context.labelled.get("statut", ()):
        yield Span(entry.value.start, min(entry.value.end, entry.value.start + 90))
    if name is None:
        return
    for span in name.evidence:
        yield span
        yield Span(span.end, min(len(context.folded), span.end + 90))
    for match in re.compile(
        r"\b(?:association|societe|structure|cooperative)\b[^.\n]{0,40}\b(?:loi|statut|forme)\b"
    ).finditer(context.folded, 0, min(2 * _OPENING, len(context.folded))):
        yield Span(match.start(), min(len(context.folded), match.end() + 60))


def _form_in(context: Context, span: Span) -> CueMatch | None:
    """The most precise form of a stretch: the earliest cue of the lexicon, which goes from precise to general."""
    lexicon = load_lexicon("facts", "legal-forms")
    found = lexicon.find(context.folded, span.start, span.end)
    first = min(found, key=lambda match: match.span.start, default=None)
    if first is None:
        return None
    # "Société coopérative d'intérêt collectif à responsabilité limitée" holds several forms: the most precise counts.
    near = [match for match in found if match.span.start <= first.span.end + 40]
    return min(near, key=lambda match: lexicon.cues.index(match.cue))


def _read_creation(context: Context) -> Stated | None:
    for entry in context.labelled.get("date_creation", ()):
        stated = _date_in(context, entry.value)
        if stated is not None:
            return stated
    for match in _CREATED.finditer(context.folded, 0, min(2 * _OPENING, len(context.folded))):
        sentence = context.sentence_at(match.start())
        if _ORGANISATION_WORD.search(context.folded, sentence.start, match.start()):
            stated = _date_in(context, Span(match.end(), min(len(context.folded), match.end() + 25)), opening=True)
            if stated is not None:
                return stated
    return None


def _date_in(context: Context, span: Span, *, opening: bool = False) -> Stated | None:
    """A day ("2009-03-12"), a month ("2009-03") or a year ("2009") stated in a stretch."""
    folded = context.printed(span)
    days = find_dates(context.folded, span.start, span.end)
    if days:
        return Stated(days[0].day.isoformat(), (days[0].span,))
    month = month_in(folded)
    year = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", folded)
    if year is None or (opening and year.start() > 16):
        return None
    value = f"{month:%Y-%m}" if month else year.group()
    return Stated(value, (Span(span.start, span.start + year.end()),))
