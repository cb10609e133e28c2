import csv
import html
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from docx import Document

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people import decisions, triage
from store.people.accounts import Person
from store.people.decisions import Kind, Statement
from store.people.filters import Filter
from store.people.room import Room
from store.people.triage import TriageRow
from store.records import Action
from tests.web.conftest import Browse
from tests.web.material import make_dossier

HOSTILE = '=HYPERLINK("x") <script>alert(1)</script>'
TABLE = "/appels/alpc-2016/dossiers"


@pytest.fixture
def ids(store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Sequence[str]:
    """Three dossiers: « Alpha » lacks field 3, « Bêta » is in the Creuse, one is hostile to HTML and spreadsheets."""
    made = (
        make_dossier(store, tmp_path, call, "Alpha", statuses={"3": SectionStatus.ABSENT}),
        make_dossier(store, tmp_path, call, "Bêta", department="23", aid=30000),
        make_dossier(store, tmp_path, call, "Gamma", bearer=HOSTILE),
    )
    return [each.dossier.id for each in made]


def _rows(room: Room, person: Person) -> tuple[TriageRow, ...]:
    with room.reading() as reading:
        return triage.every(reading, person.viewer, "alpc-2016", Filter())


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’")


def _shown(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]*)</a>', page)


@pytest.mark.parametrize(
    ("role", "status", "acts"),
    [("administrator", 200, True), ("instructor", 200, True), ("auditor", 200, False), ("juror", 403, False)],
)
def test_who_sees_the_table_and_who_acts_in_it(
    client: Browse, people: dict[str, Person], ids: Sequence[str], role: str, status: int, acts: bool
) -> None:
    browser = client(people[role])
    page = browser.get(TABLE)
    assert page.status_code == status
    assert ('name="portee"' in page.text) == acts
    assert browser.get(f"{TABLE}.csv").status_code == status
    asked = {"action": "etat:complet", "dossier": ids[0], "filtre": "", "confirme": "true"}
    assert browser.post(f"{TABLE}/actions", data=asked).status_code == (303 if acts else 403)
    assert browser.post("/appels/alpc-2016/vues", data={"nom": "x"}).status_code == (303 if acts else 403)


def test_a_call_that_is_not_in_the_room_is_nowhere(client: Browse, people: dict[str, Person]) -> None:
    browser = client(people["instructor"])
    assert browser.get("/appels/autre/dossiers").status_code == 404
    assert browser.post("/appels/autre/dossiers/actions", data={"dossier": "x"}).status_code == 404


def test_the_table_shows_what_the_address_says(client: Browse, people: dict[str, Person], ids: Sequence[str]) -> None:
    browser = client(people["instructor"])
    assert _shown(browser.get(f"{TABLE}?tri=-nom").text) == ["Gamma", "Bêta", "Alpha"]
    narrowed = browser.get(f"{TABLE}?departement=23&recherche=potagers+friche&zz=1&tri=nom")
    assert "laissés de côté : zz" in narrowed.text.replace("\N{NO-BREAK SPACE}", " ")
    lacking = browser.get(f"{TABLE}?absent=3&tri=nom").text
    assert _shown(lacking) == ["Alpha"]
    assert f'href="/dossiers/{ids[0]}?filtre={quote("absent=3&tri=nom", safe="")}"'.lower() in lacking.lower()
    assert "3. Objectifs de l’action" in lacking


