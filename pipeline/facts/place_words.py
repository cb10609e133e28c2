"""The commune of the seat where no postal code gives it: street and town, name and town, the town of a signature."""

import re
from collections.abc import Iterator

from pipeline.document import Span
from pipeline.facts.context import Context
from pipeline.facts.organisations import LEGAL
from pipeline.facts.readings import Identity

TOWN = (
    r"(?!(?!Y)[A-ZÀ-Ý](?![\w'’]))"  # of one letter there is only Y, in the Somme
    r"(?:(?:Le|La|Les|LE|LA|LES|L['’]) ?)?(?:(?:St|Ste|ST|STE)\.|[A-ZÀ-Ý][\w'’-]*)"
    r"(?:[ -](?:(?:[dlDL]['’])?[A-ZÀ-Ý][\w'’-]*|(?:de|du|des|d|la|le|les|en|et|sur|sous|lès|lez|l|à|au"
    r"|aux|près)(?=[ '’-])(?:['’][\wÀ-ý-]+)?))*"
)
"""A commune as printed, with its capitals."""

_CLOSING, _HEADING = 1800, 700  # characters of the end and of the opening where letters are dated
_ABOUT_BEARER = 420  # characters after the bearer's name, or a title on the bearer, that may tell its address
_DAY = (
    r"(?:le |ce )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? )?(?:le )?(?:1er|\d{1,2})"
    r"(?: (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)|/\d{1,2}/|\.\d{2}\.)"
)
_DATED = re.compile(rf"(?:,| ?[–-]) ?{_DAY}")
_STREET = re.compile(
    r"(?<!\w)(?:rue|avenue|av\.|boulevard|bd|place|quai|route|chemin|impasse|allees?|cours|square|faubourg|hameau"
    r"|lieu-dit|zone (?:artisanale|d'activites?|industrielle)|za|zi|residence|esplanade|promenade)(?!\w)"
)
_STREET_ENDS = re.compile(r"(?:,? a |, |,? \d{5}\n\t?)(?=[a-z])")
_STREET_REACH = 70  # characters in which a street is followed by its town
_SETTLED = re.compile(
    r"(?<!\w)(?:(?:nee?|creee?|fondee?|basee?|installee?|siegeant|oeuvre|situee?|etablie?)(?: (?:en|depuis|le)"
    r" [\w ]{4,20}?)?|bas|ses bureaux|nos (?:bureaux|locaux)|(?:un|le|notre) (?:local|depot|atelier)) a (?=[a-z])"
)
_LIVES = re.compile(r"(?<!\w)je suis (?!ne|nee|alle|allee|venue?|arrivee? )[^.\n,;:]{3,40}? a (?=[a-z])")
_AFTER_NAME = re.compile(rf"[\s»]*(?:(?:,| -| –| —|\() ?(?:une )?{LEGAL}[^,.\n–—-]{{0,30}})?(?:,| -| –| —) ?(?=[a-z])")
_TOWN_STANDS = re.compile(r"\s*(?:$|[.,;\n)|–—-]|\((?:\d{2,5}|2[ab]|[a-z' -]+)\))")
SMALL_TAIL = re.compile(r"(?:[ -](?:de|du|des|d|la|le|les|en|et|sur|sous|l|à|au|aux|dans|un|une))+$")
_NO_TOWN = re.compile(
    r"(?:rue|avenue|place|bd|boulevard|maison|zone|za|bp|chez|mairie|route|la mairie|le siege|le conseil|la region"
    r"|pharmacie|association|scic|scop|sarl|sas|loi|siren|siret|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|le|la|les|en|depuis|du|au"
    r"|version|candidature|dossier|appel|ami|amiris|region|reponse|innovation|monsieur|madame|mme|m\.|president|page"
    r"|de|des|d'|pour|par|avec|fait|a|vu|signe|lu|departement|etat|caf|bat|batiment"
    r"|centre|france|presidente?|directeur|directrice|bien a vous|cordialement)(?![\w-])"
)


