"""A verification of the journal as pages tell it: when it was made, what it covers, and never as newer than it is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from store.people.verifications import Verified, Verifying
from web.french import counted, moment, typeset

NEW_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Proof:
    """The last verification, None before the first; `new` when it is a few minutes old at most.

    `asked_at` is since when another is awaited, None when none is.
    """

    last: Verified | None
    new: bool
    asked_at: datetime | None

    @property
    def since(self) -> str:
        """What the verification does not cover."""
        if self.last is None or not self.last.after:
            return "Rien d’autre n’a été écrit depuis."
        added = counted(self.last.after, "événement a été ajouté", "événements ont été ajoutés")
        return typeset(f"Depuis, {added} : cette vérification n’en dit rien.")

    @property
    def seconds(self) -> float:
        """How long it took."""
        return 0.0 if self.last is None else (self.last.ended_at - self.last.at).total_seconds()


def proof_of(verifying: Verifying, *, since: datetime | None = None) -> Proof:
    """The proof as of now; not `new` when it was begun before `since`."""
    last = verifying.last
    oldest = datetime.now(UTC) - NEW_FOR
    new = last is not None and last.at >= (oldest if since is None else max(oldest, since))
    return Proof(last, new, verifying.asked_at)


def found(verified: Verified) -> str:
    """« aucune anomalie », « 2 anomalies »."""
    return counted(verified.found, "anomalie", "anomalies") if verified.found else "aucune anomalie"


def when(verified: Verified, now: datetime) -> str:
    """When it was begun, and how long before `now`."""
    return typeset(f"{moment(verified.at)}, {_before(now - verified.at)} ce rapport")


def _before(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "moins d’une minute avant"
    for size, one, many in ((24 * 60, "jour", "jours"), (60, "heure", "heures")):
        if minutes >= 2 * size:
            return f"{counted(minutes // size, one, many)} avant"
    return f"{counted(minutes, 'minute', 'minutes')} avant"
