"""Whether the program that reads dossiers is there, as pages say it."""

from datetime import datetime

from store.signs import Stopped
from web.french import moment, typeset

COMMAND = "« reperes work »"


def stopped(told: Stopped | None, *, administers: bool) -> str:
    """What is said while something waits and nobody reads; empty otherwise. `administers`: to who can do about it."""
    if told is None:
        return ""
    how = "n’a encore jamais tourné" if told.since is None else f"est à l’arrêt depuis le {moment(told.since)}"
    what = f"lancez {COMMAND}" if administers else f"demandez à l’administration de lancer {COMMAND}"
    return typeset(f"Des dossiers déposés attendent, et le traitement {how} : {what}.")


def last_sign(at: datetime | None) -> str:
    """When it was last there, for who administers."""
    if at is None:
        return typeset(f"Traitement des dossiers : aucun signe encore. Il se lance par {COMMAND}.")
    return typeset(f"Traitement des dossiers : dernier signe le {moment(at)}.")
