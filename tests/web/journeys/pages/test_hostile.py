"""Texts hostile to HTML, to templates, to spreadsheets and to layouts, in every field that is shown."""

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.web.journeys.pages.conftest import House, Opening
from tests.web.journeys.pages.walk import NOBODY, PAGES, Page, come_to

_TAG = "<img src=x onerror=__xss=1>"
_HOSTILE = f"=1+1{_TAG}\"'{{{{7*7}}}}\N{RIGHT-TO-LEFT OVERRIDE}"
_OWN_WORDS = {
    "/connexion",
    "/preferences",
    "/preferences/mot-de-passe",
    "/comptes/nouveau",
    "/appels/ouvrir",
    "/aide/{guide}",
}
"""Pages whose only words of people are in the frame."""
_SEEN = """() => {
  const typed = [...document.querySelectorAll("main input, main textarea, main option")].map((one) => one.value);
  const page = document.documentElement;
  return {
    words: document.querySelector("main").textContent + typed.join(" "),
    frame: document.body.textContent,
    executed: window.__xss !== undefined || document.querySelector("img[src=x]") !== null,
    beyond: page.scrollWidth - page.clientWidth,
  };
}"""
_TABLES = (
    ("instructor", "/appels/{call}/dossiers.csv"),
    ("instructor", "/appels/{call}/dossiers.xlsx"),
    ("auditor", "/journal.csv"),
    ("auditor", "/audit/{call}/decisions.csv"),
    ("auditor", "/audit/{call}/echantillons/{sample}/rapport.xlsx"),
    ("juror", "/jury/releve.xlsx?appel={call}"),
)


def _hostile(plain: str, most: int) -> str:
    return f"{_HOSTILE}{plain}{'W' * most}"[:most]


@pytest.fixture(scope="module")
def house(open_house: Opening) -> House:
    """Hostile words everywhere, as long as they may be, without a space where they could break."""
    return open_house(_hostile)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)
def test_words_stay_words_within_the_page(page: Page, house: House) -> None:
    name = page.people[0]
    tab = house.tab(name)
    come_to(tab, house.place(page.address))
    seen = tab.evaluate(_SEEN)
    assert not seen["executed"]
    assert seen["beyond"] <= 0
    if name != NOBODY:
        assert _TAG in seen["frame"]
    if page.route not in _OWN_WORDS:
        assert _TAG in seen["words"]
        assert "{{7*7}}" in seen["words"]


@pytest.mark.parametrize(("name", "address"), _TABLES)
def test_no_cell_of_a_table_is_a_formula(name: str, address: str, house: House) -> None:
    answer = house.tab(name).context.request.get(house.place(address))
    assert answer.status == 200
    if ".csv" in address:
        lines = list(csv.reader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))
        cells = [cell for line in lines for cell in line]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    else:
        workbook = load_workbook(io.BytesIO(answer.body()))
        found = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in found if cell.data_type == "f"] == []
        cells = [str(cell.value) for cell in found]
    assert any(_TAG in cell for cell in cells) or address == "/journal.csv"
