"""The page of a dossier as someone sees it who does not know the room."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pipeline.analysis import AnalysisStatus, SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people.accounts import Person
from tests.web.journeys.conftest import SignIn
from tests.web.material import Made, make_dossier, reanalyse


@pytest.fixture
def made(store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Made:
    """A dossier read and analysed that lacks its first field."""
    assert people
    return make_dossier(store, tmp_path / "pdf", call, "Lavoir", statuses={call.fields[0].id: SectionStatus.ABSENT})


def test_letters_are_those_of_the_part_that_opens(sign_in: SignIn, made: Made) -> None:
    page = sign_in("instructor")
    page.goto(f"/dossiers/{made.dossier.id}")
    expect(page.locator(".item--current")).to_have_id(f"champ-{made.analysis.sections[0].id}")
    page.keyboard.press("3")
    expect(page.locator(".item--current h3")).to_contain_text("Aide au-dessus du plafond")
    page.keyboard.press("n")
    expect(page.locator(".item--current .saved")).to_have_text("Enregistré.")
    expect(page.locator(".item--current")).to_contain_text("pris en note")
    page.keyboard.press("2")
    page.keyboard.press("e")
    expect(page.locator(":focus")).to_have_id("fait-porteur-valeur")


def test_nothing_is_absent_from_what_could_not_be_read(sign_in: SignIn, made: Made, store: Store) -> None:
    nothing = [replace(one, status=SectionStatus.ABSENT, evidence=()) for one in made.analysis.sections]
    another = replace(made.analysis.provenance, program_version="2")
    unread = replace(made.analysis, status=AnalysisStatus.UNREADABLE, sections=tuple(nothing), provenance=another)
    reanalyse(store, made, unread)
    page = sign_in("instructor")
    page.goto(f"/dossiers/{made.dossier.id}")
    fields = page.locator("#champs .said--machine .badge")
    expect(fields).to_have_text(["non vérifié"] * len(nothing))
    expect(page.locator("#champs .badge--absent")).to_have_count(0)


def test_who_marks_complete_is_told_what_nobody_decided(sign_in: SignIn, made: Made) -> None:
    page = sign_in("instructor")
    page.goto(f"/dossiers/{made.dossier.id}")
    bar = page.get_by_role("button", name="Marquer complet", exact=True)
    bar.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("10 champs sur 10 n’ont pas été décidés.")
    dialog.get_by_role("button", name="Annuler").click()
    expect(bar).to_be_visible()
    page.keyboard.press("c")  # confirms that the first field is absent
    expect(page.locator(".item--current")).to_contain_text("décidé")
    bar.click()
    expect(dialog).to_contain_text("9 champs sur 10 n’ont pas été décidés et 1 est décidé absent.")
    dialog.get_by_role("button", name="Marquer complet").click()
    expect(bar).to_have_count(0)


def test_a_note_is_not_cut_nor_left_behind_in_silence(sign_in: SignIn, made: Made) -> None:
    page = sign_in("instructor", expected="net::ERR_INTERNET_DISCONNECTED")
    page.goto(f"/dossiers/{made.dossier.id}")
    card = page.locator(".item--current")
    card.locator("summary", has_text="Note").click()
    note = card.get_by_role("textbox")
    page.locator(".viewer-page--drawn").first.wait_for()
    page.context.set_offline(True)
    note.fill("a" * 4400)
    limit = card.locator("[data-limit]")
    expect(limit).to_have_count(0)
    note.fill("a" * 4990)
    expect(limit).to_have_text(re.compile(r"^Encore 10\s+caractères sur 5\s000\.$"))
    note.evaluate(
        "field => { const clipboardData = new DataTransfer(); clipboardData.setData('text', 'b'.repeat(13));"
        " field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true })); }"
    )
    expect(limit).to_contain_text("il en manque la fin, 3")
    page.get_by_role("button", name="Quitter").click()
    dialog = page.get_by_role("dialog", name="Un texte n’est pas enregistré")
    dialog.get_by_role("button", name="Rester").click()
    note.fill("")
    page.context.set_offline(False)
    page.get_by_role("button", name="Quitter").click()
    page.get_by_label("Identifiant").wait_for()


def test_on_paper_the_follow_up_is_said_and_no_form_is_left(sign_in: SignIn, made: Made) -> None:
    page = sign_in("instructor")
    page.goto(f"/dossiers/{made.dossier.id}")
    follow = page.locator("#suivi")
    page.get_by_role("tab", name="Suivi").click()
    expect(follow.get_by_placeholder("Nouvelle note")).to_be_visible()
    expect(follow.locator(".on-paper").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(follow.locator("p.on-paper")).to_have_text(["à instruire", "personne", "Aucune étiquette."])
    for said in follow.locator("p.on-paper").all():
        expect(said).to_be_visible()
    for name in ("form", "input", "select", "textarea"):
        expect(follow.locator(name).locator("visible=true")).to_have_count(0)
    expect(follow.get_by_role("heading", name="Exporter")).to_be_hidden()
    expect(page.locator("#recherche")).to_be_hidden()
    expect(page.locator("#champs")).to_be_visible()
