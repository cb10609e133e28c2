"""Where the bearer has its seat: never the address of the Region, of a partner or of a supplier."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.document import Span
from pipeline.facts.bearer_places import bearer_titles
from pipeline.facts.context import Context
from pipeline.facts.organisations import ORGANISATION_WORD
from pipeline.facts.place_words import SMALL_TAIL, TOWN, last_town, towns_in_words
from pipeline.facts.readings import Identity, Seat, Stated, distinct_spans
from pipeline.facts.territory import (
    department_named,
    department_names,
    department_of_commune,
    department_of_postal_code,
    plain_name,
)
from pipeline.text import fold

_OPENING = 9000  # characters in which an address that no label announces is taken for the bearer's
_AT_ONCE, _NEAR = 36, 130  # characters after the bearer's name in which an address is its own
_POSTAL = re.compile(
    rf"(?<![\d\w])(?:F-)?(?P<code>\d{{5}}|\d{{2}} \d{{3}}(?! ?,))(?!\d)(?: ?[-–,] ?| )(?P<town>{TOWN})"
)
_POSTAL_AFTER = re.compile(rf"(?P<town>{TOWN}),? ?\((?P<code>\d{{5}}|\d{{2,3}}|2[AB])\)")
_BARE_TOWN = re.compile(rf"(?P<town>{TOWN})(?: ?\((?P<code>\d{{5}}|\d{{2,3}}|2[AB]|[A-ZÀ-Ý][\w'’ -]+)\))?")
_SEATED = re.compile(
    r"(?<!\w)(?:(?:dont le |son |le |notre |ayant son |a son )?siege(?: social)?(?: de l'association"
    r"| de la structure| de la cooperative)?"
    r"[^.\n:;]{0,30}?(?: est| se trouve| se situe)?(?: situe| fixe| etabli| bas[e])?e?"
    r" ?(?:(?<!\w)(?:a|au|dans la commune de)|:)"
    r"|(?:est |sommes |, )?(?:bas|situ|etabli|implant|install|domicili)(?:e|ee|es|ees|s)? (?:a|au"
    r"|dans la commune de)|sise? (?:a|au)?) "
)
_TOWN_ENDS = re.compile(
    r"\s(?:cedex|tel|telephone|mail|courriel|siret|siren|representee?|www|site|contact|france|president\w*|fax|bp)\b.*$"
)
_SEAT = re.compile(r"siege")
_MAYOR_OF = re.compile(r"(?<!\w)(?:maire|conseil municipal) (?:de |d'|du |des )$")
# A department's code is the whole of a value, opens it before a name, or stands in brackets: never part of an amount.
_CODE = r"(?P<code>97\d|2[AB]|\d{2})"
_CODE_FIRST = re.compile(rf"\s*{_CODE}(?:\s*$|\s*[-–—:,(]?\s*(?!(?:k€?|euros?|eur)\b)[^\W\d_])", re.IGNORECASE)
_CODE_BRACKETED = re.compile(rf"\({_CODE}\)")
_OF_BUDGET = re.compile(r"(?<!\w)(?:total|charges|depenses|produits|recettes|ressources)(?!\w)")
_CONTACT = re.compile(
    r"correspondance|facturation|intervention|de l'action|du projet|realisation|partenaire|banque|lieu"
)
_ROLES = (
    r"partenaires?|prestataires?|expert[ -]comptable|commissaire aux comptes|imprimerie|fournisseurs?"
    r"|chef de file|nee? (?:le|a)|bailleur"
    r"|antenne|etablissement secondaire|autre etablissement|agence|cabinet|habitant(?:e|s)?|tribunal|banque"
)
_ADDRESSEE = (
    r"conseil (?:regional|general|departemental)|region aquitaine|hotel de region|monsieur le president"
    r"|m\. le president"
    r"|madame la presidente|francois de sourdis|president hoover|direction|service|a l'attention"
)
_ELSEWHERE = re.compile(rf"(?<!\w)(?:(?P<role>{_ROLES})|{_ADDRESSEE})(?!\w)")
_OWN_SENTENCE = re.compile(r"\. |\n(?=(?:je|nous|notre|moi|on) )")  # a letter opens after its addressee
_SMALL_WORDS = {
    "de",
    "du",
    "des",
    "la",
    "le",
    "les",
    "en",
    "et",
    "sur",
    "sous",
    "lès",
    "lez",
    "à",
    "au",
    "aux",
    "près",
    "d",
    "l",
}


@dataclass(frozen=True, slots=True)
class _Address:
    """A commune as printed, and what stands beside it in the address."""

    commune: Span
    postal_code: Span | None = None
    department: str | None = None
    department_span: Span | None = None


def read_seat(context: Context, identity: Identity) -> Seat:
    """The commune of the seat, with postal code and department where they are stated or follow from it."""
    address = next(iter(_addresses(context, identity)), None)
    if address is None:
        return Seat(None, None, _department_alone(context))
    name = tidy_commune(context.document.quote(address.commune))
    commune = Stated(name, _same_commune(context, address))
    postal_code = address.postal_code or _postal_code_of(context, name)
    code = None
    if postal_code is not None:
        code = Stated(context.printed(postal_code).replace(" ", ""), (postal_code,))
    return Seat(commune, code, _department(address, commune, code) or _department_alone(context))


def tidy_commune(printed: str) -> str:
    """A commune as it is usually written: "SAINT JEAN DE LUZ CEDEX" gives "Saint Jean de Luz"."""
    cut = printed[: match.start()] if (match := _TOWN_ENDS.search(fold(printed))) else printed
    words = re.split(r"([ '’-])", cut.strip(" ,.-–"))
    if not cut.isupper():
        return "".join(words)
    small = (word.lower() in _SMALL_WORDS and index > 0 for index, word in enumerate(words))
    return "".join(word.lower() if is_small else word.capitalize() for word, is_small in zip(words, small, strict=True))


def _addresses(context: Context, identity: Identity) -> Iterator[_Address]:
    """Addresses that may be the bearer's, most trusted first."""
    yield from _labelled_addresses(context, seat_only=True)
    yield from _fields(context)
    yield from _beside_name(context, identity, _AT_ONCE)
    yield from _seated(context, "siege")
    yield from _labelled_addresses(context, seat_only=False)
    yield from _seated(context, "")
    yield from _beside_name(context, identity, _NEAR)
    yield from _public_bearer(context, identity)
    yield from _first_page_addresses(context)
    for town in towns_in_words(context, identity, [line.span for line in bearer_titles(context)]):
        if not _speaks_of_another(context, town) and not context.among_partners(town.start):
            yield _coded_town(context, town)


