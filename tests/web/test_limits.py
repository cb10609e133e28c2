"""What the room does not take, and what it says of what it cannot do: neither fills its memory, nor tells a dossier."""

import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.responses import StreamingResponse

from store.people import planning
from store.people.accounts import Person
from store.people.room import Room
from tests.web.conftest import PASSWORD, Browse
from tests.web.test_matrix import EXPECTED
from web.screens.deliberations import SHOWN
from web.security import bodies
from web.security.failures import CutShort
from web.security.headers import POLICY

_FORM = {"content-type": "application/x-www-form-urlencoded"}
_SECRET = "Douze voisins ont repris une friche"


def _endless() -> Iterator[bytes]:
    """A form whose length nobody says."""
    yield b"login=juror&password="
    for _ in range(200):
        yield b"a" * (1 << 20)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_a_stranger_sends_no_large_form(client: Browse, kind: str) -> None:
    answer = client(None).post("/connexion", content=b"a" * (bodies.LONGEST + 1), headers={"content-type": kind})
    if kind == "text/plain":
        assert answer.status_code in (401, 413)  # it is no form, so that it is not even read
        return
    assert answer.status_code == 413
    assert "Ce formulaire est trop volumineux" in answer.text
    assert answer.headers["content-security-policy"] == POLICY


def test_what_does_not_say_its_length_is_cut_off(client: Browse, room: Room) -> None:
    answer = client(None).post("/connexion", content=_endless(), headers=_FORM)
    assert answer.status_code == 413
    with room.reading() as reading:
        assert reading.connection.exec_driver_sql("SELECT count(*) FROM refusals").scalar_one() == 0


@pytest.mark.parametrize("route", [route for route in EXPECTED if route.startswith("POST")])
def test_no_address_takes_more_from_a_stranger(client: Browse, route: str) -> None:
    address = route.removeprefix("POST ").replace("{intake_id}", "1").replace("{session_id}", "1")
    for kind in ("application/x-www-form-urlencoded", "application/json"):
        answer = client(None).post(address, content=b"{" * (bodies.LONGEST + 1), headers={"content-type": kind})
        assert answer.status_code in (401, 413)


def test_a_long_form_within_the_limit_is_read(client: Browse, people: dict[str, Person]) -> None:
    more = {f"comment-{number}": "é" * 5000 for number in range(60)}  # six bytes each as forms send them
    data = {"login": "juror", "password": PASSWORD, **more}
    assert client(None).post("/connexion", data=data).status_code == 303


def test_a_session_may_have_as_many_dossiers_as_it_says(client: Browse, people: dict[str, Person]) -> None:
    """Three fields for each of those chosen, two for each of those that the page shows beside them."""
    ids = [f"{number:064}" for number in range(planning.MOST_DOSSIERS + SHOWN)]
    chosen = ids[: planning.MOST_DOSSIERS]
    form = {"appel": "alpc-2016", "dossier": chosen, "ligne": ids, "rang": ["1"] * len(ids)}
    answer = client(people["instructor"]).post("/deliberations/nouvelle", data=form)
    assert "Indiquez le jour de la séance" in answer.text


@pytest.fixture
def failing(application: FastAPI) -> FastAPI:
    """With two addresses that fail, of which one has begun to answer."""

    def fail() -> None:
        raise ValueError(_SECRET)

    def half() -> StreamingResponse:
        def content() -> Iterator[bytes]:
            yield b"le d"
            raise ValueError(_SECRET)

        return StreamingResponse(content())

    application.get("/panne/{what}")(fail)
    application.get("/moitie")(half)
    return application


def test_what_fails_is_told_without_what_it_was_about(
    failing: FastAPI, client: Browse, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = client(None).get("/panne/secret-de-dossier")
    assert answer.status_code == 500
    assert "Une erreur inattendue s’est produite" in answer.text
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["cache-control"] == "private, no-store"
    (told,) = [record for record in caplog.records if record.name == "reperes.room"]
    assert told.exc_info is None
    assert "unexpected ValueError on /panne/{what}, at test_limits.py:" in told.getMessage()
    assert "secret" not in caplog.text.replace("http://room.test/panne/secret-de-dossier", "")
    assert _SECRET not in caplog.text + answer.text
    script = client(None).get("/panne/x", headers={"accept": "application/json"})
    assert script.json()["code"] == "unexpected"


def test_what_fails_half_way_is_cut_short(failing: FastAPI, client: Browse) -> None:
    with pytest.raises(CutShort) as caught:
        client(None).get("/moitie")
    assert caught.value.__cause__ is None
    assert _SECRET not in str(caught.value)
