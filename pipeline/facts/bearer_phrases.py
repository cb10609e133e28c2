"""The bearer's name as sentences say it, whole: small words, signatures, mayors and people who bear alone included."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.document import Line, Span
from pipeline.facts.context import Context
from pipeline.facts.organisations import KIND, LEGAL, ORGANISATION_WORD, name_at, organisation_at
from pipeline.text import fold

_COVER_LINES = 8
_COVER = 1500  # characters of the opening in which a dossier says whose it is
_BELOW_TITLE = 700  # characters below a title on the bearer in which its name stands
_LONGEST, _MOST_WORDS = 80, 12
_LEAST_MENTIONS = 3  # a name in small letters is believed where the dossier repeats it
_CANDIDACY_OF = re.compile(
    r"(?<!\w)(?:dossier|candidature|reponse|proposition|contribution|demande)(?: de (?:candidature|reponse|demande"
    rf"|subvention))?[^.\n:;]{{0,30}}? (?:de |du |d'|des )(?=(?:l'|la |le |les |notre )?{KIND} )"
)
_WE_ARE = re.compile(r"(?<!\w)(?:nous sommes|nous,|on est) (?=\S)")
_NAMED = re.compile(
    r"(?<!\w)(?:sous le nom (?:de |d')?|(?:elle|il|ca|cela|on|le collectif|l'association|la cooperative)"
    r" (?:s'appelle|se nomme|a pris le nom de)|(?:un|notre|son|pour) nom ?:|(?:a|avons) pris (?:le|pour) nom(?: de)?"
    r"|baptisee?s?|denommee?s?) ?:? ?(?=[\S])"
)
_ABOUT_BEARER = re.compile(
    r"(?<!\w)(?:associations?|collectif|structure|cooperative|scic|scop|societe|(?:re)?unis|president|1901|statuts)(?!\w)"
)
_KIND_IN_CAPITAL = re.compile(
    rf"{KIND} (?:des |de la |de l'|du |de |d'|pour )[^.,;:\n(»]{{2,50}}?"
    r"(?=[.,;:\n(»]| (?:est|sont|a|qui|que|et|pour)(?!\w)|$)"
)
_FORM_THEN_NAME = re.compile(
    r"(?<!\w)(?:scic|scop|sarl|sasu|sas|eurl|cooperative|gip|gie"
    r"|groupement de [\w '-]{5,60}(?= \(| «))"
    r"(?: (?:sas|sarl|sa|arl|a responsabilite limitee|par actions simplifiee))?(?: \([a-z]{2,8}\))?,? (?=\S)"
)
_FORM_GOES_ON = re.compile(
    r"[\s»]*(?:,|\(|-|–) ?(?:au |a )?(?:capital|societe|siege|siren|siret|rcs|immatricul|constitue|cree|declare|\d{5}"
    r"|convention|loi|association)"
    r"|[\s»]*(?:est |a ete |reunit |regroupe |compte |emploie )"
)
_IS = re.compile(rf" (?:est|sont) (?:bien |aujourd'hui )?(?:une?|la|le) (?:\w+ ){{0,2}}?(?:{KIND}|{LEGAL})(?!\w)")
_APPOSED = re.compile(rf"(?:,| -| –| —| \() ?(?:une )?{LEGAL}(?!\w)")
_REGISTERED = re.compile(
    rf"(?:,| -| –| —| \() ?(?:une )?{LEGAL}(?: (?:sas|sarl|sa|cooperative|a but non lucratif))*,? (?:de |de la )?"
    r"(?:declaree?|loi|regie|immatriculee?|constituee?|creee?|fondee?|nee|depuis|au capital|a capital)(?!\w)"
)
_PRESIDED = re.compile(
    r"[\s»]*(?:\([^)]*\),? ?)?, (?:que (?:je|nous) (?:preside|dirige|represente|anime|gere)|dont je suis (?:la |le )?"
    r"(?:president|direct|gerant))"
)
_WHICH_BEARS = re.compile(
    rf"(?<!\w)(?:c'est|ce sera|par) (?=(?:l'|la |le |notre ){KIND} )"
    r"(?=[^.\n]{4,140}? qui (?:porte|depose|presente|signe) )"
)
_BEARER_IS = re.compile(
    r"(?<!\w)(?:(?:le porteur|la structure porteuse|le demandeur|le candidat) (?:est|sera)|je preside"
    r"|je suis (?:\w+ )?(?:la |le )?presidente? (?:de|d')|(?:l'association|le collectif),? c'est) ?"
    r"(?:(?:l'|la |le |les |notre )?(?=\S))"
)
_COUNCIL = re.compile(r"(?<!\w)(?:le |du )?conseil municipal (?:de |d'|du |des )(?=\S)")
_DELIBERATES = re.compile(r"convoque|deliber|registre")
_TRADER = re.compile(
    r",[^.\n;]{0,60}?(?<!\w)(?:entrepreneuse?|entrepreneur|auto-entrepreneu\w+|micro-entrepreneu\w+)(?!\w)"
)
_MAYOR = re.compile(
    r"(?<!\w)(?:je suis|moi,|en tant que|agissant en qualite de|soussigne, )(?: la| le)? ?"
    r"(?:maire|premiere adjointe|premier adjoint) (?:de |d'|du |des )(?=\S)"
)
_SIGNED_LINE = re.compile(r"(?:^|\n)(?:pour )?(?P<name>[^\n,;:]{5,60}),? (?:n° )?siren(?:e)? ")
_NO_SUBJECT = re.compile(
    r"(?:nous|notre|nos|ce|cet|cette|elle|il|on|c'est|chaque|l'action|l'idee|le projet|la region|la structure"
    r"|le porteur|le candidat|le demandeur|tous|toutes|depuis|dans|en|au|pour|si|comme|quand|mais|et|ici)(?!\w)"
)
_VERB = re.compile(r"(?<![\w-])(?:est|sont|a|ont|fait|sommes|avons|qui|que|dont|avec|nos|notre)(?!\w)")
KIND_THEN_NAME = re.compile(rf"(?!le sas )(?:l'|la |le |les )?{KIND} \S")
_FORM_BELOW = re.compile(rf"{LEGAL} (?:loi|regie|declaree?|de loi|creee?|sas|sarl|au capital)(?!\w)")
_NUMBERING = re.compile(r"\W*(?:\d{1,2}|[a-z]|[ivx]+) ?[.)/-] ?")
_BARE_KIND = re.compile(r"(?:association|collectif|cooperative) (?=\S)")
_KIND_OPENS = re.compile(rf"\W*(?:la |le |l'|les )?(?={KIND} )")
_STOP = re.compile(r"[,.;:(»\n]")
_BORN = re.compile(
    r",? (?:qui |est |a ete )?(?:nee?|creee?|fondee?|constituee?|declaree?|issue?|regroupe|reunit|rassemble|epci|loi"
    r"|etablissement|association)(?!\w)"
)
_TITLED = re.compile(
    rf"\W*(?:(?:\d{{1,2}}|[a-z]|[ivx]+) ?[.)–/-] ?)?(?:le porteur ?[:–-] ?)?(?=(?:la |le |l'|les |notre )?{KIND} )"
)
_ADDRESS = re.compile(
    r"(?<!\w)(?:\d{1,4}(?: bis| ter)?,? (?:rue|avenue|av|place|bd|boulevard|quai|chemin|route|allee|cours)"
    r"|\d{5} [a-z]|siret|siren|rna )"
)


def whose_candidacy(context: Context) -> Iterator[Span]:
    """ "Dossier de candidature de l'association Trois Fois Cinq", on the cover."""
    for match in _CANDIDACY_OF.finditer(context.folded, 0, min(_COVER, context.document.body_end)):
        yield organisation_at(context, match.end())


def named_by_itself(context: Context) -> Iterator[Span]:
    """ "Nous sommes Les Nourrices réunies, association loi 1901"; "réunis sous le nom de Collectif des deux rives"."""
    for match in _WE_ARE.finditer(context.folded, 0, context.document.body_end):
        yield _before_form(context, match.end())
    for match in _NAMED.finditer(context.folded, 0, context.document.body_end):
        sentence = context.sentence_at(match.start())
        if _ABOUT_BEARER.search(context.folded, sentence.start, match.end()):
            yield _named_at(context, match.end())


def _named_at(context: Context, offset: int) -> Span:
    """The name at `offset`; one that opens with its kind goes on in small letters ("Collectif des deux rives")."""
    kind = _KIND_IN_CAPITAL.match(context.folded, offset)
    if kind is not None and context.document.text[offset : offset + 1].isupper():
        return context.trimmed(*kind.span())
    whole = organisation_at(context, offset)
    return whole if len(whole) else name_at(context, offset)


def said_to_bear(context: Context) -> Iterator[Span]:
    """ "La Fédération des fêtes, que je préside", "c'est l'association Les Deux Classes qui porte le dossier"."""
    for match in _BEARER_IS.finditer(context.folded, 0, context.document.body_end):
        kind = _BARE_KIND.match(context.folded, match.end())
        name = _up_to_stop(context, kind.end() if kind else match.end())
        yield name if _reads_as_name(context, name) else Span(match.end(), match.end())
    for match in _WHICH_BEARS.finditer(context.folded, 0, context.document.body_end):
        yield organisation_at(context, match.end())
    for start in _starts(context, Span(0, context.document.body_end)):
        comma = context.folded.find(",", start, start + _LONGEST)
        name = context.trimmed(start, max(start, comma))
        if _PRESIDED.match(context.folded, name.end) and _reads_as_name(context, name):
            yield name


def cover_parts(context: Context) -> Iterator[Span]:
    """A part of one of the first lines that is an organisation's name ("AMI 2017 – Coopérative L'Égale Part")."""
    for line in context.document.lines[:_COVER_LINES]:
        position = line.span.start
        for part in re.split(r"( [–—|•·-] )", context.printed(line.span)):
            name = context.trimmed(position, position + len(part))
            position += len(part)
            if (
                len(name)
                and organisation_at(context, name.start).end == name.end
                and KIND_THEN_NAME.match(context.printed(name))
            ):
                yield name