def test_names_hostile_to_html_are_shown_as_text(client: Browse, people: dict[str, Person], ids: Sequence[str]) -> None:
    page = client(people["instructor"]).get(f"{TABLE}?tri=nom").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_ticked_dossiers_are_changed_then_given_back(
    client: Browse, people: dict[str, Person], ids: Sequence[str], room: Room
) -> None:
    browser = client(people["instructor"])
    asked = {"action": "etat:pieces-demandees", "dossier": [ids[0], ids[1]], "filtre": "tri=nom"}
    gone = browser.post(f"{TABLE}/actions", data=asked)
    assert gone.headers["location"] == f"{TABLE}?tri=nom&page=1&fait=1"
    assert "2\N{NO-BREAK SPACE}dossiers marqués" in browser.get(gone.headers["location"]).text
    states = [row.people.state.value for row in _rows(room, people["instructor"])]
    assert states == ["pieces-requested", "pieces-requested", "open"]
    assert browser.post(f"{TABLE}/actions/1/annuler", data={"filtre": "tri=nom"}).status_code == 303
    assert {row.people.state.value for row in _rows(room, people["instructor"])} == {"open"}
    told = _plain(browser.get(f"{TABLE}?tri=nom&fait=1").text)
    assert "Action annulée : 2 dossiers marqués « pièces demandées »." in told
    assert f"{TABLE}/courriers.zip?fait=1" not in told
    assert browser.post(f"{TABLE}/actions/1/annuler", data={}).status_code == 409
    assert browser.post(f"{TABLE}/actions/9/annuler", data={}).status_code == 404


def test_what_undoing_left_is_told_with_what_it_gave_back(
    client: Browse, people: dict[str, Person], ids: Sequence[str]
) -> None:
    browser, other = client(people["instructor"]), client(people["administrator"])
    asked = {"action": "etat:pieces-demandees", "dossier": list(ids), "filtre": "tri=nom"}
    browser.post(f"{TABLE}/actions", data=asked)
    other.post(f"/dossiers/{ids[0]}/etat", data={"state": "complete", "confirme": "true"})
    back = browser.post(f"{TABLE}/actions/1/annuler", data={"filtre": "tri=nom"}).headers["location"]
    page = _plain(browser.get(back).text)
    assert [each.split('"')[0] for each in page.split("notice notice--")[1:]] == ["warning"]  # said once
    told = "3 dossiers marqués « pièces demandées » ; 2 rétablis, 1 laissé tel quel, car il a changé depuis"
    assert page.count(told) == 2


def test_all_that_the_filter_shows_or_nothing(
    client: Browse, people: dict[str, Person], ids: Sequence[str], room: Room
) -> None:
    browser = client(people["instructor"])
    everything = {"portee": "filtre", "filtre": "departement=33&tri=nom", "action": "jury:tous", "confirme": "true"}
    stale = browser.post(f"{TABLE}/actions", data=everything | {"total": "3"})
    assert "il montre maintenant 2 dossiers" in _plain(browser.get(stale.headers["location"]).text)
    assert [len(row.people.jurors) for row in _rows(room, people["instructor"])] == [0, 0, 0]
    assert browser.post(f"{TABLE}/actions", data=everything | {"total": "2"}).status_code == 303
    assert [len(row.people.jurors) for row in _rows(room, people["instructor"])] == [2, 0, 2]
    assert browser.post(f"{TABLE}/actions", data={"action": "etat:complet"}).status_code == 303
    wrong = {"action": "note:3", "dossier": ids[0]}
    assert browser.post(f"{TABLE}/actions", data=wrong).status_code == 400


@pytest.mark.parametrize("count", [1, 2])
def test_what_was_done_agrees_with_how_many_it_was_done_to(
    client: Browse, people: dict[str, Person], ids: Sequence[str], count: int
) -> None:
    browser = client(people["instructor"])
    holder = people["instructor"].id
    actions = {
        "etat:complet": ("1 dossier marqué « complet »", "2 dossiers marqués « complet »"),
        f"instruction:{holder}": ("1 dossier confié à Instructor", "2 dossiers confiés à Instructor"),
        "jury:tous": ("1 dossier donné à lire à 2 jurés", "2 dossiers donnés à lire à 2 jurés"),
        "etiquette:nouvelle": ("1 dossier étiqueté « Relire »", "2 dossiers étiquetés « Relire »"),
    }
    for action, told in actions.items():
        asked = {"action": action, "dossier": ids[:count], "nouvelle": "Relire", "confirme": "true"}
        page = browser.get(browser.post(f"{TABLE}/actions", data=asked).headers["location"]).text
        assert f"<p>{told[count - 1]}" in _plain(page)


