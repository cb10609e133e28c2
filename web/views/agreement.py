"""Agreement of jurors as its page shows it: per marker, in the order of the call, never of a dossier or of a juror."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.calls.model import Call
from pipeline.text import decimal
from store.people.agreement import Agreement

_TOO_FEW = "Il faut au moins deux dossiers lus par au moins deux jurés."
_ALL_ALIKE = "Toutes les réponses sont les mêmes : il n'y a rien à comparer."


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A marker; `alpha` is a figure in French, « – » when there is none, and `note` then says why."""

    title: str
    alpha: str
    dossiers: int
    jurors: int
    note: str


def lines(call: Call, found: Mapping[str, Agreement]) -> tuple[AgreementLine, ...]:
    """A line per marker of the call."""
    return tuple(_line(marker.title, found.get(marker.id, Agreement(None, 0, 0))) for marker in call.markers)


def _line(title: str, found: Agreement) -> AgreementLine:
    if found.alpha is not None:
        figure = decimal(round(found.alpha, 2) + 0.0, 2)  # never « -0,00 »
        return AgreementLine(title, figure.replace("-", "\N{MINUS SIGN}"), found.dossiers, found.jurors, "")
    note = _TOO_FEW if found.dossiers < 2 or found.jurors < 2 else _ALL_ALIKE
    return AgreementLine(title, "–", found.dossiers, found.jurors, note)
