"""What tells one deposit from another in the list, and what is said of those that are under way."""

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.calls.model import Call
from store.database import Store
from store.index import Likeness, Status
from store.intakes import Grouping, Intake, IntakeState, Result
from store.keys import ROOM_BATCH
from store.people.accounts import Person
from store.people.deposits import Drop, LikeOne, Outcome
from store.records import NewFile
from tests.web.conftest import Browse
from web.views.deposits import drops, follow

_AT = datetime(2026, 11, 21, 21, 46, tzinfo=UTC)


def test_pieces_that_are_added_are_named_by_their_dossier_and_files_tell_deposits_apart(
    client: Browse, people: dict[str, Person], store: Store, call: Call
) -> None:
    browser = client(people["instructor"])
    dossier = store.deposit(call.id, ROOM_BATCH, "le-radeau", [NewFile("a.pdf", b"%PDF-1.7")])
    opening = f"/appels/{call.id}/depots/ouvrir"
    browser.post(opening, data={"grouping": "together", "dossier": dossier.id})
    browser.post(opening, data={"grouping": "separate"})
    browser.post(opening, data={"grouping": "together", "dossier": dossier.id, "name": "Courrier"})
    page = browser.get(f"/appels/{call.id}/depots").text.replace("\N{NO-BREAK SPACE}", " ")
    assert ">Pièces ajoutées : le-radeau</a>" in page
    assert page.count(">Dépôt du ") == 1
    assert ">Courrier</a>" in page
    assert page.count("pas encore formés") == 3


def test_a_deposit_is_told_by_its_files_and_by_its_dossiers_once_they_are_known() -> None:
    waiting = Drop(1, "Lot", IntakeState.READY, "person:1", _AT, 8, 0, 0, 0, "bilan.pdf")
    ended = replace(waiting, id=2, state=IntakeState.DONE, files=1)
    first, second = drops([waiting, ended], {1: "Inès"})
    assert (first.holds.replace("\N{NO-BREAK SPACE}", " "), first.formed) == ("bilan.pdf et 7 autres", False)
    assert (second.holds, second.formed) == ("bilan.pdf", True)


def test_the_program_has_not_ended_while_a_deposit_is_under_way() -> None:
    intake = Intake(1, "a", "Lot", Grouping.SEPARATE, "person:1", _AT, IntakeState.RUNNING, None, None)
    like = LikeOne("f" * 64, "Autre", Likeness.SAME_FILE, 1.0)
    read = Outcome("a", Result.NEW, None, "e" * 64, "a", Status.ANALYSED, None, False, False, (like,), 1)
    assert "a fini" not in follow(intake, [read], may_retry=True).said
    ended = replace(intake, state=IntakeState.DONE)
    assert "a fini" in follow(ended, [read], may_retry=True).said
