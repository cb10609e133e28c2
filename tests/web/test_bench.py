"""The store that the measures of the room are made on, and the walk that they take through it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.routing import APIRoute
from starlette.routing import Match

from pipeline.calls.parser import load_call
from store.database import open_store
from store.people import decisions, triage
from store.people.filters import Filter
from store.people.room import open_room
from store.people.viewers import Role, Viewer
from web.bench.__main__ import main
from web.bench.pages import EXPORTS, NOT_ASKED, PAGES
from web.bench.walk import walkers
from web.screens import ROUTERS

EVERYONE = Viewer(1, Role.ADMINISTRATOR)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("bench") / "home"
    done = CliRunner().invoke(main, ["fill", "--home", str(home), "--dossiers", "40", "--jurors", "20"])
    assert done.exit_code == 0, done.output
    return home


def test_a_filled_room_is_whole_and_its_journal_sound(filled: Path) -> None:
    assert open_store(filled).verify().sound
    with open_room(filled).reading() as reading:
        rows = triage.every(reading, EVERYONE, "alpc-2016", Filter())
    assert len(rows) == 40
    assert {row.machine.reading for row in rows} >= {"analysed", "waiting"}
    assert any(row.people.jurors for row in rows)


def test_all_that_was_read_is_decided_on_as_at_the_end_of_a_season(filled: Path) -> None:
    with open_room(filled).reading() as reading:
        decided = decisions.on_fields(reading, EVERYONE, "alpc-2016")
    assert len(decided) == 36  # the others wait to be read
    assert min(map(len, decided.values())) >= 4


def test_the_juror_asked_alone_has_a_reading_to_show(filled: Path) -> None:
    crowd = walkers(open_room(filled), load_call("alpc-2016"), 12)
    names = {step.name for step in max((one.steps for one in crowd if one.role is Role.JUROR), key=len)}
    assert {"Dossier du juré", "Salle de lecture", "Ma lecture"} <= names


def test_a_room_is_never_filled_twice(filled: Path) -> None:
    again = CliRunner().invoke(main, ["fill", "--home", str(filled)])
    assert again.exit_code == 2
    assert "existe déjà" in again.output


def test_everyone_gets_every_page_and_what_they_write_is_taken(filled: Path) -> None:
    asked = ["load", "--home", str(filled), "--times", "1", "--people", "12", "--seconds", "6"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert re.findall(r"(\d+) erreur.*?, (\d+) refus", done.output) == [("0", "0"), ("0", "0")]
    named = set(re.findall(r"^\| ([^|]+?) \|", done.output, re.MULTILINE))
    assert {name for pages in (*PAGES.values(), *EXPORTS.values()) for name, _ in pages} <= named
    assert {"Décision (écrit)", "Brouillon (écrit)", "Réponse soumise (écrit)"} <= named


def test_no_two_instructors_act_on_the_same_dossiers(filled: Path) -> None:
    crowd = walkers(open_room(filled), load_call("alpc-2016"), 30)
    acting = [one for one in crowd if one.role in (Role.INSTRUCTOR, Role.ADMINISTRATOR)]
    assert len({one.department for one in acting}) == len({one.decides_on for one in acting}) == len(acting) == 8
    assert not any(one.department or one.decides_on for one in crowd if one not in acting)


def test_every_address_of_the_room_is_asked_for() -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    pages = [address for held in (*PAGES.values(), *EXPORTS.values()) for _, address in held]
    asked = {_route_of(routes, address.partition("?")[0]) for address in pages} | set(NOT_ASKED)
    held = {route.path for route in routes if "GET" in (route.methods or ())}
    assert held - asked == set()
    assert set(NOT_ASKED) <= held


def _route_of(routes: list[APIRoute], address: str) -> str | None:
    """The path of the route that answers an address; a name in braces stands for any number."""
    scope = {"type": "http", "method": "GET", "path": re.sub(r"\{\w+\}", "1", address)}
    found = (route.path for route in routes if route.matches(scope)[0] is Match.FULL)
    return next(found, None)
