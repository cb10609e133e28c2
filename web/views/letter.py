"""A draft of the letter that asks an applicant for what is missing. People decide what is; nothing is sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call, RequiredField
from pipeline.text import in_guillemets
from store.people.decisions import Kind
from web.french import typeset
from web.opened import Opened
from web.views.dossier import Instruction

_LACKING = (SectionStatus.ABSENT, SectionStatus.THIN)


@dataclass(frozen=True, slots=True)
class Letter:
    """`text` is None when people have decided that nothing is missing; `unconfirmed` are titles and ids of fields that
    the program alone holds to be absent or thin."""

    text: str | None
    unconfirmed: tuple[tuple[str, str], ...]


def letter(dossier: Opened, instruction: Instruction) -> Letter:
    """The letter about what people have decided to be absent or thin, in the words of the call."""
    decided = {card.key: card.spoken[0].status or "" for card in instruction.fields if card.decided}
    unconfirmed = tuple(
        (card.title, card.id)
        for card in instruction.fields
        if not card.decided and card.machine is not None and card.machine.status in _LACKING
    )
    return Letter(letter_text(dossier.call, dossier.dossier.name, _bearer(instruction), decided), unconfirmed)


def _bearer(instruction: Instruction) -> str:
    """As a person says it, else as the program read it; empty when nobody knows."""
    card = instruction.find(Kind.FACT, "porteur")
    return "" if card is None else card.typed


def letter_text(call: Call, name: str, bearer: str, decided: Mapping[str, str]) -> str | None:
    """The letter to the bearer of a dossier (empty: not known), `decided` being the statuses people gave to fields."""
    absent = [field for field in call.fields if decided.get(field.id) == SectionStatus.ABSENT]
    thin = [field for field in call.fields if decided.get(field.id) == SectionStatus.THIN]
    return typeset("\n\n".join(_paragraphs(call, name, bearer, absent, thin))) if absent or thin else None


def _paragraphs(
    call: Call, name: str, bearer: str, absent: Sequence[RequiredField], thin: Sequence[RequiredField]
) -> Iterator[str]:
    yield f"Objet : {call.title} – « {bearer or name} » – demande de pièces et de précisions"
    yield "Madame, Monsieur,"
    what = f"un dossier pour « {bearer} »" if bearer else f"le dossier « {name} »"
    yield f"Vous avez déposé {what} en réponse à : {call.title} ({call.institution})."
    if absent:
        yield "L’appel demande les éléments suivants, que nous n’avons pas trouvés dans votre dossier :\n" + _list(
            absent
        )
    if thin:
        yield "Les éléments suivants y figurent, mais demandent à être complétés :\n" + _list(thin)
    yield "Nous vous remercions de nous les faire parvenir."
    if call.contacts:
        instructions = " ".join(word for contact in call.contacts for word in contact.text.split())
        yield f"Pour le dépôt, l’appel indique : {in_guillemets(instructions.rstrip('.'))}."
    yield "Cette demande ne préjuge pas de la suite qui sera donnée à votre dossier."
    yield "Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées."


def _list(fields: Sequence[RequiredField]) -> str:
    return "\n".join(f"– {_asked(field)}" + ("." if field is fields[-1] else " ;") for field in fields)


def _asked(field: RequiredField) -> str:
    """Its title, then what the call says in its own words, which speak of the bearer as of a third."""
    wording = field.wording.rstrip(".")
    if not wording or wording == field.title:
        return field.title.rstrip(".")
    if wording.startswith(field.title):
        return in_guillemets(wording)
    return f"{field.title.rstrip('.')} (l’appel demande : {in_guillemets(wording)})"