def test_a_new_label_is_made_and_put(client: Browse, people: dict[str, Person], ids: Sequence[str], room: Room) -> None:
    browser = client(people["instructor"])
    asked = {"action": "etiquette:nouvelle", "nouvelle": "À revoir <b>", "dossier": ids[1]}
    assert browser.post(f"{TABLE}/actions", data=asked).status_code == 303
    assert [row.people.labels for row in _rows(room, people["instructor"])] == [(), ("À revoir <b>",), ()]
    assert "À revoir &lt;b&gt;" in browser.get(f"{TABLE}?etiquette=1&tri=nom").text


def test_the_table_opens_with_ones_own_default_view(
    client: Browse, people: dict[str, Person], ids: Sequence[str]
) -> None:
    browser = client(people["instructor"])
    kept = {"nom": "Creuse", "filtre": "departement=23&tri=-aide", "ouverture": "true", "partagee": "true"}
    assert browser.post("/appels/alpc-2016/vues", data=kept).status_code == 303
    assert browser.get(TABLE).headers["location"] == f"{TABLE}?departement=23&tri=-aide"
    assert client(people["administrator"]).get(TABLE).status_code == 200
    assert client(people["administrator"]).post("/appels/alpc-2016/vues/1/retirer").status_code == 404
    assert browser.post("/appels/alpc-2016/vues/1/retirer").status_code == 303
    assert browser.get(TABLE).status_code == 200


def test_files_hold_exactly_what_the_filter_shows(
    client: Browse, people: dict[str, Person], ids: Sequence[str], store: Store
) -> None:
    browser = client(people["auditor"])
    text = browser.get(f"{TABLE}.csv?departement=33&tri=-nom").content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert [row[0] for row in rows] == ["Gamma", "Alpha"]
    assert head[0] == "Dossier"
    assert {title.split(" : ")[0] for title in head[1:]} == {"Programme", "Personnes"}
    assert rows[0][head.index("Programme : Porteur")] == "'" + HOSTILE
    assert rows[0][head.index("Programme : Aide demandée (€)")] == "12000"
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{TABLE}.xlsx?departement=33&tri=-nom").content))
    sheet = book["Dossiers"]
    assert [sheet.cell(row, 1).value for row in (3, 4, 5)] == ["Gamma", "Alpha", None]
    bearer = next(cell for cell in sheet[3] if cell.value == HOSTILE)
    assert bearer.data_type == "s"
    told = store.journal(action=Action.EXPORTED)
    assert [(event.data["format"], event.data["dossiers"]) for event in told] == [("csv", 2), ("xlsx", 2)]


def test_amounts_and_departments_are_as_french_spreadsheets_have_them(
    client: Browse, people: dict[str, Person], store: Store, call: Call, tmp_path: Path
) -> None:
    make_dossier(store, tmp_path, call, "Loin", department="2B", aid=46500.5)
    browser = client(people["instructor"])
    head, row = csv.reader(io.StringIO(browser.get(f"{TABLE}.csv").content.decode("utf-8-sig")), delimiter=";")
    told = dict(zip(head, row, strict=True))
    assert told["Programme : Aide demandée (€)"] == "46500,50"
    assert told["Programme : Budget total (€)"] == "30000"
    assert (told["Programme : Département"], told["Programme : Nom du département"]) == ("2B", "Haute-Corse")
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{TABLE}.xlsx").content))
    assert 46500.5 in [cell.value for cell in book["Dossiers"][3]]
    page = browser.get(f"{TABLE}?tri=nom").text
    assert '<abbr title="Haute-Corse">2B</abbr>' in page
    assert "2B Haute-Corse" in page


