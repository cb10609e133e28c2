"""Places that name the bearer where no label does: cover, letterhead, "qui sommes-nous", prose, signature."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from pipeline.document import BlockKind, Line, Span
from pipeline.facts import bearer_phrases
from pipeline.facts.context import Context
from pipeline.facts.organisations import KIND, LEGAL, ORGANISATION_WORD, name_at, organisation_at
from pipeline.text import fold

_OPENING = 6000  # characters in which a bearer that no label names is looked for
_WHOLE_OPENING = 16_000  # characters in which it is looked for under its own title, or where it says who it is
_CLOSING = 2500  # characters of the end in which dossiers are signed
_LONGEST_LINE = 80
_WORK = (
    r"(?:dossier|projet|action|demarche|candidature|manifestation d'interet|demande|initiative|experimentation|reponse"
    r"|operation|proposition|programme|contribution)"
)
_BORNE_BY = re.compile(
    rf"(?<!\w){_WORK}[^.\n:;]{{0,40}}? (?:(?:presente|porte|depose|propose|soumis|conduit|mene|imagine|initie|concu"
    r"|elabore|redige|pilote|coordonne|defendu|adresse|remis|transmis)e?s? par|a l'initiative de) (?=\S)"
)
_WORK_OF = re.compile(
    rf"(?:^|\n)(?:un |une |le |la |l')?{_WORK}(?: commune?| collective?| sociale?)? (?:de |du |d'|des )"
    rf"(?=(?:l'|la |le |notre )?{KIND} )"
)
_SAYS_NAME = re.compile(
    r"(?<!\w)(?:(?:nous nous appelons|on s'appelle|notre nom (?:est|:)"
    r"|(?:notre|cette|l'|l’)(?:[ ])?(?:association|structure|cooperative|entreprise|scop|scic|collectif|societe)"
    r" (?:s'appelle|se nomme|porte le nom de|a pour (?:nom|titre|denomination))"
    r"|(?:association|collectif|cooperative|societe|structure)(?! des| de)[^.,;:\n]{0,30}"
    r" qui (?:s'appelle|se nomme|a pour nom)"
    r"|(?:association|societe|cooperative)(?: qui est)? (?:denommee?|dite|nommee?|intitulee?|appelee?)"
    r"|(?:ayant|a|prend|prendra) pour (?:titre|denomination|nom)(?: sociale)?(?: est)?"
    r"|(?:sa|la) denomination(?: sociale)? est) ?:? ?)(?=\S)"
)
_FIRST_PERSON = re.compile(
    rf"(?<!\w)(?:nous sommes|on est|nous,|je represente|nous representons|c'est nous,|ici,? |au nom de"
    rf"|(?:agissant|deleguee?s?) (?:pour|au nom d[eu])) (?=(?:l'|la |le |les |une? |des )?{KIND} )"
)
_SIGNATORY = re.compile(
    r"(?<!\w)(?:(?:co-?)?presidente?s?|gerante?s?|directeur|directrice|maire|representante?(?: legale?)?|secretaire"
    r"|tresorier|tresoriere|administrateur|administratrice)(?: generale?)?"
    rf" (?:de |du |d')(?=(?:l'|la |le )?{KIND} )"
)
_SWORN = re.compile(r"soussigne")
_SIGNED_FOR = re.compile(
    r"(?:^|\n|\. )pour (?=(?:l'|la |le |les )?\S[^\n,]{2,60}, (?:(?:la|le|les|l'|sa|son|ses|notre) ?)"
    r"(?:co-?)?(?:president|gerant|maire|direct|porte|tresor|secretaire|represent|bureau|equipe))"
)
_INTRODUCED = re.compile(
    r"[\s»,]*(?:\([^)]*\),?\s?)?(?:,|(?:est|a ete|association|gere|porte|regroupe|existe|vous|reunit|rassemble"
    r"|emploie|anime|compte|propose|travaille|accompagne|accueille|intervient|oeuvre)\s|cree|fonde|regie|nee )"
)
_SMALL_TAIL = re.compile(r"(?: (?:de la |de l'|des |du |de |d'|a la |aux |au |en |sur |sous )\w[\w'-]*){1,2}")
_OPENS_WITH_KIND = re.compile(rf"(?:^|[.\n,:] ?(?:[•▪–—-] )?)(?=(?:l'|la |le |notre )?{KIND} )")
_IS_KIND = (
    r"(?:association|scic|scop|cooperative|societe|mutuelle|entreprise|sarl|sas|eurl|collectif|fondation|federation"
    r"|centre (?:social|culturel|socioculturel)|mission locale|regie|groupement"
    r"|chantier d'insertion|foyer|mjc|cuma|ong"
    r"|esat|syndicat|imprimerie|menuiserie|pme|tpe|compagnie)"
)
_IS_A = re.compile(rf"(?:^|\n|\. )(?=[^\n.]{{3,70}}? est (?:une?|la|le) (?:\w+ ){{0,2}}{_IS_KIND})")
_ACTS = re.compile(
    r"[\s»]*(?:\([^)]*\),? ?)?(?:,|est |a ete |a vu le jour|existe |regroupe |reunit |rassemble |compte |emploie |gere "
    r"|nait |accueille |anime |fabrique |a pris |travaille |accompagne |intervient |fait vivre |fait travailler )"
)
_LIVES = re.compile(  # what is said of an organisation and not of a person
    r"[\s»]*(?:\([^)]*\),? ?)?(?:est nee (?:en|de|d')|a ete (?:cree|fonde|montee?|lancee?)|a vu le jour|existe depuis"
    r"|regroupe |rassemble |compte \d|emploie |gere )"
)
_ARTICLE = re.compile(r"(?:la |le |les |l')")
_APPOSED = re.compile(rf"(?:,| -| \() ?{LEGAL}(?!\w)")
_FORM_BELOW = re.compile(rf"\W*{LEGAL}(?: (?:loi|de loi|regie|declaree|sas|sarl|sa|au capital)(?!\w)| ?[·|•,–(-])")
_BEARER_TITLE = re.compile(
    r"(?<!\w)(?:qui (?:sommes|est|nous|on|porte|portent|vous|parle|propose|derriere|etes|demande|depose)"
    r"|qui est derriere"
    r"|porteu(?:r|se)|qui porte|(?:presentation|identification|identite) (?:du |de la |de l')(?:maitre d'ouvrage"
    r"|demandeur|candidat|structure|collectivite|etablissement|organisme|groupement)|maitre d'ouvrage"
    r"|(?:notre|l'|la|le|une) ?(?:syndicat|etablissement|collectif|groupement|association"
    r"|structure|entreprise|cooperative|maison|collectivite"
    r"|societe|scop|scic|mutuelle)(?!\w)(?! de| du| des)|nous connaitre|identite|presentons nous"
    r"|presentation (?:de l|de la|du) ?'?(?:association|structure|entreprise|cooperative|porteur)|a propos de nous"
    r"|l'equipe qui porte|(?:dos|derriere) le projet|maison qui)"
)
_PERSON = re.compile(r"(?:m\.|mme|mlle|monsieur|madame|mr|dr)(?: |$)")
_NO_SUBJECT = re.compile(
    r"(?:nous|notre|nos|depuis|en|ce|cet|cette|elle|il|on|creee?|nee?|fondee?|dans|c'est|chaque|aujourd'hui|a|au|pour"
    r"|l'action|l'idee|le projet|la region|trois|deux|quatre|tous|toutes)(?!\w)"
)
_NO_LETTERHEAD = re.compile(
    r"(?:m\.|mme|monsieur|madame|region|conseil regional|conseil general|objet|dossier|appel|ami(?!\w)|candidature"
    r"|reponse|demande|fiche|projet|innovation|direction|a l'attention|annexe|sommaire|page|le \d|fait|statuts"
    r"|hotel de|formulaire|cadre|partie|avis|recepisse|journal officiel|republique|prefecture|prefet)"
)
_ADDRESS = re.compile(
    r"(?<!\d)\d{5} [a-z]|siren|siret|(?<!\w)rna(?!\w)|@|(?<!\w)tel(?:ephone)?(?:\.| ?:| (?=[\d+]))"
    r"|\d{1,4}(?: bis)?,? (?:rue|av)"
)
_PART = re.compile(
    r" [-|•·/] |, | \(| (?=\d{1,4}(?: bis| ter)?,? (?:rue|avenue|av|place|boulevard|bd|chemin|impasse|allee"
    r"|route|quai))"
    r"| (?=\d{5} )"
)


def places_in_words(context: Context) -> Iterator[Span]:
    """Places that name the bearer, most trusted first; some may be empty, or name something else than a bearer."""
    found = chain(
        _presented(context),
        bearer_phrases.whose_candidacy(context),
        _said(context),
        bearer_phrases.named_by_itself(context),
        bearer_phrases.said_to_bear(context),
        bearer_phrases.cover_parts(context),
        _beside_form(context),
        bearer_phrases.whole_subjects(context, bearer_titles(context)),
        _in_prose(context),
        bearer_phrases.own_titles(context),
        _below_title(context),
        bearer_phrases.over_address(context),
        _letterhead(context),
        _signatures(context),
        bearer_phrases.over_form(context),
        bearer_phrases.alone(context),
        _most_mentioned(context),
    )
    return (span for span in found if len(span) and not context.among_partners(span.start))


def presented_by(context: Context) -> Iterator[Span]:
    """ "Dossier présenté par l'association Les Veilleurs du Médoc"."""
    return _named_after(_BORNE_BY, context)


def _presented(context: Context) -> Iterator[Span]:
    """ "Un projet de l'association Terres Mêlées", alone on a line."""
    return _named_after(_WORK_OF, context)


def _named_after(words: re.Pattern[str], context: Context) -> Iterator[Span]:
    """The organisation that follows each of these words in the opening."""
    for match in words.finditer(context.folded, 0, min(_OPENING, len(context.folded))):
        yield organisation_at(context, match.end())


def _said(context: Context) -> Iterator[Span]:
    """ "Notre association s'appelle L'Établi", "Nous sommes la SCOP Les Ateliers du Gave"."""
    end = min(_WHOLE_OPENING, context.document.body_end)
    for match in _SAYS_NAME.finditer(context.folded, 0, end):
        yield organisation_at(context, _after_article(context, match.end()))
    for match in _FIRST_PERSON.finditer(context.folded, 0, end):
        yield organisation_at(context, match.end())
    for match in _SIGNATORY.finditer(context.folded, 0, context.document.body_end):
        if _SWORN.search(context.folded, max(0, match.start() - 120), match.start()):
            yield organisation_at(context, match.end())


def _after_article(context: Context, offset: int) -> int:
    """Past an article in small letters, which is no part of the name ("on s'appelle la Cagnotte d'Albert")."""
    article = _ARTICLE.match(context.folded, offset)
    return article.end() if article and context.document.text[offset].islower() else offset


def _beside_form(context: Context) -> Iterator[Span]:
    """ "Les Ateliers du Gave, SCOP SARL à capital variable", at the start of a line or a sentence."""
    end = min(_OPENING, context.document.body_end)
    starts = {line.span.start for line in context.document.lines if line.span.start < end}
    starts |= {span.start for span in context.sentences if span.start < end}
    for start in sorted(starts):
        line_end = min(context.end_of_print(start), start + 2 * _LONGEST_LINE)
        form = _APPOSED.search(context.folded, start, line_end)
        if form is None:
            continue
        name = name_at(context, start)
        if len(name) and name.end == form.start():
            yield name
        elif (
            (_is_cover(context, start) or _opens_bearer_part(context, start))
            and _LONGEST_LINE >= form.start() - start > 2
            and _reads_as_name(context, start)
        ):
            yield context.trimmed(start, form.start())


def _is_cover(context: Context, offset: int) -> bool:
    """Whether a place stands among the first lines of the first page, where a name may be in small letters."""
    return context.document.page_at(offset) == 0 and offset < 400


def _opens_bearer_part(context: Context, offset: int) -> bool:
    """Whether a place opens what stands right below a title such as "Qui sommes-nous"."""
    return any(_is_bearer_title(context, line) for line in context.lines_before(offset, 1))


def _reads_as_name(context: Context, start: int) -> bool:
    form = _APPOSED.search(context.folded, start)
    text = context.document.text
    words = text[start : form.start() if form else start].lower().split()
    capital = text[start : start + 1].isupper()
    return capital and len(words) <= 8 and not any(word in _VERBS for word in words)


_VERBS = frozenset({"est", "a", "sont", "nous", "qui", "que", "fait", "ont", "avec", "comme", "quand"})


def _in_prose(context: Context) -> Iterator[Span]:
    """ "L'association Terres Mêlées, créée en 2009", "Terres Mêlées est une association"."""
    end = min(_OPENING, context.document.body_end)
    for match in _OPENS_WITH_KIND.finditer(context.folded, 0, end):
        span = _with_small_words(context, organisation_at(context, match.end()))
        if len(span) and _INTRODUCED.match(context.folded, span.end):
            yield span
    for match in _IS_A.finditer(context.folded, 0, 2 * end):
        name = name_at(context, match.end())
        if len(name) and context.folded[name.end : name.end + 8].lstrip(" »").startswith("est "):
            yield name


def _with_small_words(context: Context, name: Span) -> Span:
    """The name with its last words in small letters ("La Halte des marais"), where what follows introduces it."""
    tail = _SMALL_TAIL.match(context.folded, name.end) if len(name) else None
    whole = Span(name.start, tail.end()) if tail else name
    return whole if tail and _INTRODUCED.match(context.folded, whole.end) else name


def bearer_titles(context: Context) -> list[Line]:
    """Titles that announce the bearer, anywhere in the body."""
    body_end = context.document.body_end
    return [line for line in context.document.lines if line.span.start < body_end and _is_bearer_title(context, line)]


def _below_title(context: Context) -> Iterator[Span]:
    """The subject of the first sentence below "Qui sommes-nous ?"."""
    for line in bearer_titles(context):
        if line.span.start > _WHOLE_OPENING:
            continue
        below = [
            other for other in context.document.lines_in(_after(context, line)) if other.span.start > line.span.end
        ]
        found = (_subject(context, other.span) for other in below[:6])
        yield from (span for span in found if span is not None)


def _after(context: Context, line: Line) -> Span:
    return Span(line.span.end, max(line.span.end, min(context.document.body_end, line.span.end + 600)))


def _subject(context: Context, line: Span) -> Span | None:
    """The organisation that a line opens with as the subject of a sentence."""
    start = context.trimmed(line.start, line.end).start
    span = organisation_at(context, start)
    span = span if len(span) else name_at(context, start)
    printed = context.printed(span)
    if len(span) <= 3 or _NO_SUBJECT.match(printed) or _PERSON.match(printed):
        return None
    is_thing = ORGANISATION_WORD.match(printed) is not None or _ARTICLE.match(printed) is not None
    return span if (_ACTS if is_thing else _LIVES).match(context.folded, span.end) else None


def _is_bearer_title(context: Context, line: Line) -> bool:
    folded = context.printed(line.span)
    block = context.block_at(line.span.start)
    alone = line.bold or block is None or len(block.span) <= _LONGEST_LINE
    titled = alone and len(folded) <= _LONGEST_LINE and not folded.endswith((".", ",", ";"))
    return titled and _BEARER_TITLE.search(folded) is not None


def _letterhead(context: Context) -> Iterator[Span]:
    """A line of the first page, or a running header, that is an organisation's name or stands over its address."""
    lines = [line for line in context.document.lines if line.page == 0 and line.span.start < context.document.body_end]
    furniture = [block.span for block in context.document.blocks if block.kind is BlockKind.FURNITURE]
    for span in [*(line.span for line in lines[:12]), *furniture]:
        part = _first_part(context, span)
        folded = context.printed(part)
        if len(folded) <= 70 and re.match(KIND + r" \S", folded) and not folded.endswith((".", ":")):
            yield part
    for span in furniture:
        if _APPOSED.search(context.folded, span.start, span.end):
            yield _first_part(context, span)
    for line, below in pairwise(lines[:6]):
        block = context.block_at(line.span.start)
        short = block is not None and len(block.span) <= _LONGEST_LINE // 2 < len(below.span)
        if block is not None and short and _FORM_BELOW.match(context.printed(below.span)):
            yield block.span
    for index, line in enumerate(lines[:6]):
        following = [context.printed(other.span) for other in lines[index + 1 : index + 3]]
        if _may_head(context, line) and any(_ADDRESS.search(text) for text in following[:1] or following):
            yield _first_part(context, line.span)


