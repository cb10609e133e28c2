"""An instructor, from a deposit to the export of what was decided."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people.accounts import Person
from tests.web.journeys.conftest import SignIn
from tests.web.material import Made, make_dossier, write_pdf


@pytest.fixture
def made(store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> tuple[Made, ...]:
    """Two dossiers, read and analysed; the second lacks its first field and asks for less."""
    lacking = {call.fields[0].id: SectionStatus.ABSENT}
    return (
        make_dossier(store, tmp_path / "pdf", call, "Lavoir"),
        make_dossier(store, tmp_path / "pdf", call, "Moulin", statuses=lacking, bearer="Les Ailes", aid=5000),
    )


def test_files_are_deposited(sign_in: SignIn, people: dict[str, Person], tmp_path: Path) -> None:
    page = sign_in("instructor")
    page.get_by_role("link", name="Dépôts d’ALPC").click()
    page.get_by_label("Choisir des PDF ou des archives .zip").set_input_files(
        [write_pdf(tmp_path / "Un.pdf"), write_pdf(tmp_path / "Deux.pdf")]
    )
    page.get_by_label("Nom de ce dépôt").fill("Courrier du matin")
    page.get_by_role("button", name="Déposer").click()
    page.wait_for_url("**/depots/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Courrier du matin")
    expect(page.locator("main")).to_contain_text("2\N{NO-BREAK SPACE}fichiers")


def test_what_a_deposit_will_form_is_said_before_it_is_sent(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("instructor")
    page.get_by_role("link", name="Dépôts d’ALPC").click()
    (tmp_path / "lot.zip").write_bytes(b"PK")
    (tmp_path / "notes.docx").write_bytes(b"notes")
    said = page.get_by_role("region", name="Ce que ce dépôt va former")
    expect(said).to_be_hidden()
    files = [write_pdf(tmp_path / "Un.pdf"), tmp_path / "lot.zip", tmp_path / "notes.docx"]
    page.get_by_label("Choisir des PDF ou des archives .zip").set_input_files(files)
    expect(said).to_contain_text("1 dossier sera formé, et ceux de l’archive « lot.zip » à l’arrivée")
    expect(said.get_by_role("listitem")).to_have_text(["Un : 1 PDF"])
    expect(page.locator("main")).to_contain_text("Laissé de côté")
    page.get_by_label("Un seul dossier").check()
    expect(said).to_contain_text("donnez-lui un nom")
    page.get_by_label("Nom de ce dépôt").fill("Jardins")
    expect(said.get_by_role("listitem")).to_have_text(["Jardins : 1 PDF et ce que contient l’archive"])
    page.get_by_role("button", name="Déposer").click()
    page.wait_for_url("**/depots/*")
    expect(page.locator("main")).to_contain_text("tenus pour un seul dossier")


def test_from_triage_to_export(sign_in: SignIn, made: tuple[Made, ...], call: Call) -> None:
    page = sign_in("instructor")
    page.get_by_role("link", name="Dossiers d’ALPC").click()
    _mark_and_undo(page)
    _find(page)
    page.get_by_role("link", name="Moulin").click()
    _prove(page)
    _correct(page, call)
    page.goto(f"/appels/{call.id}/dossiers?tri=nom")
    page.locator("summary", has_text="Exporter").click()
    with page.expect_download() as awaited:
        page.get_by_role("link", name="Tableur (.xlsx), complet").click()
    assert awaited.value.path().read_bytes().startswith(b"PK")


def _mark_and_undo(page: Page) -> None:
    """Both dossiers are marked complete at once, and then no more."""
    page.get_by_role("checkbox", name="Cocher Lavoir").check()
    page.get_by_role("checkbox", name="Cocher Moulin").check()
    expect(page.locator("[data-picked]")).to_contain_text("2\N{NO-BREAK SPACE}dossiers cochés")
    page.locator("summary", has_text="Marquer").click()
    page.get_by_role("button", name="Complet", exact=True).click()
    expect(page.locator("main")).to_contain_text("Dans 2\N{NO-BREAK SPACE}de ces dossiers")
    page.get_by_role("button", name="Marquer comme complets").click()
    expect(page.locator("tbody")).not_to_contain_text("à instruire")
    page.get_by_role("button", name="Annuler").first.click()
    expect(page.locator("tbody")).to_contain_text("à instruire")


def _find(page: Page) -> None:
    page.get_by_label("Chercher dans tous les textes").fill("Ailes")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator("#total")).to_contain_text("dans ce filtre")
    page.get_by_role("link", name="Tout retirer").click()
    expect(page.locator("#total")).to_contain_text("2\N{NO-BREAK SPACE}dossiers")


def _prove(page: Page) -> None:
    """A proof leads to its words on the page."""
    proof = page.locator("#champs [data-place]").first
    page.locator(".viewer-page--drawn").first.wait_for()
    proof.click()
    expect(page.locator(".viewer-mark--current .viewer-mark-box").first).to_be_in_viewport()


def _correct(page: Page, call: Call) -> None:
    """A field decided otherwise than the program says, with a note; both words stay."""
    field = page.locator("#champs [data-item]").first
    expect(field.get_by_role("heading", level=3)).to_contain_text(call.fields[0].title[:12])
    field.locator("summary", has_text="Note").click()
    field.get_by_role("textbox").fill("Vu en annexe.")
    field.get_by_role("button", name="Présent").click()
    field = page.locator("#champs [data-item]").first
    expect(field).to_contain_text("décidé")
    expect(field).to_contain_text("Vu en annexe.")
    expect(field).to_contain_text("absent")
    expect(page.locator("[data-decided]")).to_have_text("1")