def test_what_another_person_changed_since_is_told_before_anything_is_done(
    client: Browse, people: dict[str, Person], ids: Sequence[str], room: Room
) -> None:
    browser, other = client(people["instructor"]), client(people["administrator"])
    shown = re.search(r'name="vu" value="(\d+)"', browser.get(f"{TABLE}?tri=nom").text)
    assert shown is not None
    other.post(f"/dossiers/{ids[0]}/etat", data={"state": "complete", "confirme": "true"})
    other.post(f"/dossiers/{ids[1]}/notes", data={"note": "Vu au téléphone."})
    asked = {"action": "etat:pieces-demandees", "portee": "filtre", "total": "3", "filtre": "tri=nom", "vu": shown[1]}
    gone = browser.post(f"{TABLE}/actions", data=asked)
    assert gone.status_code == 409
    assert "Rien n’a été fait : 2 dossiers ont changé depuis" in _plain(gone.text)
    assert [each for each in ids if f'<a href="/dossiers/{each}">' in gone.text] == list(ids[:2])
    assert [row.people.state.value for row in _rows(room, people["instructor"])] == ["complete", "open", "open"]
    again = dict(re.findall(r'type="hidden" name="(action|portee|total|filtre|vu)" value="([^"]*)"', gone.text))
    assert "fait=" in browser.post(f"{TABLE}/actions", data={**again, "filtre": "tri=nom"}).headers["location"]
    assert [row.people.state.value for row in _rows(room, people["instructor"])] == ["pieces-requested"] * 3
    alone = asked | {"portee": "", "dossier": ids[2]}
    assert "fait=" in browser.post(f"{TABLE}/actions", data=alone).headers["location"]


def test_asking_for_pieces_makes_a_letter_per_dossier(
    client: Browse, people: dict[str, Person], ids: Sequence[str], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client(people["instructor"])
    page = browser.get(f"/dossiers/{ids[0]}").text
    analysis = re.search(r'name="analysis" value="(\d+)"', page)
    assert analysis is not None
    decided = {"kind": "field", "key": "3", "value": "absent", "analysis": analysis[1]}
    assert browser.post(f"/dossiers/{ids[0]}/decisions", data=decided).status_code == 303
    asked = {"action": "etat:pieces-demandees", "dossier": [ids[0], ids[1]], "filtre": "tri=nom"}
    done = browser.post(f"{TABLE}/actions", data=asked).headers["location"]
    assert f'href="{TABLE}/courriers.zip?fait=1"' in browser.get(done).text
    answer = browser.get(f"{TABLE}/courriers.zip?fait=1")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        assert made.namelist() == ["Alpha.docx", "LISEZ-MOI.txt"]
        letter = "\n".join(each.text for each in Document(io.BytesIO(made.read("Alpha.docx"))).paragraphs)
        left = made.read("LISEZ-MOI.txt").decode("utf-8-sig")
    assert "un dossier pour « Les Jardins du Lavoir »" in _plain(letter)
    assert "–\tObjectifs de l’action" in _plain(letter)
    assert "– Bêta" in left
    assert "Gamma" not in left
    every = browser.get(f"{TABLE}/courriers.zip?departement=33&tri=nom")
    with zipfile.ZipFile(io.BytesIO(every.content)) as made:
        assert "– Gamma" in made.read("LISEZ-MOI.txt").decode("utf-8-sig")
    browser.post(f"/dossiers/{ids[1]}/courrier", data={"text": "Il manque le budget de Bêta.", "version": "0"})
    monkeypatch.setattr("web.views.letters._MOST_FILES", 1)
    begun = browser.get(f"{TABLE}/courriers.zip?fait=1")
    with zipfile.ZipFile(io.BytesIO(begun.content)) as made:
        assert made.namelist() == ["Alpha.txt", "Bêta.txt", "LISEZ-MOI.txt"]
        assert made.read("Bêta.txt").decode("utf-8-sig") == "Il manque le budget de Bêta.\r\n"
    assert [event.data["dossiers"] for event in store.journal(action=Action.EXPORTED)] == [2, 2, 2]


def test_who_marks_complete_is_told_what_nobody_decided(
    client: Browse, people: dict[str, Person], ids: Sequence[str], room: Room, call: Call
) -> None:
    with room.writing(people["instructor"].viewer.actor) as writing:
        for place, last in ((0, "present"), (1, "thin")):
            for field in call.fields:
                said = Statement(Kind.FIELD, field.id, last if field == call.fields[-1] else "present")
                decisions.decide(writing, people["instructor"].viewer, ids[place], said)
    browser = client(people["instructor"])
    asked = {"action": "etat:complet", "dossier": list(ids), "filtre": "tri=nom"}
    page = browser.post(f"{TABLE}/actions", data=asked)
    assert page.status_code == 200
    told = _plain(page.text)
    assert "Marquer 3 dossiers comme complets ?" in told
    assert "Dans 2 de ces dossiers, au moins un champ n’a pas été décidé, ou est décidé insuffisant ou absent." in told
    assert {row.people.state.value for row in _rows(room, people["instructor"])} == {"open"}
    everything = {"action": "etat:complet", "portee": "filtre", "total": "3", "filtre": "tri=nom"}
    assert "Dans 2 de ces dossiers" in _plain(browser.post(f"{TABLE}/actions", data=everything).text)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text.split("<form")[-1]))
    again = hidden | {"dossier": re.findall(r'name="dossier" value="([^"]*)"', page.text)}
    assert browser.post(f"{TABLE}/actions", data=again).status_code == 303
    assert {row.people.state.value for row in _rows(room, people["instructor"])} == {"complete"}
    alone = {"action": "etat:complet", "dossier": [ids[0]], "filtre": "tri=nom"}
    assert browser.post(f"{TABLE}/actions", data=alone).status_code == 303


