"""The bearer's legal form: as a label gives it, as the text states it, or as its name or its own words imply it."""

import re
from collections.abc import Iterator

from pipeline.document import Span
from pipeline.facts.context import Context
from pipeline.facts.readings import Stated
from pipeline.lexicon.cues import CueMatch, load_lexicon

_OPENING = 12_000  # characters in which what no label names is looked for
_AFTER_NAME = 90
_BEFORE_NAME = 30
_NAME_GOES_ON = re.compile(r"[\s»)]*(?:[,(;|\t-]|est (?:une?|la|le) |sous (?:la |le )?(?:forme|statut)|constitue)")
# What an organisation says of itself, or is said of it in the part on the bearer.
_STATED = re.compile(
    r"(?<!\w)(?:nous (?:sommes|(?:nous )?(?:sommes|avons) [a-z]+)(?! (?:adherent|membre|aide|partenaire|soutenu))"
    r"|on (?:est|s'est [a-z]+)"
    r"|(?:declare|constitue|organise|cree|transforme|monte|immatricule|structure|regroupe)e?s? (?:en|sous)"
    r"|(?:portee?|geree?|animee?|fondee?)s? par|(?:est|reste|devenue?|sommes) (?:une?|la|le)"
    r"|sous (?:la |le |un )?(?:forme|statut)(?: juridique| sociale?)?(?: d[e']| de)?|(?:notre|son|le) statut (?:est|:)"
    r"|(?:pris|choisi|adopte|opte pour|avons) (?:la forme|le statut) d[e']) ?"
)
_STATED_REACH = 55
_CALLED = re.compile(
    r"\W*(?:(?:elle |il |qui )?(?:s'appelle|se nomme|est nommee|dite|nommee|denommee|appelee) ?:?)?\W*"
)
_OF_ITS_MEMBERS = re.compile(r"(?<!\w)(?:des |de la |de l'|de |du |d')$")  # "Groupement d'employeurs des CUMA"
_SELF = re.compile(r"(?<!\w)(?:nous|notre|nos|on)(?!\w)")
_CAPITAL = re.compile(r"(?<!\w)(?:sas|sasu|sarl|eurl|sa|scic|scop)[^.\n]{0,25}? (?:au capital|a capital)")
_REGISTERED = re.compile(
    r"(?<!\w)(?:gerant|president|dirigeant)e? de la (?:sarl|sas|scop|scic|eurl)(?!\w)|"
    r"(?<!\w)(?:association|societe|structure|cooperative)[^.\n]{0,40}?"
    r" (?:(?:de )?(?:la )?loi|statut|forme|type loi|(?:a|sans) but|declaree a)"
)
_OWN_WORDS = re.compile(
    r"(?<!\w)(?:notre|l'|nos) ?(?P<form>association|cooperative|mutuelle|fondation|scop|scic)(?!\w| [a-z]+aire)"
)
_LEAST_OWN_WORDS = 2
_UNDECIDED = frozenset({"collectif d’usagers", "coopérative"})  # a name may hold these words whatever the legal form
_PUBLIC = frozenset(
    {
        "commune",
        "EPCI",
        "département",
        "établissement public",
        "CCAS",
        "syndicat mixte",
        "syndicat de communes",
        "syndicat",
    }
)


def read_legal_form(context: Context, name: Stated | None) -> Stated | None:
    """The first form stated, or a later one that says the same more precisely ("SCIC", then "SCIC SAS")."""
    unlabelled = list(_forms(context, name))
    sure = [match for match in unlabelled if match.cue.why not in _UNDECIDED]
    decided = [*_labelled(context), *(sure or unlabelled)]
    if not decided:
        return None
    first = decided[0].cue.why
    best = next((match for match in decided if match.cue.why.startswith(f"{first} ")), decided[0])
    return Stated(best.cue.why, (best.span,))


def _labelled(context: Context) -> Iterator[CueMatch]:
    for entry in context.labelled.get("statut", ()):
        form = _form_in(context, Span(entry.value.start, min(entry.value.end, entry.value.start + 90)))
        if form is not None:
            yield form


def _forms(context: Context, name: Stated | None) -> Iterator[CueMatch]:
    """Forms outside labels, most trusted first."""
    places = name.evidence if name is not None else ()
    for span in places:
        yield from _found(_in_name(context, span))
    for span in places:
        yield from _found(_before(context, span))
        yield from _found(_beside(context, span))
    end = min(_OPENING, len(context.folded))
    for match in _CAPITAL.finditer(context.folded, 0, end):
        yield from _found(_form_in(context, Span(*match.span())))
    yield from _stated(context, places, end)
    for match in _REGISTERED.finditer(context.folded, 0, end):
        if not context.among_partners(match.start()):
            yield from _found(_form_in(context, Span(match.start(), min(len(context.folded), match.end() + 60))))
    yield from _own_words(context)


def _in_name(context: Context, name: Span) -> CueMatch | None:
    """The form that a name holds; a public one opens it ("Commune de Salies", but not "Ma Ville en fleurs")."""
    form = _form_in(context, name)
    if form is None or form.span.start <= name.start:
        return form
    of_members = _OF_ITS_MEMBERS.search(context.folded, name.start, form.span.start)
    return None if form.cue.why in _PUBLIC or of_members else form


def _before(context: Context, name: Span) -> CueMatch | None:
    """The form that introduces the bearer's name ("l'association Terres Mêlées")."""
    start = max(0, name.start - _BEFORE_NAME)
    form = _form_in(context, Span(start, name.start))
    introduces = form is not None and _CALLED.fullmatch(context.folded, form.span.end, name.start)
    return form if introduces else None


def _beside(context: Context, name: Span) -> CueMatch | None:
    """The form right after the bearer's name ("X, SAS", "X est un centre social porté par une association")."""
    stretch = Span(name.end, min(len(context.folded), name.end + _AFTER_NAME))
    form = _form_in(context, stretch)
    if form is None or (form.cue.why in _PUBLIC and form.span.start - name.end > 25):
        return None
    return form if _NAME_GOES_ON.match(context.folded, name.end) or form.cue.why.isupper() else None


def _stated(context: Context, places: tuple[Span, ...], end: int) -> Iterator[CueMatch]:
    """ "Nous nous sommes déclarés en association", "porté par une association loi 1901"."""
    for match in _STATED.finditer(context.folded, 0, end):
        sentence = context.sentence_at(match.start())
        own = _SELF.search(context.folded, sentence.start, match.end()) or any(map(sentence.overlaps, places))
        if not own or context.among_partners(match.start()):
            continue
        form = _form_in(context, Span(match.end(), min(len(context.folded), match.end() + _STATED_REACH)))
        if form is not None and sentence.overlaps(form.span) and form.cue.why not in _PUBLIC:
            yield form


def _own_words(context: Context) -> Iterator[CueMatch]:
    """What the dossier keeps calling its bearer ("notre association", "l'association")."""
    places: dict[str, list[Span]] = {}
    for match in _OWN_WORDS.finditer(context.folded, 0, context.document.body_end):
        named = context.document.text[match.end() + 1 : match.end() + 2].isupper()
        if not named and not context.among_partners(match.start()):
            places.setdefault(match["form"], []).append(Span(*match.span("form")))
    most = max(places.values(), key=len, default=[])
    if len(most) >= _LEAST_OWN_WORDS:
        yield from _found(_form_in(context, most[0]))


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


def _found(match: CueMatch | None) -> Iterator[CueMatch]:
    if match is not None:
        yield match
