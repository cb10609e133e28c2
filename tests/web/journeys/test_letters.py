"""A letter that asks for pieces, and a note without a decision: what is typed stays, whoever comes back to it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people.accounts import Person
from store.records import Action
from tests.web.conftest import PASSWORD
from tests.web.journeys.conftest import SignIn, enter
from tests.web.material import Made, make_dossier
from web.french import day, today

SAVED = "[data-saved-for=courrier][data-state=saved]"  # all that was typed until now
ALONE = "Note enregistrée sans décision\N{NO-BREAK SPACE}: vous seul la voyez."


@pytest.fixture
def made(store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Made:
    """A dossier read and analysed that lacks its first field."""
    assert people
    return make_dossier(store, tmp_path / "pdf", call, "Lavoir", statuses={call.fields[0].id: SectionStatus.ABSENT})


def _write(page: Page, made: Made) -> None:
    """Comes to the letter, once the first field is decided absent."""
    page.goto(f"/dossiers/{made.dossier.id}")
    card = page.locator(".item--current")
    card.get_by_role("button", name="Absent").click()
    expect(card.locator(".saved")).to_have_text("Enregistré.")
    page.get_by_role("link", name="Courrier").click()


def test_a_letter_from_its_first_word_to_the_day_of_the_reply(
    sign_in: SignIn, made: Made, people: dict[str, Person], store: Store
) -> None:
    page = sign_in("instructor")
    _write(page, made)
    letter = page.get_by_label("Texte du courrier")
    later = today() + timedelta(days=40)
    page.get_by_label("Réponse attendue le").fill(later.isoformat())
    page.get_by_label("Réponse attendue le").blur()
    expect(letter).to_have_value(re.compile(f"au plus tard le {day(later)}"))
    expect(page.locator(SAVED)).to_contain_text("Enregistré à")
    letter.fill(f"{letter.input_value()} À bientôt.")
    expect(page.locator(SAVED)).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Fichier .docx").click()
    assert re.search(r"\d{4}-\d\d-\d\d\.docx$", taken.value.suggested_filename)
    page.get_by_role("button", name="Quitter").click()
    enter(page, people["instructor"].login or "", PASSWORD)
    page.goto(f"/dossiers/{made.dossier.id}/courrier")
    expect(letter).to_have_value(re.compile(r"À bientôt\.$"))
    letter.press("Control+End")
    letter.press_sequentially(" Merci.")
    page.get_by_role("button", name="Marquer comme envoyé").click()
    expect(page.locator(".letter__sheet")).to_contain_text("À bientôt. Merci.")
    expect(page.locator("input[name=champ]:checked")).to_have_count(1)
    page.get_by_role("button", name="Marquer comme envoyé").click()
    expect(page.locator("#suivi .letters")).to_contain_text(f"réponse attendue le {day(later)}")
    expect(page.locator(".dossier-head")).to_contain_text("pièces demandées")
    auditor = sign_in("auditor")
    auditor.goto(f"/dossiers/{made.dossier.id}#suivi")
    auditor.locator("#suivi .letters a").click()
    expect(auditor.locator(".letter__sheet")).to_contain_text("À bientôt. Merci.")
    (told,) = store.journal(action=Action.LETTER_SENT)
    expect(auditor.locator("main")).to_contain_text(str(told.data["letter"]))
    assert store.verify().sound


def test_two_who_write_the_same_letter_lose_no_word(sign_in: SignIn, made: Made) -> None:
    mine = sign_in("instructor", expected="409 (Conflict)")
    _write(mine, made)
    letter = mine.get_by_label("Texte du courrier")
    theirs = sign_in("administrator")
    theirs.goto(f"/dossiers/{made.dossier.id}/courrier")
    theirs.get_by_label("Texte du courrier").fill("Celui de l’administration.")
    expect(theirs.locator(SAVED)).to_be_visible()
    letter.fill("Le mien.")
    expect(mine.locator(".conflict")).to_contain_text("Celui de l’administration.")
    mine.get_by_role("button", name="Garder ce que j’ai écrit ici").click()
    expect(mine.locator(SAVED)).to_be_visible()
    theirs.reload()
    expect(theirs.get_by_label("Texte du courrier")).to_have_value("Le mien.")
    theirs.locator("details.former summary").click()
    expect(theirs.locator("details.former")).to_contain_text("Celui de l’administration.")


def test_a_note_without_a_decision_stays_its_author_s_until_it_is_left(
    sign_in: SignIn, made: Made, people: dict[str, Person]
) -> None:
    page, first = sign_in("instructor"), f"#champ-{made.analysis.sections[0].id}"
    page.goto(f"/dossiers/{made.dossier.id}")
    card = page.locator(first)
    card.locator("summary", has_text="Note").click()
    card.get_by_role("textbox").fill("À vérifier avec le porteur.")
    expect(card.locator(".saved")).to_have_text(ALONE)
    page.get_by_role("button", name="Quitter").click()
    enter(page, people["instructor"].login or "", PASSWORD)
    page.goto(f"/dossiers/{made.dossier.id}")
    expect(card.get_by_role("textbox")).to_have_value("À vérifier avec le porteur.")
    expect(card.locator("summary", has_text="Note")).to_contain_text("non rattachée à une décision")
    other = sign_in("administrator")
    other.goto(f"/dossiers/{made.dossier.id}")
    expect(other.locator(first)).not_to_contain_text("À vérifier")
    page.get_by_role("button", name="Laisser cette note sans décider").click()
    expect(card.locator(".said--human")).to_contain_text("À vérifier avec le porteur.")
    other.reload()
    expect(other.locator(first).locator(".said--human")).to_contain_text("À vérifier avec le porteur.")
    expect(page.locator("[data-decided]").first).to_have_text("0")
