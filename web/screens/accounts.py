"""Accounts, for administrators; and everyone's own password."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from pipeline.errors import UsageProblem
from store.people import accounts, handing, logins, workloads
from store.people.accounts import Person
from store.people.passwords import invented
from store.people.viewers import Role
from web import policies
from web.context import Context, Signed
from web.problems import Conflicting, NotHere, TooManyAttempts
from web.security import cookies
from web.views import accounts as views

router = APIRouter()

Text = Annotated[str, Form(max_length=1000)]
Handed = Annotated[str, Form(pattern=rf"^(\d{{1,9}}|{views.NOBODY})?$")]


@router.get("/comptes")
def listing(context: Signed, q: str = "", role: str = "") -> Response:
    """Who may enter, as what, and how far the jurors are."""
    context.require(policies.may_manage_accounts(context.viewer))
    with context.reading() as reading:
        people = accounts.every(reading)
        loads = workloads.of_jurors(reading, context.viewer)
    shown = views.lines(people, loads, q, role)
    return context.page(
        "accounts/list.html.j2", lines=shown, total=len(people), words=q, role=role, roles=views.ROLE_CHOICES
    )


@router.get("/comptes/nouveau")
def blank(context: Signed) -> Response:
    """The form of a new account."""
    context.require(policies.may_manage_accounts(context.viewer))
    return _blank(context)


@router.post("/comptes/nouveau")
def add(context: Signed, login: Text = "", name: Text = "", role: Text = "", external: bool = Form(False)) -> Response:
    """Makes the account; its invented password is shown on this one answer."""
    context.require(policies.may_manage_accounts(context.viewer))
    if role not in list(Role):
        return _blank(context, login=login, name=name, error="Choisissez un rôle.", at="role-1")
    password = None if external and context.settings.signs_on else invented()
    try:
        with context.writing() as writing:
            person = accounts.add(writing, login, name, Role(role), password, given=True)
    except UsageProblem as problem:
        told = f"{problem.message} {problem.advice}".strip()
        with context.reading() as reading:
            taken = accounts.find(reading, login)
        return _blank(context, login=login, name=name, role=role, error=told, at="login", taken=taken)
    if password is None:
        return context.go(f"/comptes/{person.id}", "account-added")
    return _phrase(context, person, password, added=True)


@router.get("/comptes/{person_id}")
def one(context: Signed, person_id: int) -> Response:
    """An account, and what can be done with it."""
    context.require(policies.may_manage_accounts(context.viewer))
    with context.reading() as reading:
        person = _found(accounts.by_id(reading, person_id))
        load = workloads.of_juror(reading, context.viewer, person_id)
        held = handing.held(reading, context.viewer, person_id)
        takers = handing.takers(reading, person)
        mark = accounts.password_mark(reading, person_id)
    return context.page(
        "accounts/account.html.j2",
        mark=mark,
        held=views.held(held),
        takers=views.takers(takers),
        account=person,
        enters_by=views.enters_by(person),
        workload=views.workload(load),
        roles=views.ROLE_CHOICES,
        own=person_id == context.person.id,
    )


@router.post("/comptes/{person_id}/nom")
def rename(context: Signed, person_id: int, name: Text = "") -> Response:
    """Gives the account another name: one that was mistyped, or that has changed."""
    context.require(policies.may_manage_accounts(context.viewer))
    with context.writing() as writing:
        _found(accounts.by_id(writing, person_id))
        accounts.rename(writing, person_id, name)
    return context.go(f"/comptes/{person_id}", "account-changed")


@router.post("/comptes/{person_id}/role")
def change_role(context: Signed, person_id: int, role: Text) -> Response:
    """Gives the account another role."""
    context.require(policies.may_manage_accounts(context.viewer))
    if role not in list(Role):
        raise NotHere
    with context.writing() as writing:
        if _found(accounts.by_id(writing, person_id)).role.value != role:
            accounts.set_role(writing, person_id, Role(role))
    return context.go(f"/comptes/{person_id}", "account-changed")


@router.post("/comptes/{person_id}/mot-de-passe")
def renew(context: Signed, person_id: int, shown: Text = "") -> Response:
    """Gives the account an invented password, shown on this one answer; its form serves once: reloaded, it does not."""
    context.require(policies.may_manage_accounts(context.viewer))
    if person_id == context.person.id:
        raise Conflicting("Vous ne pouvez pas vous donner un mot de passe inventé.")
    password = invented()
    with context.writing() as writing:
        person = _found(accounts.by_id(writing, person_id))
        if shown and shown != accounts.password_mark(writing, person_id):
            raise Conflicting(
                "Un mot de passe a déjà été donné depuis cette page : celui qui a été montré vaut toujours.",
                advice="S'il n'a pas été noté, revenez à la page du compte pour en donner un autre.",
            )
        accounts.set_password(writing, person_id, password, given=True)
    return _phrase(context, person, password, added=False)


@router.post("/comptes/{person_id}/etat")
def open_or_shut(context: Signed, person_id: int, active: Annotated[bool, Form()], to: Handed = "") -> Response:
    """Shuts the account, or opens it again; nobody shuts their own. Shut, its dossiers may go `to` another."""
    context.require(policies.may_manage_accounts(context.viewer))
    if person_id == context.person.id:
        raise Conflicting("Vous ne pouvez pas fermer votre propre compte.")
    with context.writing() as writing:
        _found(accounts.by_id(writing, person_id))
        accounts.set_active(writing, person_id, active)
        if to and not active:
            handed = handing.hand_over(writing, context.viewer, person_id, None if to == views.NOBODY else int(to))
            return context.go(f"/comptes/{person_id}", "account-handed", handed)
    return context.go(f"/comptes/{person_id}", "account-opened" if active else "account-shut")


@router.get("/preferences/mot-de-passe")
def own_password(context: Signed) -> Response:
    """The form to change one's own password."""
    return _own_password(context)