def _labelled_addresses(context: Context, *, seat_only: bool) -> Iterator[_Address]:
    for entry in context.labelled.get("adresse", ()):
        if seat_only and not _SEAT.search(entry.label):
            continue
        if _CONTACT.search(entry.label) or _speaks_of_another(context, entry.label_span):
            continue
        address = _address_in(context, entry.value) or _address_in(context, _with_next_lines(context, entry.value))
        if address is None and _SEAT.search(entry.label):
            address = _bare_town(context, entry.value)
        if address is None and (town := last_town(context, entry.value)) is not None:
            address = _coded_town(context, town)
        if address is not None:
            yield address


def _with_next_lines(context: Context, value: Span) -> Span:
    """A value with the two printed lines that follow it: an address often takes three."""
    lines = context.document.lines_in(Span(value.end, min(len(context.folded), value.end + 200)))
    following = [line for line in lines if line.span.start >= value.end][:2]
    return Span(value.start, max([value.end, *(line.span.end for line in following)]))


def _fields(context: Context) -> Iterator[_Address]:
    """Separate fields or rows for the commune, with the postal code of a neighbouring one."""
    codes = context.labelled.get("code_postal", ())
    for entry in context.labelled.get("commune", ()):
        if _CONTACT.search(entry.label) or _speaks_of_another(context, entry.label_span):
            continue
        address = _address_in(context, entry.value)
        if address is None:
            near = next((code for code in codes if abs(code.value.start - entry.value.start) < 250), None)
            digits = re.search(r"\d{2} ?\d{3}", context.printed(near.value)) if near else None
            postal = (
                Span(near.value.start + digits.start(), near.value.start + digits.end()) if near and digits else None
            )
            bare = _bare_town(context, entry.value)
            address = None if bare is None else _Address(bare.commune, postal or bare.postal_code, bare.department)
        if address is not None:
            yield address


