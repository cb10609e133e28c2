"""What was received for a dossier, deposit by deposit, as its page shows it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from store.intakes import Result
from store.people.letters import Sent, asked_for
from store.people.received import Received
from web.views.deposits import by_whom
from web.views.sent_letters import in_time
from web.views.whys import Why, why_left_out

_DONE: Mapping[Result | None, str] = {
    Result.NEW: "dossier formé",
    Result.ADDED: "pièces ajoutées",
    Result.REPLACED: "fichiers remplacés",
    None: "traitement en ligne de commande",
}


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file of a deposit: `added` says that the deposit before had none with these bytes."""

    name: str
    size: int
    href: str
    added: bool


@dataclass(frozen=True, slots=True)
class ReceivedCard:
    """A deposit of a dossier; `current` is the one that the pages show, `kept` one all of whose files are
    still among those; `href` leads to what was sent in with it; `in_time` tells how pieces that were asked for keep to
    the day given."""

    number: int
    at: datetime
    current: bool
    kept: bool
    done: str
    by: str
    chosen_by: str
    href: str
    in_time: str
    files: tuple[ReceivedFile, ...]
    left_out: tuple[tuple[str, Why], ...]


def cards(
    dossier_id: str, held: Sequence[Received], names: Mapping[int, str], sent: Sequence[Sent]
) -> tuple[ReceivedCard, ...]:
    """`held` are the newest first; `names` those of accounts by number; `sent` the letters of the dossier."""
    formers = (*held[1:], None)
    shown = {file.sha256 for file in held[0].files} if held else set()
    return tuple(
        _card(dossier_id, each, former, names, shown, _delay(each, sent), current=position == 0)
        for position, (each, former) in enumerate(zip(held, formers, strict=True))
    )


def _delay(each: Received, sent: Sequence[Sent]) -> str:
    """Nothing of the first deposit: nobody had been asked for anything."""
    return "" if each.number == 1 else in_time(asked_for(sent, each.at))


def _card(
    dossier_id: str,
    each: Received,
    former: Received | None,
    names: Mapping[int, str],
    shown: Set[str],
    delay: str,
    *,
    current: bool,
) -> ReceivedCard:
    before = set() if former is None else {file.sha256 for file in former.files}
    return ReceivedCard(
        number=each.number,
        at=each.at,
        current=current,
        kept={file.sha256 for file in each.files} <= shown,
        done=_DONE.get(each.result, ""),
        by="" if each.by is None else by_whom(each.by, names),
        chosen_by="" if each.chosen_by is None else names.get(each.chosen_by, ""),
        href="" if each.intake is None else f"/depots/{each.intake}",
        in_time=delay,
        files=tuple(
            ReceivedFile(
                file.name,
                file.size,
                f"/dossiers/{dossier_id}/recus/{each.number}/{position}?empreinte={file.sha256[:12]}",
                former is not None and file.sha256 not in before,
            )
            for position, file in enumerate(each.files)
        ),
        left_out=tuple((path, why_left_out(reason)) for path, reason in each.left_out),
    )