def test_what_people_decide_stands_beside_what_the_program_read(
    client: Browse, people: dict[str, Person], ids: Sequence[str], room: Room
) -> None:
    with room.writing(people["instructor"].viewer.actor) as writing:
        for said in (Statement(Kind.FACT, "aide_demandee_eur", 40000.5), Statement(Kind.FIELD, "3", "thin")):
            decisions.decide(writing, people["instructor"].viewer, ids[0], said)
    browser = client(people["instructor"])
    page = browser.get(f"{TABLE}?decisions=en-cours&tri=-decisions").text
    assert _shown(page) == ["Alpha"]
    bare = _plain(re.sub(r"<[^>]*>", "", page)).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "12 000 €" in bare
    assert "corrigé : 40 000,50 €" in bare
    assert "1/10 champs décidés" in bare
    assert "3. Objectifs de l’action : insuffisant" in bare
    head, row, *others = list(csv.reader(io.StringIO(browser.get(f"{TABLE}.csv?tri=nom").text), delimiter=";"))
    values = dict(zip(head, row, strict=True))
    assert (values["Programme : Aide demandée (€)"], values["Personnes : Aide décidée (€)"]) == ("12000", "40000,50")
    assert values["Personnes : Champs décidés"] == "1"
    assert values["Personnes : Champs décidés insuffisants"] == "3. Objectifs de l’action"
    assert values["Programme : Champs absents"] == "3. Objectifs de l’action"
    assert {other[head.index("Personnes : Aide décidée (€)")] for other in others} == {""}


def test_files_have_the_columns_of_the_table_in_its_order(
    client: Browse, people: dict[str, Person], ids: Sequence[str]
) -> None:
    browser = client(people["instructor"])
    page = browser.get(f"{TABLE}?tri=nom").text
    heads = re.findall(r'<a class="sort"[^>]*>(.*?)</a>', page)
    shown = [re.sub("<[^>]*>", "", re.sub('<span aria-hidden="true">.*?</span>', "", head)) for head in heads]
    file = re.search(r'href="([^"]*dossiers\.xlsx\?[^"]*colonnes=[^"]*)"', page)
    assert file is not None
    book = openpyxl.load_workbook(io.BytesIO(browser.get(html.unescape(file[1])).content))
    titles = [cell.value for cell in book.worksheets[0][2]]
    told = {"Jurés à qui le dossier est confié": "Jury", "Suite donnée par le jury": "Suite donnée"}
    told |= {"Aide demandée": "Aide demandée (€)"}
    columns = [told.get(name, name) for name in shown]
    assert [title for title in titles if title in columns] == columns
    assert "Pages" not in titles
    whole = openpyxl.load_workbook(io.BytesIO(browser.get(f"{TABLE}.xlsx?tri=nom").content))
    assert {"Pages", "Budget total (€)"} <= {cell.value for cell in whole.worksheets[0][2]} > {*titles}