def over_form(context: Context) -> Iterator[Span]:
    """A title that is a name, its form being the first words below it ("La Suite", "Association loi 1901...")."""
    lines = [line for line in context.document.lines if line.span.start < context.document.body_end]
    for line, below in pairwise(lines):
        number = _NUMBERING.match(context.folded, line.span.start, line.span.end)
        name = context.trimmed(number.end() if number else line.span.start, line.span.end)
        if (
            line.bold
            and not context.among_partners(below.span.start)
            and _FORM_BELOW.match(context.printed(below.span))
            and _reads_as_name(context, name)
        ):
            yield name


def whole_subjects(context: Context, titles: list[Line]) -> Iterator[Span]:
    """ "Chez nous en baie est une association", where names have small letters: below a title, or repeated."""
    below = [Span(line.span.end, min(context.document.body_end, line.span.end + _BELOW_TITLE)) for line in titles]
    for stretch in below:
        for start in _starts(context, stretch):
            yield _kind_subject(context, start)
            yield _before_form(context, start)
            yield _after_form(context, start)
    for start in _starts(context, Span(0, context.document.body_end)):
        name = _before_form(context, start)
        registered = _REGISTERED.match(context.folded, name.end) is not None
        if len(name) and (registered or _mentions(context, name) >= _LEAST_MENTIONS):
            yield name


