"""What a unit is worth as an answer: something said, or a placeholder, a referral, a promise."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from pipeline.completeness.parts import Unit
from pipeline.completeness.targets import simplify
from pipeline.completeness.titles import strip_numbering
from pipeline.document import BlockKind
from pipeline.lexicon.cues import load_lexicon

_PLACEHOLDER = re.compile(
    r"""\W*(?:(?:partie|rubrique|section|texte|document|tableau|budget|annexe|chapitre|elements?|contenu|point)\s+)?
        (?:(?:est|sont|reste|restent|encore)\s+)*
        (?: a\s(?:completer|preciser|venir|definir|renseigner|remplir|rediger|inserer|confirmer|faire)
          | a\s(?:joindre|fournir|transmettre|ajouter)
          | en\s(?:cours(?:\sde\s\w+)?|attente|construction)
          | non\s(?:renseigne|communique|defini|determine)e?s?
          | tbd | todo | n\.?\s?c\.? | x{2,} | a\ssuivre | voir\s(?:plus\stard|ulterieurement) | inserer\s.{0,40}
        )\b.{0,60}
      | \W*
      | .*\b(?:lorem\sipsum|dolor\ssit\samet)\b.*
      | \W*(?:cliquez|saisissez|inscrivez|tapez)\s.{0,60}
      | .{0,40}\bxxx+\b.{0,10}""",
    re.DOTALL | re.VERBOSE,
)
_LATIN = re.compile(
    r"""\b(?:lorem|ipsum|dolor|amet|consectetur|adipiscing|elit|sed|eiusmod|tempor|incididunt|labore|magna|aliqua|enim
        |minim|veniam|quis|nostrud|ullamco|laboris|nisi|duis|aute|irure|voluptate|velit|esse|cillum|fugiat|nulla|pariatur
        |excepteur|sint|occaecat|cupidatat|culpa|officia|deserunt|mollit|laborum|curabitur|vestibulum|pellentesque
        |maecenas|fusce|nunc|vivamus|praesent|donec|aenean|phasellus)\b""",
    re.VERBOSE,
)
_DENIAL = re.compile(
    r"""\W*(?:neant | sans\sobjet | non\sconcernee?s? | aucune?(?:\s[\w' ]{3,40})? | non | n\s?/\s?a | na
        | non\sapplicable | rien\sa\ssignaler
        | il\sn'y\sen\sa\spas | (?:nous|on)\sn'en\s(?:avons|a)\s(?:pas|aucune?)
        | (?:champ|rubrique|case|partie)\s(?:laissee?|restee?)\s(?:vide|vierge|en\sblanc)[\w' ]{0,40}
        | pas\sde\s[\w' ]{3,40})\W*""",
    re.VERBOSE,
)
_REFERRAL = re.compile(
    r"""\b(?: cf\.? | voir | confer | v\. | se\s(?:reporter|referer)\s(?:a|au|aux)
          | (?:est|sont|figure\w*|trouve\w*|joint\w*|detaill\w*|presente\w*|disponible\w*|reporte\w*|fourni\w*|donne\w*)
            \s+(?:\w+\s+){0,3}?(?:en|dans|a|aux?)
        )\s*(?:l'|(?:la|le|les|notre|nos|en|document|tableau|budget|fiche|piece|fichier|dossier)\s+)*
        (?P<what> annexes?(?:\s*(?:n[°o.]?\s*)?(?P<number>\d{1,2}|[ivx]{1,4}|[a-h])(?![\w']))?
          | pieces?\sjointes? | joint\w* | ci-joint\w* | ci-(?:dessus|dessous|apres|avant) | plus\s(?:haut|bas)
          | (?:partie|point|paragraphe|section|rubrique|chapitre|champ|page|p\.|§)\s*(?:n°\s*)?[\divx]+
          | document\w* | statuts | site)
      | \b(?P<joined> ci-joint\w* | en\spiece\sjointe | joint\w*\s(?:au|a|en)\b)""",
    re.VERBOSE,
)
_JOINED = ("annexe", "piece", "joint", "ci-joint", "en piece", "document")


class Nature(StrEnum):
    REAL = "real"
    VAGUE = "vague"
    PLACEHOLDER = "placeholder"
    DENIAL = "denial"  # « néant », « sans objet »
    REFERRAL = "referral"  # « cf. annexe 3 »
    DEFERRED = "deferred"  # « le texte vous parviendra en septembre », « dit de vive voix »
    COPY = "copy"  # the call's own question
    LABEL = "label"  # « Nom de la structure : » with nothing after it


@dataclass(frozen=True, slots=True)
class Referral:
    """Where a unit sends its reader: an annex with a number, or some other place."""

    words: str
    annex: str | None
    joined: bool  # an annex or a joined paper, against another part of the same text


def nature_of(unit: Unit, wordings: Sequence[str]) -> Nature:
    """What `unit` is worth, whatever the field; `wordings` are the call's own, simplified."""
    if not unit.words or _PLACEHOLDER.fullmatch(unit.folded.strip()) or len(set(_LATIN.findall(unit.folded))) >= 3:
        return Nature.PLACEHOLDER
    if _DENIAL.fullmatch(unit.folded):
        return Nature.DENIAL
    if unit.text.rstrip().endswith(":") and unit.words <= 12:
        return Nature.LABEL
    if _copies(simplify(strip_numbering(unit.text)[0]), wordings):
        return Nature.COPY
    if unit.kind is not BlockKind.TABLE and load_lexicon("completeness", "deferred").find_in(unit.index):
        return Nature.DEFERRED
    if unit.words <= 18 and _REFERRAL.search(unit.folded) and not _amounts(unit.folded):
        return Nature.REFERRAL
    return Nature.VAGUE if is_vague(unit) else Nature.REAL


def _copies(bare: str, wordings: Sequence[str]) -> bool:
    """Whether a text is one of the call's questions, or the better part of one, word for word or nearly."""
    if len(bare) < _LEAST_COPY:
        return False
    questions = [wording for wording in wordings if len(wording) >= _LEAST_COPY]
    within = len(bare) >= _LEAST_PART and any(bare in question for question in questions)
    return within or process.extractOne(bare, questions, scorer=fuzz.ratio, score_cutoff=88) is not None


_LEAST_COPY, _LEAST_PART = 12, 25  # letters


def referral_of(unit: Unit) -> Referral | None:
    match = _REFERRAL.search(unit.folded)
    if match is None:
        return None
    what = match.group("what") or match.group("joined")
    number = match.group("number")
    return Referral(what, number, what.startswith(_JOINED))


def is_vague(unit: Unit) -> bool:
    """A sentence that promises or generalises and holds nothing that can be checked."""
    if unit.kind is BlockKind.TABLE or has_specifics(unit):
        return False
    return bool(load_lexicon("completeness", "vague").find_in(unit.index))


def has_specifics(unit: Unit) -> bool:
    """A figure, an enumeration, or a proper name that does not open the sentence."""
    if _FIGURE.search(unit.folded) or unit.text.count(",") >= 3:
        return True
    names = re.findall(r"(?<=[\w,;’'] )[A-ZÉÈÀÂÎÔÇ][\w’-]{2,}|(?<=[ldLD][’'])[A-ZÉÈÀÂÎÔÇ]\w{2,}", unit.text)
    return any(name not in _COMMON_NAMES for name in names)


def is_bare_list(unit: Unit) -> bool:
    """A list of initials or of names: « CNPA, CCI, GRETA, etc. », « La mairie, le centre social, la caisse. »."""
    if len(re.findall(r"\b[A-Z][A-Z0-9]+\b", unit.text)) >= _INITIALS:
        return True
    entries = re.split(r",|\bet\b|:", unit.folded)
    return len(entries) > _INITIALS and all(len(entry.split()) <= _ENTRY_WORDS for entry in entries)


def names_team(unit: Unit) -> bool:
    """Whether a sentence names a team of research or a researcher, with a proper name."""
    return bool(load_lexicon("completeness", "team").find_in(unit.index)) and has_specifics(unit)


def states_aim(unit: Unit) -> bool:
    """Whether a sentence opens as an aim does, on an infinitive or a wish: « Que chacun… », « Former douze… »."""
    opens = _AIM.match(unit.folded) is not None
    return opens and unit.words >= _AIM_WORDS and not unit.text.rstrip().endswith("?")


def wishes(unit: Unit) -> bool:
    """Whether a sentence opens on « Que » or « Qu’ » : « Que chacun… »."""
    return _WISH.match(unit.folded) is not None


_AIM_WORDS = 5
_WISH = re.compile(r"\W*(?:(?:\d{1,2}|[a-h])[.) ]\s*)?(?:que\b|qu')")
_AIM = re.compile(
    r"\W*(?:(?:\d{1,2}|[a-h])[.) ]\s*)?(que?\b(?!\s(?:faire|dire|penser))|qu'|"
    r"(?!hier|premier|dernier|atelier|chantier|quartier|foyer|papier|hiver|fevrier|janvier|loyer|cahier|metier|notre|votre"
    r"|entre|outre|autre|quatre|maire|contre|nombre|septembre|octobre|novembre|decembre|centre|titre|cadre|aire)"
    r"[a-z]{2,}(?:er|ir|re))\s"
)
_INITIALS = 3
_ENTRY_WORDS = 4
_FIGURE = re.compile(
    r"\d|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante|cent)\b"
)
_COMMON_NAMES = frozenset({"Région", "Conseil", "Etat", "État", "Europe", "Aquitaine", "AMI", "ALPC", "ESS"})


def _amounts(folded: str) -> int:
    return len(AMOUNT.findall(folded))


AMOUNT = re.compile(r"\d[\d .,]*\s*(?:€|euros?\b|k€|eur\b)")
