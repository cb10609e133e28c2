"""Who chairs a jury, from the opening of a session to its minutes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.calls.model import Call
from store.database import Store
from store.people.accounts import Person
from store.people.room import Room
from tests.web.journeys.conftest import SignIn
from tests.web.jury_material import Sitting, answer, hold_all, sit


@pytest.fixture
def sitting(store: Store, room: Room, people: dict[str, Person], call: Call, tmp_path: Path) -> Sitting:
    """A planned session; two of three jurors have answered the first marker of its first dossier."""
    sitting = sit(room, store, people, call, tmp_path / "pdf", opened=False)
    for name in ("juror", "third"):
        answer(room, sitting.jurors[name], sitting.dossiers[0], call.markers[0].id, "Fort", f"Avis de {name}.")
    return sitting


def test_from_the_opening_to_the_minutes(sign_in: SignIn, sitting: Sitting, room: Room, call: Call) -> None:
    page = sign_in("chair")
    page.get_by_role("link", name="Délibérations").click()
    page.get_by_role("link", name="Jury <b>d'essai</b>").click()
    page.get_by_role("link", name="Ouvrir la séance").click()
    for person in sitting.jurors.values():
        if person.login != "chair":
            page.get_by_label(person.name).check()
    page.get_by_role("button", name="Ouvrir la séance").click()
    page.get_by_role("link", name="Le Lavoir").click()
    expect(page.locator("main")).to_contain_text("Avis de third.")
    expect(page.locator("main")).to_contain_text("l’appel en demande 3")
    expect(page.get_by_role("button", name="Enregistrer la valeur")).to_have_count(0)
    answer(room, sitting.jurors["chair"], sitting.dossiers[0], call.markers[0].id, "Faible")
    page.reload()
    _hold(page, call)
    _dismiss_only(page)
    hold_all(room, call, sitting, sitting.dossiers[0])
    page.reload()
    _settle(page)
    page.get_by_role("link", name="Graphique").click()
    expect(page.locator("figure.radar svg[role=img]")).to_be_visible()
    expect(page.locator("table")).to_contain_text("Fort")
    page.goto(f"{sitting.address}/proces-verbal")
    expect(page.locator("main")).to_contain_text("Le jury s’accorde.")
    expect(page.locator("main")).to_contain_text("Retenu")
    with page.expect_download() as awaited:
        page.get_by_role("link", name="Télécharger (.docx)").click()
    assert awaited.value.path().read_bytes().startswith(b"PK")


def _hold(page: Page, call: Call) -> None:
    """A collective value, with nothing chosen beforehand; the next marker follows."""
    form = page.locator("#arreter")
    expect(form.locator("input:checked")).to_have_count(0)
    form.get_by_role("radio", name="Fort").check()
    form.get_by_label("Ce que le jury en dit").fill("Le jury s’accorde.")
    page.get_by_role("button", name="Enregistrer la valeur").click()
    expect(page.locator(".held")).to_have_text("Fort")
    expect(page.get_by_role("heading", level=2)).to_contain_text(call.markers[1].title[:12])


def _dismiss_only(page: Page) -> None:
    """Before every marker is read, a dossier may only be set aside, for a reason."""
    page.get_by_role("link", name="Suite", exact=False).last.click()
    expect(page.locator("main")).to_contain_text("Le jury lit tous les repères avant de conclure")
    expect(page.locator("#premiere").get_by_role("radio")).to_have_count(1)


def _settle(page: Page) -> None:
    page.get_by_role("link", name="Suite", exact=False).last.click()
    form = page.locator("#premiere")
    form.get_by_role("radio").nth(1).check()
    form.get_by_label("Motif").fill("Un lieu pour tous.")
    form.get_by_role("button", name="Enregistrer la suite").click()
    expect(page.locator("main")).to_contain_text("Un lieu pour tous.")
    page.get_by_role("button", name="Arrêter la lecture du dossier").click()
    expect(page.locator(".held-head")).to_contain_text("arrêté")