def test_columns_are_chosen_by_person_and_kept_by_views(
    client: Browse, people: dict[str, Person], ids: Sequence[str]
) -> None:
    browser = client(people["instructor"])

    def shown(address: str) -> list[str]:
        return re.findall(r'<a class="sort" href="[^"]*tri=-?([a-z-]+)[^"]*"', browser.get(address).text)

    usual = shown(f"{TABLE}?tri=nom")
    assert "budget" not in usual
    chosen = {"colonne": ["budget", "etat", "note"], "filtre": "departement=33&tri=nom", "page": "1"}
    gone = browser.post("/appels/alpc-2016/colonnes", data=chosen)
    assert gone.headers["location"] == f"{TABLE}?departement=33&tri=nom&page=1"
    assert shown(gone.headers["location"]) == ["nom", "etat", "budget"]
    page = _plain(browser.get(f"{TABLE}?tri=nom").text).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "30 000 €" in page
    assert "12 000 €" not in page
    kept = re.findall(r'name="filtre" value="([^"]*)"', page.partition("/vues")[2])[0]
    assert browser.post("/appels/alpc-2016/vues", data={"nom": "V", "filtre": html.unescape(kept)}).status_code == 303
    assert browser.post("/appels/alpc-2016/colonnes", data={"filtre": "tri=nom"}).status_code == 303
    assert shown(f"{TABLE}?tri=nom") == usual
    view = re.search(r'href="([^"]*)">V<', browser.get(f"{TABLE}?tri=nom").text)
    assert view is not None
    assert shown(html.unescape(view[1])) == ["nom", "etat", "budget"]
    head = browser.get(f"{TABLE}.csv?tri=nom&colonnes=budget.etat").content.decode("utf-8-sig").splitlines()[0]
    assert head.split(";") == [
        "Dossier",
        "Personnes : État",
        "Personnes : Motif du « sans suite »",
        "Personnes : Budget décidé (€)",
        "Programme : Budget total (€)",
    ]
    assert client(people["auditor"]).post("/appels/alpc-2016/colonnes", data=chosen).status_code == 303
    assert client(people["juror"]).post("/appels/alpc-2016/colonnes", data=chosen).status_code == 403


def test_what_a_person_corrected_is_what_finds_and_sorts(
    client: Browse, people: dict[str, Person], ids: Sequence[str], room: Room
) -> None:
    viewer = people["instructor"].viewer
    with room.writing(viewer.actor) as writing:
        for key, value in (("aide_demandee_eur", 40000.5), ("departement", "87"), ("budget_total_eur", 90000)):
            decisions.decide(writing, viewer, ids[0], Statement(Kind.FACT, key, value))
    browser = client(people["instructor"])
    assert _shown(browser.get(f"{TABLE}?aide-min=40000&tri=nom").text) == ["Alpha"]
    assert _shown(browser.get(f"{TABLE}?aide-max=12000&tri=nom").text) == ["Gamma"]
    assert _shown(browser.get(f"{TABLE}?budget-min=80000&budget-max=90000&tri=nom").text) == ["Alpha"]
    assert _shown(browser.get(f"{TABLE}?tri=-aide").text) == ["Alpha", "Bêta", "Gamma"]
    page = _plain(browser.get(f"{TABLE}?departement=87&tri=nom").text)
    assert _shown(page) == ["Alpha"]
    assert "87 Haute-Vienne" in page
    assert '<abbr title="Gironde">33</abbr>' in page
    assert "Budget total : 80 000 € ou plus" in _plain(browser.get(f"{TABLE}?budget-min=80000&tri=nom").text).replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    )
    rows = browser.get(f"{TABLE}.csv?aide-min=40000&tri=nom").content.decode("utf-8-sig").splitlines()
    assert [row.split(";")[0] for row in rows] == ["Dossier", "Alpha"]
