import html
import io
import re
import zipfile
from dataclasses import replace
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest

from flows.failures import failure
from flows.inputs import LeftOut, NotRead
from flows.outputs.page import dossier_page, places_text, triage_page
from flows.outputs.spreadsheet import triage_spreadsheet
from flows.triage import Triage, triage_row
from pipeline.analysis import Analysis, Finding, MarkerEvidence, Passage
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.contract import PassageOut, PlaceOut, to_contract
from pipeline.document import Document, FileStatus, PageState, SourceFile, Span
from tests.flows.analyses import HOSTILE, analysis, unreadable
from tests.pipeline.builders import document_from_text


@pytest.fixture(scope="module")
def call() -> Call:
    return load_call("aquitaine-2014")


@pytest.fixture(scope="module")
def triage(call: Call) -> Triage:
    rows = (
        triage_row(analysis(call, "=2+5"), "=2+5/analysis.json", "=2+5/dossier.html"),
        triage_row(unreadable(call), "fermé/analysis.json", "fermé/dossier.html"),
    )
    return Triage(call, rows, not_read=(NotRead("notes.docx", LeftOut.NOT_A_PDF),), failed=(failure("perdu", None),))


def test_the_reading_says_what_was_not_read(call: Call) -> None:
    states = (PageState.TEXT, PageState.OCR, PageState.OCR, PageState.FAILED)
    assert triage_row(analysis(call, states=states), "", "").reading == "4 pages, dont 2 lues par OCR et 1 non lue"
    assert triage_row(unreadable(call), "", "").reading == "Le fichier est protégé par un mot de passe."


def test_the_spreadsheet_has_a_row_per_dossier_and_a_column_per_field(triage: Triage) -> None:
    book = openpyxl.load_workbook(io.BytesIO(triage_spreadsheet(triage)))
    sheet = book["Dossiers"]
    headers = [cell.value for cell in sheet[1]]
    assert headers[0] == "Dossier"
    assert [header for header in headers if re.match(r"\d+\. ", str(header))] == [
        f"{field.id}. {field.title}" for field in triage.call.fields
    ]
    first = dict(zip(headers, (cell.value for cell in sheet[2]), strict=True))
    assert first[f"1. {triage.call.fields[0].title}"] == "absent"
    assert first[f"2. {triage.call.fields[1].title}"] == "insuffisant"
    assert first[f"3. {triage.call.fields[2].title}"] == "sans objet"
    assert first[f"4. {triage.call.fields[3].title}"] == "présent"
    counts = [first[title] for title in ("Présents", "Insuffisants", "Absents", "Sans objet")]
    assert counts == [8, 1, 1, 1]
    assert first["Fiche"] == "ouvrir"
    assert first["Type suggéré"] == "territoriale + services et produits"
    assert first["Aide demandée (€)"] == 46500
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")


