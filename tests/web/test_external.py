from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx2 import Response
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from store.people import accounts
from store.people.accounts import Person
from store.people.room import Room
from store.people.viewers import Role
from tests.web.conftest import Browse, Browser, known
from tests.web.provider import CLIENT, SECRET, Provider, serving
from web.settings import RoomSettings


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving(Provider()) as provider:
        yield provider


@pytest.fixture
def settings(home: Path, database: str | None, provider: Provider) -> RoomSettings:
    return RoomSettings(
        home=home,
        database=database,
        oidc_issuer=provider.address,
        oidc_client=CLIENT,
        oidc_secret=SecretStr(SECRET),
        oidc_name="le compte de l’essai",
    )


def _sign_on(browser: Browser, provider: Provider, suite: str = "/preferences") -> Response:
    left = browser.get("/connexion/externe", params={"suite": suite})
    assert left.status_code == 302
    return browser.get(provider.authorize(left.headers["location"]))


def test_the_door_offers_it_and_asks_for_what_it_should(client: Browse, provider: Provider) -> None:
    browser = client(None)
    assert "Se connecter avec le compte de l’essai" in browser.get("/connexion").text
    left = browser.get("/connexion/externe")
    asked = parse_qs(urlsplit(left.headers["location"]).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://room.test/connexion/retour"]
    assert set(asked["scope"][0].split()) == {"openid", "email", "profile"}
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    cookie = left.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "path=/connexion;" in cookie
    assert SECRET not in left.headers["location"]


def test_without_settings_there_is_no_such_door(client: Browse, application, people) -> None:  # type: ignore[no-untyped-def]
    application.state.sign_on = None
    assert client(None).get("/connexion/externe").status_code == 404
    assert client(None).get("/connexion/retour").status_code == 404


def test_a_known_person_enters_and_is_tied(
    client: Browse, people: dict[str, Person], room: Room, provider: Provider
) -> None:
    browser = client(None)
    back = _sign_on(browser, provider)
    assert (back.status_code, back.headers["location"]) == (303, "/preferences")
    assert "Juror" in browser.get("/preferences").text
    assert known(room, "juror").signs_on
    provider.claims = {"sub": "42", "preferred_username": "someone-else"}  # the tie holds, not the name
    again = client(None)
    assert _sign_on(again, provider).status_code == 303
    assert "Juror" in again.get("/preferences").text


def test_a_verified_address_is_a_login_and_another_is_not(
    client: Browse, people: dict[str, Person], room: Room, provider: Provider
) -> None:
    with room.writing("machine") as writing:
        accounts.add(writing, "aya@region.fr", "Aya Ndiaye", Role.INSTRUCTOR, None)
    provider.claims = {"sub": "7", "email": "Aya@region.fr", "email_verified": False}
    assert _sign_on(client(None), provider).status_code == 403
    provider.claims["email_verified"] = True
    assert _sign_on(client(None), provider).status_code == 303


def test_who_has_no_open_account_is_told(
    client: Browse, people: dict[str, Person], room: Room, provider: Provider
) -> None:
    provider.claims = {"sub": "8", "preferred_username": "inconnue"}
    answer = _sign_on(client(None), provider)
    assert answer.status_code == 403
    assert "aucun compte ouvert de Repères" in answer.text
    with room.writing("machine") as writing:
        accounts.set_active(writing, people["juror"].id, active=False)
    provider.claims = {"sub": "42", "preferred_username": "juror"}
    assert _sign_on(client(None), provider).status_code == 403
    assert not known(room, "juror").signs_on


def test_an_account_tied_to_one_is_not_given_to_another(
    client: Browse, people: dict[str, Person], provider: Provider
) -> None:
    assert _sign_on(client(None), provider).status_code == 303
    provider.claims = {"sub": "43", "preferred_username": "juror"}
    assert _sign_on(client(None), provider).status_code == 403


@pytest.mark.parametrize(
    "bend",
    [
        {"nonce": "autre"},
        {"claims": {"sub": "42", "preferred_username": "juror", "aud": "un-autre"}},
        {"claims": {"sub": "42", "preferred_username": "juror", "iss": "https://ailleurs.example"}},
        {"claims": {"sub": "42", "preferred_username": "juror", "exp": 1000}},
        {"claims": {"preferred_username": "juror"}},
        {"signs_with": "none", "algorithms": ["RS256", "none"]},
        {"signs_with": "HS256", "algorithms": ["RS256", "HS256"]},
        {"published": [RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})]},
    ],
    ids=["nonce", "audience", "issuer", "expired", "nobody", "unsigned", "shared secret", "forged"],
)
def test_what_proves_nothing_is_refused(
    client: Browse, people: dict[str, Person], room: Room, provider: Provider, bend: dict[str, object]
) -> None:
    for name, value in bend.items():
        setattr(provider, name, value)
    browser = client(None)
    answer = _sign_on(browser, provider)
    assert answer.status_code == 403
    assert "pas pu être vérifiée" in answer.text
    assert browser.get("/preferences").status_code == 303
    assert not known(room, "juror").signs_on


def test_a_return_that_was_not_begun_here_is_refused(
    client: Browse, people: dict[str, Person], provider: Provider
) -> None:
    browser, victim = client(None), client(None)
    address = provider.authorize(browser.get("/connexion/externe").headers["location"])
    assert victim.get(address).status_code == 403  # no cookie: begun in another browser
    assert browser.get(address + "x").status_code == 403  # another state
    assert browser.get(address).status_code == 403  # that attempt used up what was begun
    assert client(None).get("/connexion/retour?error=access_denied").status_code == 403


def test_keys_that_change_are_asked_again(client: Browse, people: dict[str, Person], provider: Provider) -> None:
    assert _sign_on(client(None), provider).status_code == 303
    provider.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    assert _sign_on(client(None), provider).status_code == 303


def test_nobody_is_sent_elsewhere_on_the_way(client: Browse, people: dict[str, Person], provider: Provider) -> None:
    for suite in ("https://ailleurs.example", "//ailleurs.example", "/\\ailleurs.example", "/\t/ailleurs.example"):
        assert _sign_on(client(None), provider, suite).headers["location"] == "/"


def test_a_server_that_is_another_or_is_away(client: Browse, provider: Provider) -> None:
    provider.issuer = "https://ailleurs.example"
    answer = client(None).get("/connexion/externe")
    assert answer.status_code == 503
    assert "ne répond pas comme prévu" in answer.text