@router.post("/preferences/mot-de-passe")
def change_own_password(context: Signed, present: Text = "", password: Text = "", again: Text = "") -> Response:
    """Changes it when the present one is right; the person's other sessions are closed."""
    person = context.person
    door = logins.door_of_login(person.login)
    with context.reading() as reading:
        if logins.is_shut(reading, door):
            raise TooManyAttempts
        right = accounts.holds(reading, person.login, present) is not None
    if not right:
        with context.writing() as writing:
            logins.refuse(writing, door)
        return _own_password(context, error="Ce n'est pas votre mot de passe actuel.", at="present")
    if password == present:
        return _own_password(context, error="Choisissez un autre mot de passe que l'actuel.", at="password")
    if password != again:
        return _own_password(context, error="Les deux saisies du nouveau mot de passe diffèrent.", at="again")
    try:
        with context.writing() as writing:
            accounts.set_password(writing, person.id, password)
            token = logins.open_login(writing, person)
    except UsageProblem as problem:
        return _own_password(context, error=f"{problem.message} {problem.advice}", at="password")
    answer = context.go("/" if person.must_change_password else "/preferences", "password-changed")
    cookies.give_token(answer, context.settings, token)
    return answer


def _blank(
    context: Context,
    *,
    login: str = "",
    name: str = "",
    role: str = "",
    error: str = "",
    at: str = "",
    taken: Person | None = None,
) -> Response:
    return context.page(
        "accounts/new.html.j2",
        status=400 if error else 200,
        login=login,
        name=name,
        role=role,
        taken=taken,
        roles=views.ROLE_CHOICES,
        signs_on=context.settings.oidc_name if context.settings.signs_on else "",
        errors=((at, error),) if error else (),
    )


def _phrase(context: Context, person: Person, password: str, *, added: bool) -> Response:
    return context.page("accounts/phrase.html.j2", account=person, password=password, added=added)


def _own_password(context: Context, *, error: str = "", at: str = "") -> Response:
    if not context.person.with_password:
        raise NotHere
    return context.page("accounts/password.html.j2", status=400 if error else 200, error=error, at=at)


def _found(person: Person | None) -> Person:
    if person is None:
        raise NotHere
    return person
