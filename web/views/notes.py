"""Notes of instructors on a dossier, as its page lists them: those left for all, and what the viewer has only typed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from store.people.decisions import Decision, Kind
from store.people.notes import About, NoteDraft, beside
from web.views.dossier import Instruction, Note


def left(made: Sequence[Decision], instruction: Instruction) -> tuple[Note, ...]:
    """The notes left on the dossier and beside its cards, oldest first."""
    return tuple(
        _shown(one.name, one.at, one.said.note, beside(one.said), instruction)
        for one in made
        if one.said.kind is Kind.NOTE
    )


def unattached(typed: Mapping[About, NoteDraft], instruction: Instruction) -> tuple[Note, ...]:
    """What the viewer typed beside cards, and has neither decided with nor left for the others."""
    return tuple(_shown("", None, draft.text, about, instruction) for about, draft in typed.items())


def _shown(name: str, at: datetime | None, text: str, about: About | None, instruction: Instruction) -> Note:
    if about is None:
        return Note(name, at, text)
    card = instruction.find(*about)
    if card is None:
        return Note(name, at, text, "Un point qui n’est plus sur cette page")
    return Note(name, at, text, card.title, card.id)