def _seated(context: Context, word: str) -> Iterator[_Address]:
    """ "dont le siège est à Bègles", "installée à Mont-de-Marsan (40)" in the opening of the dossier."""
    for match in _SEATED.finditer(context.folded, 0, min(_OPENING, len(context.folded))):
        if word not in match.group() or _speaks_of_another(context, Span(*match.span())):
            continue
        sentence_end = max(match.end(), context.sentence_at(match.start()).end)
        stretch = Span(match.end(), min(len(context.folded), max(sentence_end, match.end() + 60), match.end() + 120))
        bare = _bare_town(context, stretch)
        whole = _address_in(context, stretch) if word else None
        address = (whole or bare) if match.group().endswith(": ") else (bare or whole)
        if address is not None:
            yield address


def _beside_name(context: Context, identity: Identity, reach: int) -> Iterator[_Address]:
    """An address that begins within `reach` characters after the bearer's name (letterhead, footer)."""
    text = context.document.text
    for span in identity.name.evidence if identity.name else ():
        within = min(len(text), span.end + reach)
        line_end = text.find("\n", within)  # the reach may end in the middle of a town's name
        address = _address_in(context, Span(span.end, len(text) if line_end < 0 else line_end))
        if address is None or address.commune.start >= within:
            continue
        if not _speaks_of_another(context, address.commune):
            yield address


def _first_page_addresses(context: Context) -> Iterator[_Address]:
    end = min(_OPENING, len(context.folded))
    for stretch in (Span(0, end), Span(context.document.body_end, len(context.folded))):
        for match in _POSTAL.finditer(context.document.text, stretch.start, stretch.end):
            if not _speaks_of_another(context, Span(*match.span())) and not context.among_partners(match.start()):
                address = _address_in(context, Span(*match.span()))
                if address is not None:
                    yield address


def _public_bearer(context: Context, identity: Identity) -> Iterator[_Address]:
    """The commune that bears the action is its own seat ("Commune de Salies", "CCAS de Pessac")."""
    for span in identity.name.evidence[:1] if identity.name else ():
        match = re.match(r"(?:commune|ville|mairie|ccas)(?: de la ville)? (?:de |d'|du )", context.printed(span))
        mayor = _MAYOR_OF.search(context.folded, max(0, span.start - 20), span.start)
        if match is not None or mayor is not None:
            town = _bare_town(context, Span(span.start + (match.end() if match else 0), span.end))
            if town is not None:
                yield town


def _address_in(context: Context, span: Span) -> _Address | None:
    """The first address of a stretch that names a commune with its postal code or department."""
    text = context.document.text
    match = _POSTAL.search(text, span.start, span.end)
    if match is not None and department_of_postal_code(match["code"].replace(" ", "")) is not None:
        return _Address(_town_span(context, match), Span(*match.span("code")))
    match = _POSTAL_AFTER.search(text, span.start, span.end)
    return None if match is None else _coded(context, match)


def _bare_town(context: Context, span: Span) -> _Address | None:
    """The commune that a stretch opens with ("Bègles", "Mont-de-Marsan (40)", "Dax (Landes)")."""
    match = _BARE_TOWN.match(context.document.text, span.start, span.end)
    if match is None or re.match(
        r"(?:rue|avenue|place|bd|boulevard|maison|zone|za|bp|chez|mairie|route|representants?|dirigeants?|presidente?"
        r"|activites?|capital|forme|statut|region|departement|etat|conseil)\b",
        context.printed(span),
    ):
        return None
    return _coded(context, match)