def towns_in_words(context: Context, identity: Identity, titles: list[Span]) -> Iterator[Span]:
    """Communes that sentences give as the bearer's, most trusted first. `titles` announce the bearer."""
    places = identity.name.evidence if identity.name is not None else ()
    for name in places:
        yield from _town_after(context, _AFTER_NAME, Span(name.end, _within(context, name.end + 1)), at_once=True)
    for start in (*(title.end for title in titles), *(name.end for name in places)):
        stretch = Span(start, _within(context, start + _ABOUT_BEARER))
        yield from _beside_street(context, stretch)
        yield from _town_after(context, _SETTLED, stretch)
    yield from _town_after(context, _LIVES, Span(0, context.document.body_end))
    yield from _signed(context)


def last_town(context: Context, address: Span) -> Span | None:
    """The town that an address without postal code ends with ("bât. F, Champ-de-Manœuvre, Soyaux (QPV)")."""
    comma = context.folded.rfind(", ", address.start, address.end)
    return next(_town_at(context, comma + 2, alone=True), None) if comma >= 0 else None


def _town_after(context: Context, words: re.Pattern[str], stretch: Span, *, at_once: bool = False) -> Iterator[Span]:
    for match in [words.match(context.folded, stretch.start)] if at_once else _all(context, words, stretch):
        if match is not None:
            yield from _town_at(context, match.end(), alone=at_once)


def _beside_street(context: Context, stretch: Span) -> Iterator[Span]:
    """ "8, rue du Minage à Ribérac", "quai d'Aval, ancien poste de garde, Creil": the first town after a street."""
    for street in _STREET.finditer(context.folded, stretch.start, stretch.end):
        sentence = context.sentence_at(street.start())
        end = min(max(sentence.end, street.end()), street.end() + _STREET_REACH)
        for match in _STREET_ENDS.finditer(context.folded, street.end(), end):
            yield from _town_at(context, match.end())


def _all(context: Context, words: re.Pattern[str], stretch: Span) -> list[re.Match[str] | None]:
    return list(words.finditer(context.folded, stretch.start, stretch.end))


def _town_at(context: Context, offset: int, *, alone: bool = False) -> Iterator[Span]:
    """The capitalised name of a town at `offset`; `alone`, when nothing but punctuation or brackets follows it."""
    match = _TOWN.match(context.document.text, offset)
    if match is None or _NO_TOWN.match(context.folded, offset):
        return
    if not alone or _TOWN_STANDS.match(context.folded, match.end()):
        tail = SMALL_TAIL.search(match.group())
        yield Span(match.start(), match.end() - len(tail.group()) if tail else match.end())


def _signed(context: Context) -> Iterator[Span]:
    """ "Fait à Hagetmau, le 20 juin 2014", "Ham, dimanche 26 mars 2017": where the dossier was signed or headed."""
    end = context.document.body_end
    for stretch in (Span(max(0, end - _CLOSING), end), Span(0, min(_HEADING, end))):
        dated = list(_DATED.finditer(context.folded, stretch.start, stretch.end))
        for match in reversed(dated):
            yield from _town_before(context, match.start())


def _town_before(context: Context, offset: int) -> Iterator[Span]:
    """The town that ends at `offset`, after "à", a full stop, a comma or the start of the line."""
    start = max(context.folded.rfind("\n", 0, offset), offset - 60) + 1
    openings = re.finditer(r"(?:^|[.,;–(] |(?<!\w)[AaÀà] )(?=[A-ZÀ-Ý])", context.document.text[start:offset])
    for opening in reversed(list(openings)):
        at = start + opening.end()
        match = _TOWN.fullmatch(context.document.text, at, offset)
        if match is not None and not _NO_TOWN.match(context.folded, at):
            yield Span(at, offset)
            return


def _within(context: Context, offset: int) -> int:
    return min(offset, len(context.folded))


_TOWN = re.compile(TOWN)
