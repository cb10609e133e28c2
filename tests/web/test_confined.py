"""What a juror may not see is nowhere: not in a page, a list, a count, an export, nor in how they are refused."""

import io
from collections.abc import Iterator
from zipfile import ZipFile, is_zipfile

import pytest
from httpx2 import Response

from store.people import deliberations, jurors_desk
from store.people.jurors_desk import DeskFilter, ReadingState
from store.people.room import Room
from tests.databases import Bare
from tests.web.requests import routes, written
from tests.web.surface import BEARER, HELD_WORDS, SECRET, THEIR_WORDS, Surface, surface

ROUTES = routes()
OF_DOSSIER = [route for route in ROUTES if "{dossier_id}" in route]
READ = [route for route in ROUTES if route.startswith("GET")]
SEARCHES = (
    *(f"/jury?etat={state}" for state in ReadingState),
    "/jury?q=secret",
    "/appels/alpc-2016/dossiers?recherche=secret",
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, bare: Bare) -> Iterator[Surface]:
    """The jury is in session on the dossier."""
    with surface(tmp_path_factory.mktemp("opened"), bare, opened=True) as made:
        yield made


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory, bare: Bare) -> Iterator[Surface]:
    """Each juror still reads alone, and one has answered."""
    with surface(tmp_path_factory.mktemp("planned"), bare, opened=False) as made:
        yield made


def _said(answer: Response) -> str:
    """All that an answer holds, in files too: those of word processors and spreadsheets are archives."""
    content = answer.content
    if is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return f"{answer.headers}\n{content.decode(errors='replace')}"


@pytest.mark.parametrize("role", ["conflicted", "outsider"])
@pytest.mark.parametrize("route", OF_DOSSIER)
def test_a_dossier_in_conflict_is_refused_as_one_that_does_not_exist(opened: Surface, role: str, route: str) -> None:
    answers = []
    for which in (opened.names["dossier_id"], "0" * len(opened.names["dossier_id"])):
        method, address, more = written(route, {**opened.names, "dossier_id": which})
        answers.append(opened.ask(role, method, address, **more))
    told, unknown = ((answer.status_code, answer.headers.get("location"), answer.text) for answer in answers)
    assert told == unknown
    assert told[0] in (403, 404)


@pytest.mark.parametrize("role", ["conflicted", "outsider"])
def test_nothing_that_they_open_names_the_dossier(opened: Surface, role: str) -> None:
    kept_back = (opened.names["dossier_id"], SECRET, BEARER, THEIR_WORDS, HELD_WORDS)
    requests = [written(route, opened.names) for route in READ] + [("GET", address, {}) for address in SEARCHES]
    read = 0
    for method, address, more in requests:
        answer = opened.ask(role, method, address, **more)
        asked = f"{address} {more}"
        if answer.status_code < 400:
            read += 1
            assert [words for words in kept_back if words in _said(answer)] == [], asked
    assert read > 8


def test_no_count_holds_the_dossier(opened: Surface) -> None:
    room: Room = opened.application.state.room
    viewer = opened.people["conflicted"].viewer
    with room.reading() as reading:
        counts = jurors_desk.counts(reading, viewer, DeskFilter("alpc-2016", 12))
        sessions = deliberations.every(reading, viewer)
    assert sum(counts.values()) == 1
    assert [(line.dossiers, line.settled) for line in sessions] == [(1, 0), (1, 0)]


@pytest.mark.parametrize("role", ["juror", "chair", "conflicted", "outsider", "instructor", "administrator"])
def test_others_answers_are_nowhere_while_each_reads_alone(planned: Surface, role: str) -> None:
    markers = [f"/jury/dossiers/{{dossier_id}}/lecture?repere={planned.names[name]}" for name in ("second_marker",)]
    for route in (*ROUTES, *(f"GET {address}" for address in (*markers, *SEARCHES))):
        method, address, more = written(route, planned.names)
        answer = planned.ask(role, method, address, **more)
        assert THEIR_WORDS not in _said(answer), route
        if method != "GET":
            planned.put_back()


def test_an_administrator_never_reads_an_answer(opened: Surface) -> None:
    for route in READ:
        method, address, more = written(route, opened.names)
        said = _said(opened.ask("administrator", method, address, **more))
        assert THEIR_WORDS not in said, route
        assert HELD_WORDS not in said, route


def test_these_words_are_where_they_may_be_read(planned: Surface, opened: Surface) -> None:
    """Or the tests above would find nothing, whatever pages show."""
    names = opened.names
    before_the_jury = f"/deliberations/{names['session_id']}/dossiers/{names['dossier_id']}?repere={names['marker_id']}"
    assert THEIR_WORDS in _said(planned.ask("auditor", "GET", f"/audit/dossiers/{planned.names['dossier_id']}"))
    assert THEIR_WORDS in _said(opened.ask("chair", "GET", before_the_jury))
    minutes = _said(opened.ask("chair", "GET", f"/deliberations/{names['session_id']}/proces-verbal.docx"))
    assert SECRET in minutes
    assert HELD_WORDS in minutes