def _may_head(context: Context, line: Line) -> bool:
    folded = context.printed(line.span)
    printed = context.document.text[line.span.start]
    fits = 3 <= len(folded) <= 60 and printed.isupper() and not re.search(r"\d|[.:?!]$", folded)
    return fits and _NO_LETTERHEAD.match(folded) is None and fold(context.call.region) not in folded


def _first_part(context: Context, span: Span) -> Span:
    cut = _PART.search(context.folded, span.start + 2, span.end)
    return context.trimmed(span.start, cut.start() if cut else span.end)


def _signatures(context: Context) -> Iterator[Span]:
    """ "Pour La Halte, la présidente", "Le président de l'association Terres Mêlées", at the end of the dossier."""
    end = context.document.body_end
    for match in _SIGNED_FOR.finditer(context.folded, max(0, end - _CLOSING), end):
        span = organisation_at(context, match.end())
        if not len(span):
            article = re.compile(r"(?:l'|la |le |les )").match(context.folded, match.end())
            span = name_at(context, article.end()) if article else span
        yield span
    for match in _SIGNATORY.finditer(context.folded, max(0, end - _CLOSING), end):
        yield organisation_at(context, match.end())


def _most_mentioned(context: Context) -> Iterator[Span]:
    """The association that is named most often, twice at least and more than any other."""
    named: dict[str, list[Span]] = {}
    for match in re.finditer(r"(?<!\w)(?:l'|notre )(?=association |cooperative |entreprise )", context.folded):
        span = organisation_at(context, match.end())
        if len(span):
            named.setdefault(context.printed(span), []).append(span)
    ranked = sorted(named.values(), key=len, reverse=True)
    if ranked and len(ranked[0]) > 1 and (len(ranked) < 2 or len(ranked[0]) > len(ranked[1])):
        yield ranked[0][0]