def test_nothing_of_a_dossier_becomes_a_formula(triage: Triage) -> None:
    book = openpyxl.load_workbook(io.BytesIO(triage_spreadsheet(triage)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert HOSTILE in [cell.value for cell in cells]
    assert "=2+5" in [cell.value for cell in cells]


def test_an_unreadable_dossier_accuses_no_field(triage: Triage) -> None:
    book = openpyxl.load_workbook(io.BytesIO(triage_spreadsheet(triage)))
    values = [cell.value for cell in book["Dossiers"][3]]
    assert "absent" not in values
    assert values.count("non lu") == len(triage.call.fields) + 1  # and the type
    row = triage_page(triage).decode().split("<tbody>")[1].split("</tr>")[1]
    assert "champs non vérifiés" in row
    assert "non lu</td>" in row
    assert "absent" not in row


@pytest.mark.parametrize("name", ["Qu'est-ce ? 100 % ici #3", "c:été", "%41", "l'île & co"])
def test_links_lead_to_the_page_of_a_dossier_whatever_its_name(call: Call, name: str) -> None:
    row = triage_row(analysis(call, name), f"{name}/analysis.json", f"{name}/dossier.html")
    made = Triage(call, (row,), (), ())
    with zipfile.ZipFile(io.BytesIO(triage_spreadsheet(made))) as book:
        relations = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    [target] = re.findall(r'hyperlink" Target="([^"]*)"', relations)
    [_, link] = re.findall(r'<a href="([^"#]*/dossier.html)"', triage_page(made).decode())
    for url in (target, link):
        parts = urlsplit(url)
        assert (parts.scheme, parts.query, parts.fragment) == ("", "", "")
        assert unquote(parts.path).removeprefix("./") == f"{name}/dossier.html"


def test_a_name_too_long_for_a_link_is_still_written(call: Call) -> None:
    name = "é" * 500
    row = triage_row(analysis(call, name), f"{name}/analysis.json", f"{name}/dossier.html")
    book = openpyxl.load_workbook(io.BytesIO(triage_spreadsheet(Triage(call, (row,), (), ()))))
    assert book["Dossiers"]["A2"].value == name
    assert book["Dossiers"]["B2"].hyperlink is None


def test_the_spreadsheet_prints_one_page_wide_with_its_titles(triage: Triage) -> None:
    book = openpyxl.load_workbook(io.BytesIO(triage_spreadsheet(triage)))
    assert book.sheetnames == ["Dossiers", "Faits lus", "Lecture du tableau"]
    for name in ("Dossiers", "Faits lus"):
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        assert sheet.print_title_rows == "$1:$1"
    assert book["Faits lus"]["A2"].value == "=2+5"


def test_a_dossier_read_in_part_says_so_first(call: Call) -> None:
    made = _read_in_part(call)
    row = triage_row(made, "essai/analysis.json", "essai/dossier.html")
    assert row.partly_read
    assert not triage_row(analysis(call), "", "").partly_read
    assert "lu en partie" in triage_page(Triage(call, (row,), (), ())).decode().split("<tbody>")[1]
    book = openpyxl.load_workbook(io.BytesIO(triage_spreadsheet(Triage(call, (row,), (), ()))))
    assert str(book["Dossiers"]["C2"].value).startswith("lu en partie – ")
    page = dossier_page(to_contract(made, _document(made)), call).decode()
    notice = page.split("<main>")[1].split("</section>")[0]
    assert "Dossier lu en partie" in notice
    assert "annexe.pdf : protégé" in notice
    assert page.count("annexe.pdf : protégé") == 1
    assert page.index("Dossier lu en partie") < page.index("Champs demandés")


def test_the_page_says_how_each_page_was_read(call: Call) -> None:
    states = (PageState.TEXT, PageState.OCR, PageState.OCR, PageState.FAILED, PageState.TEXT)
    made = analysis(call, states=states)
    pages = (*made.pages[:4], replace(made.pages[4], reason="ocr-missing"))
    made = replace(made, pages=pages)
    page = dossier_page(to_contract(made, _document(made)), call).decode()
    files = page.split("<h2>Fichiers</h2>")[1].split("</ul>")[0]
    said = html.unescape(re.sub("<[^>]*>", " ", files)).replace("\u00a0", " ")
    assert " ".join(said.split()) == (
        "essai.pdf – 5 pages pages 2 et 3 : lues par OCR ; page 4 : non lue ; page 5 : lue en partie"
    )
    row = triage_row(made, "", "")
    assert row.partly_read
    assert row.reading == "5 pages, dont 2 lues par OCR et 1 non lue, 1 page lue en partie"


def test_the_table_can_be_narrowed_without_a_script(call: Call, triage: Triage) -> None:
    page = triage_page(triage).decode()
    assert "<script" not in page
    rows = re.findall(r'<tr class="dossier ([^"]*)"', page)
    assert rows == ["a-absent a-insuffisant a-constat manque-0 manque-1", "a-lire a-constat"]
    for trait, count in (("a-lire", 1), ("a-absent", 1), ("a-constat", 2), ("a-repondu", 0)):
        assert f'id="voir-{trait}"' in page
        assert f"body:has(#voir-{trait}:checked) .dossier:not(.{trait})" in page
        assert re.search(rf'id="voir-{trait}"[^>]*>[^<]*\({count}\)', page)


def test_only_a_field_that_stands_on_proof_leads_to_it(call: Call) -> None:
    made = analysis(call)
    document = document_from_text("Les habitants décident.")
    proven = replace(made.sections[1], evidence=(Span(0, len(document.text)),))
    made = replace(made, sections=(made.sections[0], proven, *made.sections[2:]))
    row = triage_row(made, "essai/analysis.json", "essai/dossier.html")
    page = triage_page(Triage(call, (row,), (), ())).decode()
    assert re.findall(r'href="essai/dossier.html#champ-([^"]*)"', page) == [call.fields[1].id]


def test_what_the_call_quotes_itself_is_in_other_guillemets() -> None:
    call = load_call("hauts-de-france-2017")
    made = analysis(call)
    page = html.unescape(dossier_page(to_contract(made, _document(made)), call).decode())
    assert not re.search(r"«[^»]*«", page)
    assert "“" in page


def test_places_are_said_once() -> None:
    def passage(file: str, *pages: int) -> PassageOut:
        first, *rest = (PlaceOut(file=file, page=page, quote="x", boxes=[]) for page in pages)
        return PassageOut(**dict(first), continues=rest)

    passages = [passage("a.pdf", 1), passage("a.pdf", 1), passage("b.pdf", 2, 3)]
    assert places_text(passages, name_files=False) == "p.\u00a01\u00a0; p.\u00a02–3"
    assert places_text(passages, name_files=True) == "a.pdf, p.\u00a01\u00a0; b.pdf, p.\u00a02–3"


def test_the_levels_of_a_marker_are_quoted_and_none_stands_out(call: Call) -> None:
    page = dossier_page(to_contract(analysis(call), _document(analysis(call))), call).decode()
    for level in call.markers[0].levels:
        assert f"<li>{level.value} – {level.wording}</li>" in page
    assert "<details open" not in page


def _document(made: Analysis) -> Document:
    return Document(made.dossier, made.files, made.pages, "", 0, (), (), (), ())


def _read_in_part(call: Call) -> Analysis:
    """One file read, another protected by a password."""
    made = analysis(call)
    locked = SourceFile("annexe.pdf", "2" * 64, 0, FileStatus.UNREADABLE, None, "encrypted")
    finding = Finding("unreadable-file", "annexe.pdf : protégé.")
    return replace(made, files=(*made.files, locked), findings=(finding, *made.findings))


def test_the_same_triage_gives_the_same_bytes(triage: Triage) -> None:
    assert triage_spreadsheet(triage) == triage_spreadsheet(triage)
    assert triage_page(triage) == triage_page(triage)


def test_the_page_escapes_what_dossiers_say_and_asks_nothing_outside(triage: Triage) -> None:
    page = triage_page(triage).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert "default-src 'none'" in page
    assert "46\u202f500\u00a0€" in page
    assert "notes.docx" in page
    assert "Dossier non analysé&nbsp;: perdu" in page


def test_the_page_of_a_dossier_shows_proof_and_passages_and_escapes_them(call: Call) -> None:
    document = document_from_text(f"{HOSTILE} les habitants décident.\n\nRien d'autre.")
    span = Span(0, document.text.index("\n"))
    marker = call.markers[0]
    passage = Passage(marker.id, span, document.quote(span), ("habitants associés",))
    made = replace(
        analysis(call),
        files=document.files,
        pages=document.pages,
        markers=(MarkerEvidence(marker.id, marker.title, (passage,)),),
    )
    page = dossier_page(to_contract(made, document), call).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "habitants associés" in page
    assert "Raison du champ 1." in page
    assert dossier_page(to_contract(made, document), call).decode() == page


def test_the_page_of_an_unreadable_dossier_says_why_and_accuses_no_field(call: Call) -> None:
    made = unreadable(call)
    document = Document(made.dossier, made.files, (), "", 0, (), (), (), ())
    page = dossier_page(to_contract(made, document), call).decode()
    assert "protégé par un mot de passe" in page
    assert "absent" not in page.split("<main>")[1]
