"""That pieces which came in have changed what the program reads as the bearer of a dossier, as pages say it."""

from collections.abc import Iterator, Sequence

from pipeline.text import in_guillemets
from store.people.decisions import Kind
from store.people.received import BearerChange
from web.french import day, typeset
from web.views.dossier import Instruction

_LOOK = "Vérifiez que ces pièces sont bien celles de ce candidat."


def changed(change: BearerChange) -> str:
    """« Le porteur lu est passé de « A » à « B ». », and what to do."""
    return typeset(f"{_told(change)} {_LOOK}")


def unsettled(changes: Sequence[BearerChange], instruction: Instruction) -> str:
    """The last change on which nobody has decided since; empty when there is none."""
    waiting = [change for change in changes if not _decided_since(change, instruction)]
    if not waiting:
        return ""
    return typeset(f"Depuis le dépôt du {day(waiting[-1].at)} : {_first_small(_told(waiting[-1]))} {_LOOK}")


def _told(change: BearerChange) -> str:
    parts = []
    if change.bearer is not None:
        before, now = (in_guillemets(each) for each in change.bearer)
        parts.append(f"Le porteur lu est passé de {before} à {now}.")
    if change.siren is not None:
        parts.append("Le SIREN lu est passé de {} à {}.".format(*change.siren))
    return " ".join(parts)


def _first_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _decided_since(change: BearerChange, instruction: Instruction) -> bool:
    return all(_decided(instruction, fact, change) for fact in _facts(change))


def _facts(change: BearerChange) -> Iterator[str]:
    if change.bearer is not None:
        yield "porteur"
    if change.siren is not None:
        yield "siren"


def _decided(instruction: Instruction, fact: str, change: BearerChange) -> bool:
    card = instruction.find(Kind.FACT, fact)
    return card is not None and card.decided and card.spoken[0].at > change.at
