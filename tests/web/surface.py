"""A room with something behind every address, which is put back as it was after each request that changes it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store import intakes
from store.database import Store, open_store
from store.intakes import IntakeItem, Result
from store.people import (
    accounts,
    audits,
    bulk,
    calls,
    chairing,
    collective,
    conflicts,
    decisions,
    drafts,
    labels,
    letter_drafts,
    letters,
    logins,
    outcomes,
    passages,
    planning,
    scores,
    views,
)
from store.people.accounts import Person
from store.people.audits import Population
from store.people.bulk_changes import Mark
from store.people.conflicts import ConflictKind
from store.people.decisions import Kind, Statement
from store.people.filters import Filter
from store.people.letter_drafts import Written
from store.people.passages import Choice, Place
from store.people.planning import Plan
from store.people.room import Room
from store.people.scores import Shown
from store.people.states import State
from store.people.viewers import Role
from store.records import NewFile
from tests.databases import USUAL, Bare, Kept, keep
from tests.web.conftest import PASSWORD, Browser
from tests.web.material import PASSAGES, Made, find, make_dossier
from web.application import build
from web.settings import RoomSettings

NOBODY = "nobody"
ROLES = (NOBODY, "administrator", "instructor", "juror", "conflicted", "outsider", "chair", "auditor")
"""`juror` and `chair` read the dossier, `conflicted` may not, `outsider` sits on the jury and was not given it."""
SECRET = "Le Secret du Lavoir"
"""The name of the dossier that all addresses are about."""
BEARER = "Association du Secret"
THEIR_WORDS = "zibeline"
"""A word of everything that a juror wrote on it, `third` by name, who is not among the roles."""
HELD_WORDS = "hermine"
"""A word of the value that the jury holds of a marker of it."""


@dataclass(frozen=True, slots=True)
class Surface:
    """The room, what addresses and forms are made of (`names`), and a browser for each role."""

    application: FastAPI
    people: Mapping[str, Person]
    names: Mapping[str, str]
    browsers: Mapping[str, Browser]
    kept: Kept

    def ask(self, role: str, method: str, address: str, *, signed: bool = True, **more: Any) -> Response:
        """What the browser of a role is answered; without its token where it is not `signed`."""
        browser = self.browsers[role]
        headers = {"x-csrf-token": browser.csrf} if signed and method != "GET" and browser.csrf else {}
        return browser.request(method, address, headers={**headers, **more.pop("headers", {})}, **more)

    def put_back(self) -> None:
        """Gives the database back what it held at first."""
        self.kept.put_back()
        for role, browser in self.browsers.items():
            browser.cookies.clear()
            if role != NOBODY:
                browser.cookies.set("reperes", self.names[f"token-{role}"])


@contextmanager
def surface(folder: Path, bare: Bare, *, opened: bool) -> Iterator[Surface]:
    """The dossier `SECRET` is before a session (`opened`, or planned only), « Le Moulin » before it and another."""
    home = folder / "home"
    with bare.database(USUAL, home) as database, pytest.MonkeyPatch.context() as patch:
        # Who is still there is noted from time to time: nothing in the database changes by how long tests take.
        patch.setattr(logins, "_NOTED_EVERY", logins.LONGEST)
        made = _surface(folder, RoomSettings(home=home, database=database), opened=opened)
        yield made
        made.kept.close()


def _surface(folder: Path, settings: RoomSettings, *, opened: bool) -> Surface:
    call, store, application = load_call("alpc-2016"), open_store(settings.home, settings.database), build(settings)
    room = application.state.room
    people = _people(room, call)
    secret = make_dossier(store, folder / "pdf", call, SECRET, bearer=BEARER)
    common = make_dossier(store, folder / "pdf", call, "Le Moulin")
    ids = _instructed(room, people, call, secret)
    ids |= _asked(store, call, secret) | _jury(room, people, call, secret, common, opened=opened)
    tokens, browsers = {}, {NOBODY: _browser(application)}
    for role in ROLES[1:]:
        token, browsers[role] = _logged_in(application, room, people[role])
        tokens[f"token-{role}"] = token
    span = find(secret.document, PASSAGES[0])
    names = {
        "call_id": call.id,
        "dossier_id": secret.dossier.id,
        "marker_id": call.markers[0].id,
        "second_marker": call.markers[1].id,
        "kind": "grid",
        "name": "faisabilite",
        "guide": "salle-jury",
        "image": "journal.png",
        "item_id": "leadership",
        "position": "0",
        "deposit": "1",
        "place": "0",
        "person_id": str(people["third"].id),
        "chair": str(people["chair"].id),
        "analysis": str(secret.stored.id),
        "document": secret.stored.document,
        "start": str(span.start),
        "end": str(span.end),
        **ids,
        **tokens,
    }
    return Surface(application, people, names, browsers, keep(settings.home, settings.database))


def _people(room: Room, call: Call) -> dict[str, Person]:
    roles = dict.fromkeys(("juror", "conflicted", "outsider", "chair", "third"), Role.JUROR)
    roles |= {role.value: role for role in (Role.ADMINISTRATOR, Role.INSTRUCTOR, Role.AUDITOR)}
    with room.writing("machine") as writing:
        people = {
            name: accounts.add(writing, name, f"{name.capitalize()} d'Essai", role, PASSWORD)
            for name, role in roles.items()
        }
        calls.open_call(writing, call.id, date(2016, 9, 5))
        for name, role in roles.items():
            if role is Role.JUROR:
                calls.seat(writing, call.id, people[name].id, chair=name == "chair")
    return people


def _instructed(room: Room, people: Mapping[str, Person], call: Call, secret: Made) -> dict[str, str]:
    """What instructors and auditors did: numbers by the names that addresses give them."""
    which, viewer = secret.dossier.id, people["instructor"].viewer
    digest, size = room.files.put(b"%PDF-1.4")
    with room.writing(viewer.actor) as writing:
        decisions.decide(writing, viewer, which, Statement(Kind.FIELD, "3", "thin", "Trop court."))
        written = Written("Madame, Monsieur,", None, ("3",))
        for version in (0, 2):
            kept = letter_drafts.save(writing, viewer, which, written, version)
            if not version:
                letter = letters.send(writing, viewer, which, kept, ("3",), letters.today(), None)
        label = labels.named(writing, call.id, "à revoir")
        labels.put(writing, [which], label.id)
        done = bulk.apply(writing, viewer, call.id, [which], 1, Mark(State.COMPLETE))
        views.save(writing, viewer, call.id, "Les miens", Filter(), shared=False, opens=False)
        intake = intakes.open_intake(writing, call.id, "Dépôt")
        intakes.add_file(writing, intake.id, "a.pdf", digest, size)
    with room.reading() as reading:
        view = views.every(reading, viewer, call.id)[0]
    auditor = people["auditor"].viewer
    with room.writing(auditor.actor) as writing:
        sample = audits.draw(writing, auditor, call.id, 2, Population.ALL, 5)
    return {
        "number": str(done.id),
        "letter": str(letter),
        "letter_version": str(kept),
        "view_id": str(view.id),
        "label": str(label.id),
        "intake_id": str(intake.id),
        "sample_id": str(sample),
    }


def _asked(store: Store, call: Call, secret: Made) -> dict[str, str]:
    """A deposit with a dossier of the secret's name, which waits for people to say what it is."""
    pieces = store.keep_files([NewFile("a.pdf", b"%PDF-1.4 autre")])
    with store.writing() as writing:
        intake = intakes.open_intake(writing, call.id, "À préciser")
        intakes.add_file(writing, intake.id, "a.pdf", pieces[0].sha256, pieces[0].size)
        intakes.make_ready(writing, intake.id)
        intakes.take(writing)
        waits = IntakeItem("a.pdf", Result.TO_SETTLE, dossier_id=secret.dossier.id, pieces=pieces)
        intakes.say(writing, intake.id, [waits])
        intakes.end_those_done(writing)
    return {"asked": str(intake.id)}


