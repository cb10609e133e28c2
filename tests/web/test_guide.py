"""Help: the user guide in the room, page by page, and from each screen to what is said of it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from store.people.accounts import Person
from store.people.viewers import Role
from tests.web.conftest import Browse
from tests.web.journeys.pages.walk import NOBODY, PAGES
from tests.web.requests import routes
from web.guide import pages, places
from web.guide.pages import FIRST, NAMES
from web.guide.rendering import rendered
from web.guide.topics import TOPICS, topic_of

_ABOUT_ITSELF = "/aide/{guide}"


class _Found(HTMLParser):
    """The links, pictures, tags and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: dict[str, str] = {}
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes |= set(told)
        if tag == "a":
            self.links.append(told["href"])
        if tag == "img":
            self.pictures[told["src"]] = told["alt"]


@pytest.mark.parametrize("role", Role)
def test_each_role_has_its_own_page_first_and_every_other_beside(role: Role) -> None:
    own, others = (tuple(entry.name for entry in entries) for entries in (pages.own(role), pages.others(role)))
    assert own == FIRST[role]
    assert sorted((*own, *others)) == sorted(NAMES)


def test_help_leads_to_the_page_of_the_role(client: Browse, people: dict[str, Person]) -> None:
    for name, first in (("juror", "salle-jury"), ("auditor", "salle-audit"), ("administrator", "salle-administration")):
        assert client(people[name]).get("/aide").headers["location"] == f"/aide/{first}"
    page = client(people["juror"]).get("/aide/salle-jury").text
    assert '<a class="top__tool" href="/aide" data-key="h"' in page
    assert '<a href="/aide/salle-jury" aria-current="page">Lire et répondre, au jury</a>' in page
    assert '<h2 id="la-salle-de-lecture">La salle de lecture</h2>' in page
    assert '<a href="#la-salle-de-lecture">La salle de lecture</a>' in page
    assert page.index("/aide/salle-deliberation") < page.index("/aide/salle-audit")


def test_pages_and_pictures_that_the_guide_has_not_are_not_here(client: Browse, people: dict[str, Person]) -> None:
    browser = client(people["juror"])
    for address in ("/aide/modeles", "/aide/images/absente.png", "/aide/images/..%2Fsalle.md", "/aide/..%2Findex"):
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_nothing_but_words_and_leads_nowhere_outside(
    name: str, client: Browse, people: dict[str, Person]
) -> None:
    browser = client(people["auditor"])
    page = pages.page(name)
    found = _Found(page.body)
    assert page.title
    assert found.tags.isdisjoint({"script", "style", "iframe", "h1"})
    assert found.attributes.isdisjoint({"style", "onclick", "onerror"})
    for link in found.links:
        there, _, section = link.partition("#")
        other = there.removeprefix("/aide/") if there else name
        assert other in NAMES, link
        assert not section or section in pages.page(other).anchors, link
    for source, words in found.pictures.items():
        assert words, source
        answer = browser.get(source)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")


def test_links_that_leave_the_guide_become_words_and_html_stays_words() -> None:
    page = rendered(
        "# Titre\n\n[réglages](reglages.md), [ailleurs](https://ailleurs.example/a.md), "
        "[jury](salle-jury.md#au-clavier), [ici](#un) <b onclick=x>gras</b> : l'eau\n\n"
        "## Un\n\n## Un\n\n| a |\n|--:|\n| b |\n",
        ("salle-jury",),
    )
    found = _Found(page.body)
    assert found.links == ["/aide/salle-jury#au-clavier", "#un"]
    assert "réglages, ailleurs," in page.body
    assert "&lt;b onclick=x&gt;" in page.body
    assert "\N{NO-BREAK SPACE}: l’eau" in page.body
    assert "<h1" not in page.body
    assert page.title == "Titre"
    assert [section.anchor for section in page.sections] == ["un", "un-2"]
    assert "style" not in found.attributes
    assert '<th class="number" scope="col">a</th>' in page.body


def test_every_section_that_a_screen_leads_to_exists() -> None:
    for name, section in TOPICS.values():
        assert name in NAMES
        assert not section or section in pages.page(name).anchors, (name, section)
    there = {route.split()[1] for route in routes()}
    unknown = [address for address in TOPICS if not any(route.startswith(address) for route in there)]
    assert unknown == []


def test_every_page_leads_to_the_section_that_speaks_of_it() -> None:
    silent = {page.route for page in PAGES if page.people != (NOBODY,) and not topic_of(page.route)}
    assert silent == {"/connexion", _ABOUT_ITSELF}
    assert topic_of("/audit/{call_id}/ecarts") == "/aide/salle-audit#audit"
    assert topic_of("/audit/dossiers/{dossier_id}") == "/aide/salle-audit#un-dossier"
    assert topic_of("/jury") == "/aide/salle-jury"


def test_a_page_says_where_the_guide_speaks_of_it(client: Browse, people: dict[str, Person]) -> None:
    link = re.compile(r'<a class="topic" href="([^"]+)">.*<span>Aide de cette page</span></a>')
    for name, address, topic in (
        ("auditor", "/journal", "/aide/salle-audit#journal"),
        ("auditor", "/audit", "/aide/salle-audit#audit"),
        ("juror", "/preferences", "/aide/salle#ce-qui-est-commun-a-tous-les-roles"),
    ):
        assert link.findall(client(people[name]).get(address).text) == [topic]
    assert link.findall(client(people["juror"]).get("/aide/salle-jury").text) == []
    assert link.findall(client(None).get("/connexion").text) == []


def test_a_room_without_its_guide_says_so(
    client: Browse, people: dict[str, Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_BESIDE", tmp_path / "absent")
    monkeypatch.setattr(places, "_INSTALLED", tmp_path / "installed")
    pages.page.cache_clear()
    browser = client(people["juror"])
    answer = browser.get("/aide/salle-jury")
    assert answer.status_code == 503
    assert "Le guide n’est pas installé sur cette machine." in answer.text
    assert browser.get("/aide/images/journal.png").status_code == 404
    assert browser.get("/jury").status_code == 200
    installed = tmp_path / "installed"
    installed.mkdir()
    for name in NAMES:
        (installed / f"{name}.md").write_text(f"# Page {name}\n", "utf-8")
    assert "Page salle-jury" in browser.get("/aide/salle-jury").text
    pages.page.cache_clear()
