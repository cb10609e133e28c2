"""`reperes journal`: what was done, by whom, and the proof that nothing was changed since."""

from contextlib import suppress

import click
from rich.markup import escape

from flows.cli.french import FrenchCommand, FrenchGroup
from flows.cli.options import how_many
from flows.cli.screen import out_console
from flows.settings import load_settings
from flows.tools import open_own_store
from pipeline.calls.model import Call
from pipeline.errors import ReperesError, UsageProblem
from pipeline.text import listed, plural, typeset
from store.database import Store
from store.journal_words import ACTION_WORDS, Names, actor_words, detail_words, subject_words
from store.people import accounts
from store.people.room import open_room
from store.records import JournalHead

ALTERED = 1
_DIGEST_LENGTH = 64
_WHAT_TO_DO = (
    "À faire : gardez une copie de la base telle qu'elle est, prévenez qui répond des données, et comparez avec la "
    "dernière sauvegarde où cette commande ne trouvait rien. Ce qu'aucune anomalie ne nomme est resté comme écrit."
)


@click.group(cls=FrenchGroup)
def journal() -> None:
    """Montre et vérifie le journal de ce qui a été fait."""


@journal.command("verify", cls=FrenchCommand)
@click.option("--anchor", "anchor", metavar="N:EMPREINTE", help="Dernier événement, noté lors d'une vérification.")
def verify(anchor: str | None) -> int:
    """Vérifie que ni le journal, ni les analyses, ni les fichiers n'ont été modifiés."""
    store = open_own_store(load_settings())
    report = store.verify(_noted_head(anchor))
    console = out_console()
    for problem in report.problems:
        console.print(f"[red]Anomalie :[/red] {escape(problem.message)}", soft_wrap=True)
    events = plural(report.events, "événement", "événements")
    kept = listed(
        [
            plural(report.analyses, "analyse", "analyses"),
            plural(report.words, "saisie de personnes", "saisies de personnes"),
            plural(report.files, "fichier", "fichiers"),
        ]
    )
    result = plural(len(report.problems), "anomalie", "anomalies") if report.problems else "aucune anomalie"
    console.print(typeset(f"Journal vérifié ({events}), avec {kept} : {result}."), soft_wrap=True)
    console.print(typeset("Dernier événement : ") + f"{report.head.sequence}:{report.head.digest}", soft_wrap=True)
    console.print(
        typeset("Notez-le ailleurs : donné à --anchor, il prouvera que la fin du journal n'a pas été coupée."),
        soft_wrap=True,
    )
    if report.problems:
        console.print(typeset(_WHAT_TO_DO), soft_wrap=True)
    return ALTERED if report.problems else 0


def _noted_head(anchor: str | None) -> JournalHead | None:
    if anchor is None:
        return None
    number, _, digest = anchor.partition(":")
    if not number.isdigit() or len(digest) != _DIGEST_LENGTH:
        raise UsageProblem(
            "L'option « --anchor » attend le numéro et l'empreinte que donne « journal verify », séparés par « : »."
        )
    return JournalHead(int(number), digest)


@journal.command("show", cls=FrenchCommand)
@how_many("last", 20, "Nombre d'événements à montrer.")
def show(last: int) -> None:
    """Montre les derniers événements."""
    store = open_own_store(load_settings())
    names = _names(store)
    console = out_console()
    for event in store.journal(after=max(0, store.head().sequence - last), limit=last):
        who, subject = actor_words(event.actor, names.people), subject_words(event.subject, names)
        when = f"{event.at.astimezone():%d/%m/%Y %H:%M:%S}"
        told = f"{event.sequence:>6}  {when}  {who}  {ACTION_WORDS[event.action]}  {subject}"
        details = ", ".join(detail_words(event, names))
        console.print(f"{escape(told)}  [dim]{escape(details)}[/dim]", soft_wrap=True)


def _names(store: Store) -> Names:
    known = store.dossiers()
    calls: dict[str, Call] = {}
    for call in {dossier.call for dossier in known}:
        with suppress(ReperesError):  # a call file that is no longer where it was: its codes are shown as they are
            calls[call] = store.known_call(call)
    return Names(_people(), {one.id: one.name for one in known}, {one.id: one.call for one in known}, calls)


def _people() -> dict[int, str]:
    """The login of every account, by its number."""
    settings = load_settings()
    with open_room(settings.home, settings.database).reading() as reading:
        return {person.id: person.login for person in accounts.every(reading)}
