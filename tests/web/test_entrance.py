"""The door: who enters, for how long, and what is not told to who does not."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import update

from store.instants import ago
from store.people import accounts, logins
from store.people.accounts import Person
from store.people.room import Reading, Room
from store.people.tables.accounts import people as accounts_table
from store.people.viewers import Role
from tests.databases import Tamper
from tests.web.conftest import PASSWORD, Browse, Browser
from web.application import build
from web.security.addresses import inside
from web.settings import RoomSettings

NEW = "quatre mots sans rapport"


def _enter(browser: Browser, login: str = "juror", password: str = PASSWORD, **more: str) -> Response:
    return browser.post("/connexion", data={"login": login, "password": password, **more})


def _from(application: FastAPI, address: str) -> Browser:
    """A browser at another address."""
    return Browser(application, follow_redirects=False, base_url="http://room.test", client=(address, 50_000))


def _backdate(tamper: Tamper, column: str, span: timedelta) -> None:
    """Makes everything of `logins` or `refusals` that much older."""
    table = "refusals" if column == "at" else "logins"
    tamper(f"UPDATE {table} SET {column} = :at", at=ago(span))  # noqa: S608 (own names)


def test_too_many_refusals_shut_the_door_to_an_account(
    application: FastAPI, people: dict[str, Person], tamper: Tamper
) -> None:
    tries = [_enter(_from(application, f"10.0.0.{number}"), password="deviné") for number in range(logins.ATTEMPTS)]
    assert {answer.status_code for answer in tries} == {401}
    shut = _enter(_from(application, "10.0.1.1"))
    assert shut.status_code == 429
    assert shut.headers["retry-after"] == "900"
    assert "Trop d’essais refusés" in shut.text
    assert "Attendez un quart d’heure" in shut.text
    assert "set-cookie" not in shut.headers
    assert _enter(_from(application, "10.0.1.1"), " JUROR ").status_code == 429
    assert _enter(_from(application, "10.0.1.1"), "chair").status_code == 303
    _backdate(tamper, "at", logins.WINDOW + timedelta(seconds=1))
    assert _enter(_from(application, "10.0.1.1")).status_code == 303


def test_too_many_refusals_shut_the_door_to_an_address(application: FastAPI, people: dict[str, Person]) -> None:
    for number in range(logins.ATTEMPTS_FROM_ONE_ADDRESS):
        assert _enter(_from(application, "10.0.0.1"), f"inconnu{number}", "deviné").status_code == 401
    assert _enter(_from(application, "10.0.0.1")).status_code == 429
    assert _enter(_from(application, "10.0.0.2")).status_code == 303


def test_entering_forgives_the_account(application: FastAPI, people: dict[str, Person]) -> None:
    for round_ in range(2):
        for number in range(logins.ATTEMPTS - 1):
            assert _enter(_from(application, f"10.0.{round_}.{number}"), password="deviné").status_code == 401
        assert _enter(_from(application, f"10.0.{round_}.99")).status_code == 303


def test_attempts_made_all_at_once_count_too(
    client: Browse, people: dict[str, Person], room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many may be under way before the first is refused: they are counted again once the password is known."""

    def meanwhile(reading: Reading, login: str, password: str) -> Person | None:
        with room.writing("room") as writing:
            for _ in range(logins.ATTEMPTS):
                logins.refuse(writing, logins.door_of_login("juror"))
        return people["juror"] if password == PASSWORD else None

    monkeypatch.setattr("web.screens.entrance.accounts.holds", meanwhile)
    assert _enter(client(None)).status_code == 429
    assert _enter(client(None), password="deviné").status_code == 429