def _jury(
    room: Room, people: Mapping[str, Person], call: Call, secret: Made, common: Made, *, opened: bool
) -> dict[str, str]:
    """Two sessions, of which `opened` says how far the first is; the second is planned and without the secret."""
    which = secret.dossier.id
    jury = {name: people[name].id for name in ("chair", "juror", "third", "conflicted")}
    instructor, chair = people["instructor"].viewer, people["chair"].viewer

    def plan(title: str, *ids: str) -> int:
        planned = Plan(title, date(2016, 9, 28), jury["chair"], tuple(jury.values()), ids)
        with room.writing(instructor.actor) as writing:
            return planning.plan(writing, instructor, call.id, planned)

    first, second = plan("Première", which, common.dossier.id), plan("Seconde", common.dossier.id)
    for name in jury:
        with room.writing(people[name].viewer.actor) as writing:
            kind = ConflictKind.FAMILY if name == "conflicted" else None
            conflicts.declare(writing, people[name].viewer, which, kind, f"{THEIR_WORDS} cousine" if kind else "")
            conflicts.declare(writing, people[name].viewer, common.dossier.id, None)
    _write(room, people["third"], call, secret)
    if not opened:
        return {
            "session_id": str(first),
            "planned": str(second),
            "presence": "",
            "value": "",
            "outcome": "",
            "score": "0",
        }
    for name in ("juror", "chair"):
        _score(room, people[name], call.markers[0].id, secret, "Lu avec soin.")
    for marker in call.markers[1:]:
        for name in ("third", "juror", "chair"):
            _score(room, people[name], marker.id, secret, "")
    with room.writing(chair.actor) as writing:
        chairing.start(writing, chair, first)
        for marker in call.markers:
            words = HELD_WORDS if marker is call.markers[0] else ""
            collective.set_value(writing, chair, first, which, marker.id, value="Fort", comment=words, replaces=None)
        outcomes.set_outcome(writing, chair, first, which, call, "retenu", "", None)
    with room.reading() as reading:
        value = collective.values_of(reading, chair, which)[0]
        outcome = outcomes.of_dossiers(reading, chair, which)[0]
        score = scores.mine(reading, people["juror"].viewer, which)[call.markers[0].id]
    return {
        "session_id": str(first),
        "planned": str(second),
        "presence": str(value.presence),
        "value": str(value.id),
        "outcome": str(outcome.id),
        "score": str(score.id),
    }


