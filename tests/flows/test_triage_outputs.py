import io
import re
from dataclasses import replace

import openpyxl
import pytest

from flows.failures import failure
from flows.inputs import NotRead
from flows.outputs.page import dossier_page, fact_text, triage_page
from flows.outputs.spreadsheet import triage_spreadsheet
from flows.triage import Triage, triage_row
from pipeline.analysis import MarkerEvidence, Passage
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.contract import to_contract
from pipeline.document import Document, PageState, Span
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
    return Triage(
        call, rows, not_read=(NotRead("notes.docx", "seuls les PDF sont lus"),), failed=(failure("perdu", None),)
    )


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
    assert (first["Présents"], first["Insuffisants"], first["Absents"]) == (8, 1, 1)
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


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("budget_total_eur", 1234567, "1\u202f234\u202f567\u00a0€"),
        ("aide_demandee_eur", 1250.5, "1\u202f250,50\u00a0€"),
        ("duree_mois", 24, "24\u00a0mois"),
        ("budget_equilibre", True, "oui"),
        ("commune", "Pau", "Pau"),
    ],
)
def test_facts_are_written_as_the_french_do(name: str, value: object, expected: str) -> None:
    assert fact_text(name, value) == expected  # type: ignore[arg-type]


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