def _kind_subject(context: Context, start: int) -> Span:
    """An organisation that a sentence opens with, small words included ("Le syndicat mixte du haut pays, créé")."""
    opens = _KIND_OPENS.match(context.folded, start)
    name = _up_to_stop(context, opens.end()) if opens else Span(start, start)
    said = len(name) and _BORN.match(context.folded, name.end)
    names = said and any(word[:1].isupper() for word in context.document.quote(name).split()[1:])
    return (
        name
        if names and len(name) <= _LONGEST and not _VERB.search(context.document.quote(name).lower())
        else Span(0, 0)
    )


def _up_to_stop(context: Context, offset: int) -> Span:
    """What stands from `offset` to the next stop: a comma, a bracket, the end of the sentence or of the paragraph."""
    stop = _STOP.search(context.folded, offset, offset + _LONGEST + 10)
    return context.trimmed(offset, stop.start() if stop else offset)


def own_titles(context: Context) -> Iterator[Span]:
    """A title that is an organisation's name ("La commune de Peyrat-le-Château")."""
    for line in context.document.lines:
        if not line.bold or len(line.span) > _LONGEST or line.span.start >= context.document.body_end:
            continue
        opens = _TITLED.match(context.folded, line.span.start, line.span.end)
        if opens is None:
            continue
        name = organisation_at(context, opens.end())
        if len(name) and not re.search(r"\w", context.folded[name.end : line.span.end]):
            yield name


