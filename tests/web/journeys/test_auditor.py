"""An auditor, from the door to the report of a sample."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.canonical import Json
from store.database import Store
from store.people import decisions
from store.people.accounts import Person
from store.people.decisions import Kind, Statement
from store.people.room import Room
from tests.web.journeys.conftest import SignIn
from tests.web.material import Made, make_dossier


@pytest.fixture
def made(store: Store, room: Room, people: dict[str, Person], call: Call, tmp_path: Path) -> Made:
    """Three dossiers; on the first an instructor has decided otherwise than the program."""
    absent = {call.fields[2].id: SectionStatus.ABSENT}
    made = make_dossier(store, tmp_path / "pdf", call, "Lavoir", statuses=absent)
    for name in ("Moulin", "Forge"):
        make_dossier(store, tmp_path / "pdf", call, name)
    instructor = people["instructor"].viewer
    with room.writing(instructor.actor) as writing:
        machine: Json = {"status": "absent", "reason": "Rien n'a été trouvé."}
        said = Statement(Kind.FIELD, call.fields[2].id, "present", "Vu en annexe.", machine, made.stored.id)
        decisions.decide(writing, instructor, made.dossier.id, said)
    return made


def test_from_the_overview_to_the_report(sign_in: SignIn, made: Made, call: Call, store: Store) -> None:
    page = sign_in("auditor")
    page.get_by_role("link", name="Audit", exact=True).click()
    page.locator("main h2 a").click()
    expect(page.locator("main")).to_contain_text("le programme est corrigé")
    _look_into_a_dossier(page, call)
    _look_at_what_was_changed(page, call)
    _read_the_journal(page, made, store)
    page.goto(f"/audit/{call.id}")
    _draw(page)
    _check(page)
    _take_the_report(page, store)


def _look_into_a_dossier(page: Page, call: Call) -> None:
    """A difference leads to its dossier, the dossier to all that was said of it, and a proof to its words."""
    page.get_by_role("table", name="Décisions en vigueur").get_by_role("link").first.click()
    page.get_by_role("link", name="Lavoir").click()
    main = page.locator("main")
    expect(main).to_contain_text(f"Raison du champ {call.fields[2].id}.")
    expect(main).to_contain_text("Vu en annexe.")
    page.get_by_role("link", name="Pièces et preuves").click()
    page.locator(".viewer-page--drawn").first.wait_for()
    page.locator("#champs [data-place]").first.click()
    expect(page.locator(".viewer-mark--current .viewer-mark-box").first).to_be_in_viewport()
    expect(page.locator("form[data-decision]")).to_have_count(0)


def _look_at_what_was_changed(page: Page, call: Call) -> None:
    """Who said otherwise than the program, when and why, in one table that can be taken away."""
    page.goto(f"/audit/{call.id}")
    page.get_by_role("link", name="Ce que des personnes ont dit d’autre que le programme").click()
    row = page.get_by_role("table", name="Décisions").locator("tbody tr")
    expect(row).to_have_count(1)
    for words in ("Lavoir", "absent. Rien n’a été trouvé.", "présent", "le programme est corrigé", "Vu en annexe."):
        expect(row).to_contain_text(words)
    with page.expect_download() as awaited:
        page.get_by_role("link", name="Exporter (.csv)").click()
    with awaited.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file, delimiter=";"))) == 2


def _read_the_journal(page: Page, made: Made, store: Store) -> None:
    """Filtered to a dossier, exported as it is shown, then verified whole."""
    page.get_by_role("link", name="Journal", exact=True).click()
    page.get_by_role("textbox", name="Dossier").fill(made.dossier.id)
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator("main")).to_contain_text("dans ce filtre")
    shown = page.get_by_role("table").locator("tbody tr").count()
    with page.expect_download() as awaited:
        page.get_by_role("link", name="Exporter (.csv)").click()
    with awaited.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file, delimiter=";"))) == shown + 1
    page.get_by_role("button", name="Vérifier le journal").click()
    expect(page.locator("#verification")).to_contain_text("Une vérification est demandée")
    assert store.verify_if_asked()
    expect(page.locator("#verification")).to_contain_text("Le journal était intact")
    expect(page.locator("#verification")).not_to_contain_text("Une vérification est demandée")


def _draw(page: Page) -> None:
    form = page.get_by_role("form", name="Tirer un échantillon")
    form.get_by_label("Nombre de dossiers").fill("2")
    form.get_by_label("Graine").fill("7")
    form.get_by_role("button", name="Tirer un échantillon").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Échantillon")
    expect(page.locator("input:checked")).to_have_count(0)


def _check(page: Page) -> None:
    """One dossier conforms, the other differs."""
    for number, result in enumerate(("Conforme", "Écart")):
        card = page.locator("section.card").filter(has=page.locator("form[action$=controles]")).nth(number)
        card.get_by_role("radio", name=result).check()
        card.get_by_label("Note").fill(f"Relu en entier, {result.lower()}.")
        card.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("main")).to_contain_text("1\N{NO-BREAK SPACE}écart sur 2\N{NO-BREAK SPACE}dossiers contrôlés")


def _take_the_report(page: Page, store: Store) -> None:
    """The journal is verified again: what was checked since is to be covered too."""
    page.get_by_role("button", name="Établir le rapport").click()
    expect(page.locator("#verification")).to_contain_text("Une vérification est demandée")
    assert store.verify_if_asked()
    expect(page.locator("#verification")).to_contain_text("Rien d’autre n’a été écrit depuis.")
    with page.expect_download() as awaited:
        page.get_by_role("link", name="Télécharger (.xlsx)").click()
    workbook = load_workbook(io.BytesIO(awaited.value.path().read_bytes()))
    assert workbook.sheetnames[0] == "Rapport"
    told = " ".join(str(cell.value) for row in workbook["Rapport"].iter_rows() for cell in row)
    assert "1\N{NO-BREAK SPACE}écart sur 2\N{NO-BREAK SPACE}dossiers contrôlés" in told
    controls = [str(cell.value) for row in workbook["Contrôles"].iter_rows() for cell in row]
    assert {"Relu en entier, conforme.", "Relu en entier, écart."} <= set(controls)