def _write(room: Room, person: Person, call: Call, made: Made) -> None:
    """All that a juror can leave on a dossier before a session."""
    which, viewer = made.dossier.id, person.viewer
    _score(room, person, call.markers[0].id, made, f"Un {THEIR_WORDS}.")
    span = find(made.document, PASSAGES[0])
    place = Place(made.stored.document, span, made.document.quote(span))
    with room.writing(viewer.actor) as writing:
        passages.choose(writing, viewer, which, call.markers[0].id, place, Choice.ASIDE, f"Sans {THEIR_WORDS}.")
        drafts.save(writing, viewer, which, f"marker:{call.markers[1].id}", {"value": "", "comment": THEIR_WORDS}, 0)


def _score(room: Room, person: Person, marker: str, made: Made, comment: str) -> None:
    with room.writing(person.viewer.actor) as writing:
        scores.submit(
            writing,
            person.viewer,
            made.dossier.id,
            marker,
            value="Fort",
            comment=comment,
            shown=Shown(made.stored.id, made.stored.document, ()),
            replaces=None,
        )


def _browser(application: FastAPI) -> Browser:
    return Browser(application, follow_redirects=False, base_url="http://room.test")


def _logged_in(application: FastAPI, room: Room, person: Person) -> tuple[str, Browser]:
    with room.writing(person.viewer.actor) as writing:
        token = logins.open_login(writing, person)
    with room.reading() as reading:
        login = logins.find(reading, token)
    assert login is not None
    browser = _browser(application)
    browser.csrf = login.csrf
    browser.cookies.set("reperes", token)
    return token, browser