@pytest.mark.parametrize("login", ["juror", "shut", "external", "personne"])
def test_nobody_learns_whether_an_account_exists(
    client: Browse, people: dict[str, Person], room: Room, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    """The same words for all, after the same work: one password is verified, be it nobody's."""
    with room.writing("machine") as writing:
        shut = accounts.add(writing, "shut", "Compte fermé", Role.JUROR, PASSWORD)
        accounts.set_active(writing, shut.id, active=False)
        accounts.add(writing, "external", "Par un autre service", Role.JUROR, None)
    verified: list[str] = []

    def verify(_: PasswordHasher, kept: str, password: str) -> bool:
        verified.append(kept)
        return original(_, kept, password)

    original = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", verify)
    answer = _enter(client(None), login, "ce n’est pas lui")
    assert len(verified) == 1
    assert verified[0].startswith("$argon2id$")
    assert answer.status_code == 401
    assert answer.text.replace(login, "X") == _enter(client(None), "autre", "ni lui").text.replace("autre", "X")


@pytest.mark.parametrize("login", ["shut", "external"])
def test_a_right_password_opens_no_closed_door(
    client: Browse, people: dict[str, Person], room: Room, login: str
) -> None:
    with room.writing("machine") as writing:
        shut = accounts.add(writing, "shut", "Compte fermé", Role.JUROR, PASSWORD)
        accounts.set_active(writing, shut.id, active=False)
        accounts.add(writing, "external", "Par un autre service", Role.JUROR, None)
    for password in (PASSWORD, "", "nobody has this password"):
        assert _enter(client(None), login, password).status_code == 401


@pytest.mark.parametrize(("column", "span"), [("seen_at", logins.IDLE), ("opened_at", logins.LONGEST)])
def test_a_session_ends_by_itself(
    client: Browse, people: dict[str, Person], tamper: Tamper, column: str, span: timedelta
) -> None:
    browser = client(people["juror"])
    _backdate(tamper, column, span - timedelta(minutes=1))
    assert browser.get("/preferences").status_code == 200
    _backdate(tamper, column, span + timedelta(seconds=1))
    assert browser.get("/preferences").status_code == 303
    assert browser.post("/preferences").status_code == 401


def test_a_session_in_use_does_not_end(client: Browse, people: dict[str, Person], tamper: Tamper) -> None:
    browser = client(people["juror"])
    for _ in range(3):
        _backdate(tamper, "seen_at", logins.IDLE - timedelta(minutes=1))
        assert browser.get("/preferences").status_code == 200


def test_a_token_planted_before_is_worth_nothing_after(client: Browse, people: dict[str, Person]) -> None:
    browser = client(None)
    browser.cookies.set("reperes", "x" * 43)
    given = _enter(browser).cookies["reperes"]
    assert given != "x" * 43
    planted = client(None)
    planted.cookies.set("reperes", "x" * 43)
    assert planted.get("/preferences").status_code == 303
    assert _enter(client(people["juror"])).cookies["reperes"] != given


def test_who_leaves_has_left_even_with_the_token_kept(client: Browse, people: dict[str, Person]) -> None:
    browser, other = client(people["juror"]), client(people["juror"])
    token = browser.cookies["reperes"]
    left = browser.post("/deconnexion")
    assert (left.status_code, left.headers["location"]) == (303, "/connexion")
    browser.cookies.clear()
    browser.cookies.set("reperes", token)
    assert browser.get("/preferences").status_code == 303
    assert other.get("/preferences").status_code == 200


def test_a_shut_account_is_out_at_once(client: Browse, people: dict[str, Person], room: Room) -> None:
    """Even if its sessions were left."""
    browser = client(people["juror"])
    with room.writing("machine") as writing:
        writing.connection.execute(
            update(accounts_table).where(accounts_table.c.id == people["juror"].id).values(active=0)
        )
    assert browser.get("/preferences").status_code == 303


def test_cookies_are_for_this_room_alone(client: Browse, people: dict[str, Person]) -> None:
    given = _enter(client(None)).headers["set-cookie"].lower()
    assert given.startswith("reperes=")
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in given.split(";")}
    assert "domain" not in given
    assert "max-age" not in given  # gone with the browser