def over_address(context: Context) -> Iterator[Span]:
    """An organisation's name that opens a line and has its address or number right after it."""
    for line in context.document.lines:
        if line.span.start > 2 * _COVER or line.span.start >= context.document.body_end:
            return
        address = _ADDRESS.search(context.folded, line.span.start, line.span.end + 40)
        name = context.trimmed(line.span.start, address.start()) if address else Span(0, 0)
        name = Span(name.start, min(name.end, _comma(context, name)))
        if ORGANISATION_WORD.match(context.printed(name)) and _reads_as_name(context, name):
            yield name


def alone(context: Context) -> Iterator[Span]:
    """A mayor's commune, then a person who bears alone: who signs over a number of his own."""
    for match in _MAYOR.finditer(context.folded, 0, context.document.body_end):
        yield name_at(context, match.end())
    for match in _COUNCIL.finditer(context.folded, 0, context.document.body_end):
        if _DELIBERATES.search(context.folded, max(0, match.start() - 80), match.end() + 160):
            yield name_at(context, match.end())
    for line in context.document.lines:
        name = name_at(context, context.trimmed(line.span.start, line.span.end).start)
        if " " in context.printed(name) and _TRADER.match(context.folded, name.end, line.span.end):
            yield name
    for match in _SIGNED_LINE.finditer(context.folded, 0, context.document.body_end):
        name = name_at(context, match.start("name"))
        if name == Span(*match.span("name")):
            yield name


def _comma(context: Context, span: Span) -> int:
    found = context.folded.find(",", span.start, span.end)
    return found if found >= 0 else span.end


def _starts(context: Context, stretch: Span) -> list[int]:
    """Where lines and sentences of a stretch start."""
    starts = {line.span.start for line in context.document.lines_in(stretch)}
    starts |= {span.start for span in context.sentences if stretch.start <= span.start < stretch.end}
    return sorted(start for start in starts if stretch.start <= start < stretch.end)


def _before_form(context: Context, start: int) -> Span:
    """The name that stands at `start`, before the form it has ("X, association", "X est une SCIC"); else empty."""
    end = min(context.document.body_end, start + _LONGEST + 30)
    found = [match.start() for pattern in (_APPOSED, _IS) if (match := pattern.search(context.folded, start, end))]
    name = context.trimmed(start, min(found, default=start))
    return name if _reads_as_name(context, name) else Span(start, start)


def _after_form(context: Context, start: int) -> Span:
    """The name that follows a form in what opens at `start` ("la transformation en SCIC SARL Le Bandiat Santé")."""
    sentence = context.sentence_at(start)
    for match in _FORM_THEN_NAME.finditer(context.folded, start, max(start, sentence.end)):
        name = name_at(context, match.end())
        if len(name) > 2 and _FORM_GOES_ON.match(context.folded, name.end):
            return name
    return Span(start, start)


def _reads_as_name(context: Context, name: Span) -> bool:
    text = context.document.quote(name)
    folded = context.printed(name)
    if not 2 < len(text) <= _LONGEST or len(text.split()) > _MOST_WORDS or not text[0].isupper():
        return False
    if _NO_SUBJECT.match(folded) or _VERB.search(text.lower()) or re.search(r"[.,:;!?\n]", text):
        return False
    bare = re.fullmatch(rf"(?:l'|la |le |les |une? )?{KIND}", folded)
    return bare is None


def _mentions(context: Context, name: Span) -> int:
    return fold(context.document.text).count(context.printed(name)) if len(name) > 4 else 0
