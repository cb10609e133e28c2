"""Facts of a dossier as people type them: what each must be, and how it is written in its field."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from stdnum.fr import siren, siret

from pipeline.analysis import FactValue
from pipeline.errors import UsageProblem

_LONGEST = 300  # characters
_AMOUNT = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONTH = re.compile(r"(\d{1,2})[/.](\d{4})")
_YEAR = re.compile(r"\d{4}")


class InvalidFact(UsageProblem):
    """What was typed is not what the fact must be."""

    code = "invalid-fact"


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of fact: what a field of it hints at, how it is read from what was typed, and typed again."""

    hint: str
    read: Callable[[str], FactValue]
    typed: Callable[[FactValue], str] = str
    numeric: bool = False


def _text(typed: str) -> FactValue:
    if not typed or len(typed) > _LONGEST:
        raise InvalidFact(f"Écrivez de 1 à {_LONGEST} caractères.")
    return typed


def _amount(typed: str) -> FactValue:
    bare = re.sub(r"[\s€]|euros?", "", typed)
    if not _AMOUNT.fullmatch(bare):
        raise InvalidFact("Écrivez un montant en euros, par exemple « 46 500 » ou « 46 500,50 ».")
    value = float(bare.replace(",", "."))
    return int(value) if value.is_integer() else value


def _months(typed: str) -> FactValue:
    bare = typed.removesuffix("mois").strip()
    if not bare.isascii() or not bare.isdigit() or not 1 <= int(bare) <= 600:
        raise InvalidFact("Écrivez un nombre de mois, de 1 à 600.")
    return int(bare)


def _siren(typed: str) -> FactValue:
    bare = re.sub(r"[\s.]", "", typed)
    if not siren.is_valid(bare):
        raise InvalidFact("Ce n’est pas un SIREN : 9 chiffres, dont le dernier vérifie les autres.")
    return bare


def _siret(typed: str) -> FactValue:
    bare = re.sub(r"[\s.]", "", typed)
    if not siret.is_valid(bare):
        raise InvalidFact("Ce n’est pas un SIRET : 14 chiffres, dont le dernier vérifie les autres.")
    return bare


def _rna(typed: str) -> FactValue:
    bare = re.sub(r"\s", "", typed).upper()
    if not re.fullmatch(r"W\d[\dAB]\d{7}", bare):
        raise InvalidFact("Un numéro RNA est un W suivi de 9 chiffres.")
    return bare


def _postcode(typed: str) -> FactValue:
    if not re.fullmatch(r"\d{5}", typed):
        raise InvalidFact("Un code postal compte 5 chiffres.")
    return typed


def _department(typed: str) -> FactValue:
    if not re.fullmatch(r"\d{2,3}|2[AB]", typed.upper()):
        raise InvalidFact("Écrivez le code du département, par exemple « 33 » ou « 2A ».")
    return typed.upper()


def _yes_no(typed: str) -> FactValue:
    if typed.casefold() not in ("oui", "non"):
        raise InvalidFact("Écrivez « oui » ou « non ».")
    return typed.casefold() == "oui"


def _date(typed: str) -> FactValue:
    """« 2/3/2015 », « 3/2015 » or « 2015 », kept as precisely as it is said: 2015-03-02, 2015-03, 2015."""
    try:
        if found := _DAY.fullmatch(typed):
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        if found := _MONTH.fullmatch(typed):
            return date(int(found[2]), int(found[1]), 1).isoformat()[:7]
    except ValueError:
        raise InvalidFact("Cette date n’existe pas.") from None
    if not _YEAR.fullmatch(typed):
        raise InvalidFact("Écrivez une date, par exemple « 2/3/2015 », « 3/2015 » ou « 2015 ».")
    return typed


def _typed_date(value: FactValue) -> str:
    return "/".join(str(int(part)) for part in reversed(str(value).split("-")))


def _typed_amount(value: FactValue) -> str:
    number = float(value)
    return str(int(number)) if number.is_integer() else f"{number:.2f}".replace(".", ",")


_TEXT = Sort("", _text)
_EUROS = Sort("En euros.", _amount, _typed_amount, numeric=True)
_SORTS: Mapping[str, Sort] = {
    "date_creation": Sort("Jour, mois et année, ou ce que l’on en sait.", _date, _typed_date),
    "siren": Sort("9 chiffres.", _siren, numeric=True),
    "siret": Sort("14 chiffres.", _siret, numeric=True),
    "rna": Sort("W et 9 chiffres.", _rna),
    "code_postal": Sort("5 chiffres.", _postcode, numeric=True),
    "departement": Sort("Son code : 33, 2A…", _department),
    "aide_demandee_eur": _EUROS,
    "budget_total_eur": _EUROS,
    "budget_charges_eur": _EUROS,
    "budget_produits_eur": _EUROS,
    "budget_equilibre": Sort("Oui ou non.", _yes_no, lambda value: "oui" if value else "non"),
    "duree_mois": Sort("En mois.", _months, numeric=True),
}


def sort(name: str) -> Sort:
    """What a fact must be."""
    return _SORTS.get(name, _TEXT)


def read(name: str, typed: str) -> FactValue:
    """The value of a fact from what was typed.

    Raises:
        InvalidFact: it cannot be one.
    """
    return sort(name).read(" ".join(typed.split()))