def _coded(context: Context, match: re.Match[str]) -> _Address:
    """A commune with what its brackets hold: a postal code, a department's code or its name."""
    town, code = _town_span(context, match), match["code"]
    if code is None:
        return _Address(town)
    place = Span(*match.span("code"))
    if re.fullmatch(r"\d{5}", code):
        return _Address(town, postal_code=place)
    department = code if code in department_names() else department_named(code)
    return _Address(town, department=department, department_span=place)


def _coded_town(context: Context, town: Span) -> _Address:
    """A commune found in words, with the department that stands in brackets after it."""
    match = _BARE_TOWN.match(context.document.text, town.start)
    whole = match is not None and match.end("town") == town.end
    return _coded(context, match) if match is not None and whole else _Address(town)


def _town_span(context: Context, match: re.Match[str]) -> Span:
    """The commune without what a loose pattern took along ("CEDEX", the next label, the next printed line)."""
    start, end = match.span("town")
    end = min(end, context.end_of_print(start))
    if (tail := SMALL_TAIL.search(context.document.text[start:end])) is not None:
        end = start + tail.start()
    cut = _TOWN_ENDS.search(context.folded[start:end])
    return context.trimmed(start, start + cut.start() if cut else end)


def _speaks_of_another(context: Context, span: Span) -> bool:
    """Whether the words before an address are about someone else (the Region, a partner, a supplier).

    A letter's addressee no longer counts once an organisation is named after it: that one has the address.
    """
    start = max(0, span.start - 110)
    before = context.folded[start : span.start]
    before = _OWN_SENTENCE.split(before)[-1]
    last = max(_ELSEWHERE.finditer(before), key=lambda match: match.start(), default=None)
    if last is None:
        return _ELSEWHERE.match(context.printed(span)) is not None
    return last["role"] is not None or ORGANISATION_WORD.search(before, last.end()) is None


def _same_commune(context: Context, address: _Address) -> tuple[Span, ...]:
    """The commune's place, with the whole "33000 Bordeaux" where it is printed so."""
    if address.postal_code is None or not 0 <= address.commune.start - address.postal_code.end < 12:
        return (address.commune,)
    return (Span(address.postal_code.start, address.commune.end),)


def _postal_code_of(context: Context, commune: str) -> Span | None:
    """The postal code that stands before the name of this commune elsewhere, where the dossier gives a single one."""
    wanted = plain_name(commune)
    found = [
        Span(*match.span("code"))
        for match in _POSTAL.finditer(context.document.text)
        if plain_name(tidy_commune(context.document.quote(_town_span(context, match)))) == wanted
        and department_of_postal_code(match["code"].replace(" ", "")) is not None
    ]
    return found[0] if len({context.printed(span).replace(" ", "") for span in found}) == 1 else None


def _department(address: _Address, commune: Stated, code: Stated | None) -> Stated | None:
    if address.department is not None:
        return Stated(address.department, (address.department_span or address.commune,))
    if code is not None:
        found = department_of_postal_code(code.value)
        return Stated(found, code.evidence) if found else None
    known = department_of_commune(commune.value)
    return Stated(known, commune.evidence) if known else None


def _department_alone(context: Context) -> Stated | None:
    for entry in context.labelled.get("departement", ()):
        if any(
            table.contains(entry.value) and _OF_BUDGET.search(context.printed(table)) for table in context.table_spans
        ):
            continue  # a funder and what it gives
        text = context.document.quote(entry.value)
        match = _CODE_FIRST.match(text) or _CODE_BRACKETED.search(text)
        code = match["code"].upper() if match else department_named(text.split("(")[0].strip())
        if code in department_names():
            return Stated(code, distinct_spans([entry.value]))
    return None
