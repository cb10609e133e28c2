"""An instructor who is sent files under the name of a known dossier, then one more piece of it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from flows.intake import deposit_intake
from flows.settings import Settings
from flows.tools import Tools
from pipeline.calls.model import Call
from store import intakes, settling
from store.database import Store
from store.keys import ROOM_BATCH
from store.people.accounts import Person
from tests.web.journeys.conftest import SignIn
from tests.web.material import Made, make_dossier, write_pdf


@pytest.fixture
def known(store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Made:
    assert people  # the call is open
    return make_dossier(store, tmp_path / "pdf", call, "Lavoir", bearer="Les Jardins")


def work(store: Store, home: Path) -> None:
    """What the worker does before it reads."""
    tools = Tools(Settings(home=home), store, None, None)  # type: ignore[arg-type]
    with store.writing() as writing:
        settling.settle_chosen(writing, ROOM_BATCH)
        taken = intakes.take(writing)
    if taken is not None:
        deposit_intake(tools, taken)
    with store.writing() as writing:
        intakes.end_those_done(writing)


def test_files_under_a_known_name_are_asked_about(
    sign_in: SignIn, known: Made, store: Store, home: Path, call: Call, tmp_path: Path
) -> None:
    page = sign_in("instructor")
    page.get_by_role("link", name="Dépôts d’ALPC").click()
    other = write_pdf(tmp_path / "Lavoir.pdf", [["Un tout autre projet"]])
    page.get_by_label("Choisir des PDF ou des archives .zip").set_input_files(other)
    page.get_by_role("button", name="Déposer").click()
    page.wait_for_url("**/depots/*")
    work(store, home)
    expect(page.locator("#suivi")).to_contain_text("1 dossier attend votre réponse.")
    expect(page.locator("#reponses")).to_contain_text("Les Jardins")
    page.goto("/appels")
    page.get_by_role("link", name="1 dossier à préciser").click()
    page.get_by_role("listitem").filter(has_text="1 dossier à préciser").get_by_role("link").click()
    page.get_by_role("button", name="C’est un autre candidat").click()
    expect(page.locator("#reponses")).to_contain_text("un nouveau dossier va être formé")
    work(store, home)
    expect(page.get_by_role("link", name="Lavoir (2)")).to_be_visible()
    assert store.dossier(known.dossier.id).deposit == 1


def test_a_folder_chosen_alone_says_what_it_will_form(sign_in: SignIn, call: Call, tmp_path: Path) -> None:
    page = sign_in("instructor")
    page.get_by_role("link", name="Dépôts d’ALPC").click()
    folder = tmp_path / "Lescar"
    folder.mkdir()
    write_pdf(folder / "projet.pdf")
    said = page.get_by_role("region", name="Ce que ce dépôt va former")
    page.get_by_label("Choisir un dossier entier").set_input_files(folder)
    expect(said.get_by_role("listitem")).to_have_text(["Lescar : 1 PDF"])
    expect(said).not_to_contain_text("Un seul dossier")
    write_pdf(folder / "budget.pdf")
    page.get_by_label("Choisir un dossier entier").set_input_files(folder)
    expect(said.get_by_role("listitem")).to_have_text(["budget : 1 PDF", "projet : 1 PDF"])
    expect(said).to_contain_text("Si ce sont les pièces d’un même candidat, choisissez « Un seul dossier »")


def test_a_piece_is_added_from_the_page_of_its_dossier(
    sign_in: SignIn, known: Made, store: Store, home: Path, tmp_path: Path
) -> None:
    page = sign_in("instructor")
    page.goto(f"/dossiers/{known.dossier.id}")
    page.get_by_role("link", name="fichiers reçus").click()
    page.get_by_role("link", name="Ajouter des pièces").click()
    expect(page.locator("main")).to_contain_text("est ajouté au dossier Lavoir")
    page.get_by_label("Choisir des PDF ou des archives .zip").set_input_files(
        write_pdf(tmp_path / "rib.pdf", [["RIB"]])
    )
    page.get_by_role("button", name="Déposer").click()
    page.wait_for_url("**/depots/*")
    work(store, home)
    page.get_by_role("link", name="Lavoir").first.click()
    page.get_by_role("link", name="fichiers reçus").click()
    last = page.get_by_role("region", name="Dépôt 2")
    expect(last).to_contain_text("Pièces ajoutées par Instructor")
    expect(last.get_by_role("link", name="rib.pdf")).to_be_visible()
    expect(page.get_by_role("region", name="Dépôt 1")).not_to_contain_text("rib.pdf")