def test_by_tls_cookies_never_travel_otherwise(settings: RoomSettings, people: dict[str, Person]) -> None:
    room = build(settings.model_copy(update={"public_address": "https://reperes.region.example"}))
    browser = Browser(room, follow_redirects=False, base_url="https://room.test")
    entered = _enter(browser)
    given = {part.strip() for part in entered.headers["set-cookie"].lower().split(";")}
    assert any(part.startswith("__host-reperes=") for part in given)
    assert {"httponly", "samesite=lax", "path=/", "secure"} <= given
    assert entered.headers["strict-transport-security"] == "max-age=31536000"
    page = browser.get("/preferences").text
    csrf = page.split('name="csrf" content="')[1].split('"')[0]
    said = browser.post("/preferences", data={"csrf": csrf}).headers["set-cookie"].lower()
    assert said.startswith("reperes-dit=")
    assert {"httponly", "samesite=strict", "secure"} <= {part.strip() for part in said.split(";")}
    plain = Browser(room, follow_redirects=False, base_url="https://room.test")
    plain.cookies.set("reperes", entered.cookies["__Host-reperes"])
    assert plain.get("/preferences").status_code == 303  # only the name that browsers guard counts


def test_another_password_ends_the_other_sessions(client: Browse, people: dict[str, Person]) -> None:
    here, elsewhere = client(people["juror"]), client(people["juror"])
    before = here.cookies["reperes"]
    changed = here.post("/preferences/mot-de-passe", data={"present": PASSWORD, "password": NEW, "again": NEW})
    assert changed.cookies["reperes"] != before
    assert elsewhere.get("/preferences").status_code == 303
    elsewhere.cookies.clear()
    elsewhere.cookies.set("reperes", before)
    assert elsewhere.get("/preferences").status_code == 303


def test_a_password_sealed_by_former_settings_is_sealed_anew(
    client: Browse, people: dict[str, Person], room: Room
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    mine = accounts_table.c.id == people["juror"].id
    with room.writing("machine") as writing:
        writing.connection.execute(update(accounts_table).where(mine).values(password=weak))
    other = client(people["juror"])
    assert _enter(client(None), password="deviné au hasard").status_code == 401
    assert _kept(room, people["juror"]) == weak
    assert _enter(client(None)).status_code == 303
    anew = _kept(room, people["juror"])
    assert anew != weak
    assert not PasswordHasher().check_needs_rehash(anew)
    assert other.get("/preferences").status_code == 200
    assert _enter(client(None)).status_code == 303
    assert _kept(room, people["juror"]) == anew


def _kept(room: Room, person: Person) -> str:
    with room.reading() as reading:
        query = accounts_table.select().where(accounts_table.c.id == person.id)
        return str(reading.connection.execute(query).one().password)


@pytest.mark.parametrize("address", ["/", "/preferences", "/jury?appel=a&q=b#c", "/appels/x/dossiers?tri=-aide"])
def test_addresses_of_the_room(address: str) -> None:
    assert inside(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "preferences",
        "https://ailleurs.example",
        "//ailleurs.example",
        "///ailleurs.example",
        "/\\ailleurs.example",
        "\\\\ailleurs.example",
        "/\t/ailleurs.example",
        "/\r\nset-cookie: a=b",
        "\u00a0//ailleurs.example",
        "javascript:alert(1)",
        "http:/ailleurs.example",
    ],
)
def test_addresses_that_are_none(client: Browse, people: dict[str, Person], address: str) -> None:
    assert inside(address) == "/"
    assert _enter(client(None), suite=address).headers["location"] == "/"
    assert client(people["juror"]).get("/connexion", params={"suite": address}).headers["location"] == "/"


def test_what_was_typed_is_shown_as_text(client: Browse, people: dict[str, Person]) -> None:
    hostile = '"><script>alert(1)</script>'
    page = _enter(client(None), hostile, "un mot de passe tapé", suite=hostile).text
    assert "<script>alert" not in page
    assert "un mot de passe tapé" not in page
