"""`reperes accounts`: who may enter the review room. Its first administrator is made here."""

import sys
from collections.abc import Callable

import click
from rich import box
from rich.markup import escape
from rich.table import Table

from flows.cli.french import FrenchCommand, FrenchGroup, GivenText
from flows.cli.screen import out_console
from flows.settings import load_settings
from pipeline.errors import UsageProblem
from pipeline.text import typeset
from store.journal import Writing
from store.people import accounts as people
from store.people.accounts import Person, UnknownAccount
from store.people.room import Room, open_room
from store.people.viewers import Role

TERMINAL = "terminal"
"""The actor of what is done at the machine's own terminal."""

ROLE_LABELS = {
    Role.ADMINISTRATOR: "administration",
    Role.INSTRUCTOR: "instruction",
    Role.JUROR: "jury",
    Role.AUDITOR: "audit",
}
_NO_ACCOUNT = "Aucun compte. Créez le premier : reperes accounts add IDENTIFIANT --name NOM --role administrator"
_LOGIN = click.argument("login", metavar="IDENTIFIANT", type=GivenText())
_PASSWORD_STDIN = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help="Lit le mot de passe sur l'entrée standard."
)


class PasswordsDiffer(UsageProblem):
    """The password typed the second time is another one."""

    code = "passwords-differ"
    advice = "Recommencez : le même mot de passe est demandé deux fois."


@click.group(cls=FrenchGroup)
def accounts() -> None:
    """Crée et gère les comptes de la salle d'examen."""


@accounts.command("add", cls=FrenchCommand)
@_LOGIN
@click.option("--name", metavar="NOM", required=True, type=GivenText(), help="Nom affiché de la personne.")
@click.option(
    "--role",
    metavar="RÔLE",
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="administrator (administration), instructor (instruction), juror (jury) ou auditor (audit).",
)
@_PASSWORD_STDIN
def add(login: str, name: str, role: str, from_stdin: bool) -> None:
    """Crée un compte ; le mot de passe est demandé, sans s'afficher."""
    room = _room()
    with room.reading() as reading:
        if people.find(reading, login) is not None:
            raise people.InvalidAccount(f"L'identifiant « {login} » est déjà pris.", advice="Choisissez-en un autre.")
    password = _password(from_stdin)
    with room.writing(TERMINAL) as writing:
        person = people.add(writing, login, name, Role(role), password)
    _say(f"Compte créé : {person.login} ({ROLE_LABELS[person.role]}).")


@accounts.command("list", cls=FrenchCommand)
def list_accounts() -> None:
    """Liste les comptes."""
    with _room().reading() as reading:
        found = people.every(reading)
    if not found:
        _say(
            "Aucun compte. Le premier se crée par « reperes accounts add IDENTIFIANT --name NOM --role administrator »."
        )
        return
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for title in ("Identifiant", "Nom", "Rôle", "État"):
        table.add_column(title, no_wrap=title == "Identifiant")
    for person in found:
        state = "ouvert" if person.active else "fermé"
        table.add_row(escape(person.login), escape(person.name), ROLE_LABELS[person.role], state)
    out_console().print(table)


@accounts.command("password", cls=FrenchCommand)
@_LOGIN
@_PASSWORD_STDIN
def password(login: str, from_stdin: bool) -> None:
    """Donne un autre mot de passe à un compte, et ferme ses sessions."""
    room = _room()
    _known(room, login)
    typed = _password(from_stdin)
    _change(room, login, lambda writing, person: people.set_password(writing, person.id, typed))
    _say(f"Mot de passe changé : {login}. Ses sessions sont fermées.")


@accounts.command("disable", cls=FrenchCommand)
@_LOGIN
def disable(login: str) -> None:
    """Ferme un compte : la personne n'entre plus, ce qu'elle a fait reste."""
    _change(_room(), login, lambda writing, person: people.set_active(writing, person.id, active=False))
    _say(f"Compte fermé : {login}. « reperes accounts enable {login} » le rouvre.")


@accounts.command("enable", cls=FrenchCommand)
@_LOGIN
def enable(login: str) -> None:
    """Rouvre un compte."""
    _change(_room(), login, lambda writing, person: people.set_active(writing, person.id, active=True))
    _say(f"Compte rouvert : {login}.")


def _room() -> Room:
    settings = load_settings()
    return open_room(settings.home, settings.database)


def _known(room: Room, login: str) -> Person:
    with room.reading() as reading:
        person = people.find(reading, login)
    if person is None:
        raise UnknownAccount(f"Aucun compte n'a l'identifiant « {login} ».")
    return person


def _change(room: Room, login: str, change: Callable[[Writing, Person], None]) -> None:
    person = _known(room, login)
    with room.writing(TERMINAL) as writing:
        change(writing, person)


def _password(from_stdin: bool) -> str:
    """The first line of the standard input, or what is typed twice without being shown."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed = str(click.prompt("Mot de passe (12 caractères au moins)", hide_input=True))
    if click.prompt("Le même, une seconde fois", hide_input=True) != typed:
        raise PasswordsDiffer("Les deux mots de passe ne sont pas les mêmes.")
    return typed


def _say(told: str) -> None:
    out_console().print(escape(typeset(told)), soft_wrap=True)
