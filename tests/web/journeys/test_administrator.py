"""An administrator: accounts made and shut, calls opened, set and closed."""

from playwright.sync_api import Page, expect

from tests.web.chromium import Windows
from tests.web.journeys.conftest import SignIn, enter

LOGIN, OWN = "aya.ndiaye", "quatre mots sans rapport"


def test_an_account_from_its_making_to_its_end(sign_in: SignIn, windows: Windows, address: str) -> None:
    page = sign_in("administrator")
    given = _make_account(page)
    theirs = windows.open(address)
    _enter_and_change(theirs, given)
    _shut_account(page)
    theirs.reload()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Connexion")
    windows.expected.append("401")
    theirs.get_by_label("Identifiant").fill(LOGIN)
    theirs.get_by_label("Mot de passe").fill(OWN)
    theirs.get_by_role("button", name="Se connecter", exact=True).click()
    expect(theirs.locator("main")).to_contain_text("Identifiant ou mot de passe inconnu.")


def test_a_call_is_opened_set_and_closed(sign_in: SignIn) -> None:
    page = sign_in("administrator")
    page.get_by_role("link", name="Ouvrir un appel").click()
    page.locator("form[action='/appels/ouvrir']").get_by_role("button").first.click()
    page.get_by_label("Date limite de dépôt").fill("2030-06-28")
    page.get_by_label("Nombre de jurés qui doivent avoir répondu").fill("4")
    page.get_by_role("button", name="Enregistrer les réglages").click()
    expect(page.get_by_role("status")).to_contain_text("Les réglages de l’appel sont enregistrés.")
    page.get_by_role("link", name="Textes").click()
    expect(page.locator("main")).to_contain_text("28\N{NO-BREAK SPACE}juin\N{NO-BREAK SPACE}2030")
    page.get_by_role("link", name="Réglages").click()
    expect(page.get_by_label("Nombre de jurés qui doivent avoir répondu")).to_have_value("4")
    page.get_by_role("button", name="Clore l’appel").click()
    page.get_by_role("dialog").get_by_role("button", name="Clore l’appel").click()
    expect(page.get_by_role("status")).to_contain_text("L’appel est clos.")
    page.get_by_role("link", name="Dépôts").click()
    expect(page.get_by_role("button", name="Déposer")).to_have_count(0)


def _make_account(page: Page) -> str:
    """The password that is shown once."""
    page.get_by_role("link", name="Comptes").click()
    page.get_by_role("link", name="Ajouter un compte").click()
    page.get_by_label("Nom", exact=True).fill("Aya Ndiaye")
    page.get_by_label("Identifiant").fill(LOGIN)
    expect(page.locator("input:checked")).to_have_count(0)
    page.get_by_role("radio", name="Instruction Dépôts").check()
    page.get_by_role("button", name="Ajouter le compte").click()
    given = page.locator(".phrase").inner_text()
    page.get_by_role("link", name="C’est noté").click()
    expect(page.locator("main")).not_to_contain_text(given)
    return given


def _enter_and_change(page: Page, given: str) -> None:
    page.goto("/connexion")
    enter(page, LOGIN, given)
    expect(page.get_by_role("heading", level=1)).to_have_text("Changer de mot de passe")  # before anything else
    page.get_by_label("Mot de passe actuel").fill(given)
    page.get_by_label("Nouveau mot de passe").fill(OWN)
    page.get_by_label("Le même, une seconde fois").fill(OWN)
    page.get_by_role("button", name="Changer le mot de passe").click()
    expect(page.get_by_role("status")).to_contain_text("Votre mot de passe est changé")
    page.goto("/appels")
    expect(page.get_by_role("heading", level=1)).to_have_text("Appels")


def _shut_account(page: Page) -> None:
    page.get_by_role("button", name="Fermer le compte").click()
    page.get_by_role("dialog").get_by_role("button", name="Fermer le compte").click()
    expect(page.get_by_role("status")).to_contain_text("Le compte est fermé.")
