"""A relay that answers while the server is away: what was decided or noted is said not to be saved, and stays."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people.accounts import Person
from tests.web.journeys.conftest import SignIn
from tests.web.material import Made, make_dossier

_AWAY = "Le serveur ne répond pas"
_SENT = re.compile("/decisions$|/notes/brouillon$")


@pytest.fixture
def made(store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Made:
    """A dossier read and analysed that lacks its first field."""
    assert people
    return make_dossier(store, tmp_path / "pdf", call, "Lavoir", statuses={call.fields[0].id: SectionStatus.ABSENT})


def test_a_decision_and_its_note_wait_for_the_server(sign_in: SignIn, made: Made) -> None:
    page = sign_in("instructor", expected="502 (Bad Gateway)")
    page.goto(f"/dossiers/{made.dossier.id}")
    card = page.locator(".item--current")
    note, said = card.get_by_role("textbox"), card.locator(".saved")
    page.route(_SENT, lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Bad Gateway</h1>"))
    card.locator("summary", has_text="Note").click()
    note.fill("Vu en annexe.")
    expect(said).to_contain_text(f"{_AWAY}\N{NO-BREAK SPACE}: la note est gardée sur cette machine")
    card.get_by_role("button", name="Présent").click()
    expect(said).to_contain_text(f"Non enregistré\N{NO-BREAK SPACE}: {_AWAY}. Recommencez dans un instant.")
    expect(note).to_have_value("Vu en annexe.")
    page.unroute(_SENT)
    card.get_by_role("button", name="Présent").click()
    expect(card).to_contain_text("décidé")
    expect(card).to_contain_text("Vu en annexe.")
