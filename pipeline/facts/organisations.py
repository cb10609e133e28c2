"""How organisations are named: kinds of organisation, legal forms beside a name, and where a name ends."""

import re

from pipeline.document import Span
from pipeline.facts.context import Context

KIND = (
    r"(?:associations?|scic|scop|sarl|sasu|sas|eurl|cooperative|collectif|federation|fondation|mutuelle|ccas|cias"
    r"|commune|ville|mairie|communaute (?:de communes|d'agglomeration|urbaine)|syndicat(?: mixte| intercommunal)?"
    r"|etablissement public|centre (?:social(?: et culturel| rural)?|socioculturel|hospitalier"
    r"|communal d'action sociale|intercommunal d'action sociale|culturel)"
    r"|groupement (?:d'employeurs|d'interet (?:public|economique))|regie (?:de quartier|de territoire|rurale)"
    r"|societe(?: cooperative)?|entreprise(?: adaptee| d'insertion| de travail adapte)?|mission locale|gip|union|pays"
    r"|maison (?:familiale(?: rurale)?|de quartier|des jeunes et de la culture|pour tous)|mjc|mfr|esat|foyer(?: rural)?"
    r"|cuma|pole|reseau|compagnie|universite|menuiserie|imprimerie|atelier et chantier d'insertion|habitat jeunes"
    r"|petr|parc naturel regional|amicale|club|cafe associatif|ludotheque|epicerie sociale"
    r"|chambre (?:d'agriculture|de metiers|de commerce)|hopital|ehpad)"
)
"""Words that name a kind of organisation, for folded text."""

ORGANISATION_WORD = re.compile(rf"(?<!\w){KIND}(?!\w)")

LEGAL = (
    r"(?:(?:une )?association|union (?:de (?:\w+ )?|d')associations|scic|scop"
    r"|sarl|sas|sasu|eurl|sa a|(?:une )?cooperative|(?:une )?societe"
    r"|etablissement public|mutuelle|fondation|syndicat|epci|collectif|groupement|entreprise adaptee)"
)
"""Legal forms that a name may be followed by, for folded text."""

_SMALL = r"(?:de|du|des|d|la|le|les|en|et|à|au|aux|pour|sur|sous|entre|l|un|une|dans|par|&|\+)"
# A capitalised name with its small words: "Les Veilleurs du Médoc", "Terres & Mains", « L'Établi ».
_NAME = re.compile(
    r"[«\"“]\s*(?P<quoted>[^»\"”\n]{2,70}?)\s*[»\"”]"
    rf"|(?:[A-ZÀ-Ý0-9][\w'’&.-]*)(?:[ -](?:{_SMALL}(?=[ '’])(?:['’][\w-]+)?|(?:[dlDL]['’])?[A-ZÀ-Ý0-9][\w'’&.-]*))*"
)
_TRAILING_SMALL = re.compile(rf"(?: {_SMALL}|['’. ])+$")
_KIND_OPENS = re.compile(
    rf"(?:l'|la |le |les |notre |une? )?(?P<kind>{KIND}(?: (?:des|de la|de l'|de|du|loi 1901|loi de 1901"
    rf"|intercommunale?|{KIND})(?!\w))*) ?"
)
_CALLED = re.compile(r"(?:appelee?|denommee?|dite?|nommee?|intitulee?)s? :? ?")


def name_at(context: Context, offset: int) -> Span:
    """The capitalised or quoted name that stands at `offset`; empty where none does."""
    name = _NAME.match(context.document.text, offset)
    if name is None:
        return Span(offset, offset)
    if name["quoted"] is not None:
        return Span(*name.span("quoted"))
    tail = _TRAILING_SMALL.search(name.group())
    return context.trimmed(offset, name.end() - len(tail.group()) if tail else name.end())


def organisation_at(context: Context, offset: int) -> Span:
    """The organisation named at `offset` ("l'association Les Veilleurs du Médoc"), with its kind; empty if none."""
    kind = _KIND_OPENS.match(context.folded, offset)
    if kind is None:
        return name_at(context, offset)
    end = kind.end()
    if called := _CALLED.match(context.folded, end):
        return name_at(context, called.end())
    if context.document.text[end : end + 1].islower():
        return Span(offset, offset)
    name = name_at(context, end)
    return context.trimmed(kind.start("kind"), name.end) if len(name) else Span(offset, offset)
