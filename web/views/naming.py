"""How pages name a dossier: by who bears it where that is known, with its place, the aid asked, and its file."""

from collections.abc import Mapping
from dataclasses import dataclass

from store.people.naming import Known, Told
from web.french import euros, typeset

_READ = "lu par le programme dans le dossier"
_CHECKED = "vérifié par l’instruction"


@dataclass(frozen=True, slots=True)
class Naming:
    """`label` is the bearer with the name of the file, which alone tells two dossiers of one bearer apart; `about` the
    rest, with who says it."""

    label: str
    about: str


def naming_of(known: Known) -> Naming:
    """Of a dossier with or without facts."""
    bearer = _text(known.bearer)
    return Naming(f"{bearer} ({known.name})" if bearer else known.name, " · ".join(filter(None, facts_of(known))))


def namings_of(known: Mapping[str, Known]) -> dict[str, Naming]:
    """By dossier."""
    return {dossier_id: naming_of(each) for dossier_id, each in known.items()}


def line_of(known: Known) -> str:
    """What stands beside the name of the file in a list that is sorted by it."""
    return " · ".join(filter(None, (_text(known.bearer), *facts_of(known))))


def facts_of(known: Known) -> tuple[str, ...]:
    """Place and aid, then who says what: nothing is shown as checked that no person said."""
    aid = known.aid_eur
    asked = typeset(f"aide demandée : {euros(float(aid.value))}") if aid else ""
    return _text(known.commune), asked, typeset(_source(known))


def _source(known: Known) -> str:
    told = (("porteur", known.bearer), ("commune", known.commune), ("aide", known.aid_eur))
    checked = [name for name, each in told if each is not None and each.by_person]
    if all(each is None or each.by_person for _, each in told):
        return _CHECKED if checked else ""
    return f"{' et '.join(checked)} : {_CHECKED} ; le reste : {_READ}" if checked else _READ


def _text(told: Told | None) -> str:
    return "" if told is None else str(told.value)
