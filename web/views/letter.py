"""A draft of the letter that asks an applicant for what is missing. People decide what is; nothing is sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.analysis import SectionStatus
from web.french import typeset
from web.opened import Opened
from web.views.dossier import Card, Instruction


@dataclass(frozen=True, slots=True)
class Letter:
    """`text` is None when people have decided that nothing is missing; `unconfirmed` are titles and ids of fields that
    the program alone holds to be absent or thin."""

    text: str | None
    unconfirmed: tuple[tuple[str, str], ...]


def letter(dossier: Opened, instruction: Instruction) -> Letter:
    """The letter about what people have decided to be absent or thin, in the words of the call."""
    absent = [card for card in instruction.fields if _decided(card) == SectionStatus.ABSENT]
    thin = [card for card in instruction.fields if _decided(card) == SectionStatus.THIN]
    unconfirmed = tuple(
        (card.title, card.id)
        for card in instruction.fields
        if not card.decided
        and card.machine is not None
        and card.machine.status in (SectionStatus.ABSENT, SectionStatus.THIN)
    )
    text = "\n\n".join(_paragraphs(dossier, absent, thin)) if absent or thin else None
    return Letter(None if text is None else typeset(text), unconfirmed)


def _decided(card: Card) -> str | None:
    return card.spoken[0].status if card.decided else None


def _paragraphs(dossier: Opened, absent: Sequence[Card], thin: Sequence[Card]) -> Iterator[str]:
    call = dossier.call
    yield f"Objet : {call.title} – dossier « {dossier.dossier.name} » – demande de pièces et de précisions"
    yield "Madame, Monsieur,"
    yield f"Vous avez déposé le dossier « {dossier.dossier.name} » en réponse à : {call.title} ({call.institution})."
    if absent:
        yield "L’appel demande les éléments suivants, que nous n’avons pas trouvés dans votre dossier :\n" + _list(
            absent
        )
    if thin:
        yield "Les éléments suivants y figurent, mais demandent à être complétés :\n" + _list(thin)
    yield "Nous vous remercions de nous les faire parvenir."
    yield from (contact.text for contact in call.contacts)
    yield "Cette demande ne préjuge pas de la suite qui sera donnée à votre dossier."
    yield "Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées."


def _list(cards: Sequence[Card]) -> str:
    return "\n".join(
        f"– {(card.wording or card.title).rstrip('.')}" + ("." if card is cards[-1] else " ;") for card in cards
    )
