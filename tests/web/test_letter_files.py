"""Files that could not be read are asked for again by letters; nothing that may stand in them is said to be missing."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document

from pipeline.analysis import Analysis, AnalysisStatus, Provenance, SectionStatus, TypeSuggestion
from pipeline.analysis_codec import encode_analysis
from pipeline.calls.model import Call
from pipeline.document import FileStatus, Page, PageState, SourceFile
from pipeline.document_codec import encode_document
from pipeline.reasons import Reason
from store.database import Store
from store.keys import analysis_key, document_key
from store.people.accounts import Person
from store.records import Action, NewFile
from tests.web.conftest import Browse, Browser
from tests.web.material import Made, entry_of, make_dossier
from web.french import day, today
from web.views.letter_unread import files_to_ask


@pytest.fixture
def made(store: Store, tmp_path: Path, call: Call) -> Made:
    return make_dossier(store, tmp_path / "pdf", call, "Les Jardins", statuses={"3": SectionStatus.ABSENT})


@pytest.fixture
def instructor(client: Browse, people: dict[str, Person]) -> Browser:
    return client(people["instructor"])


@pytest.fixture
def letter(made: Made, instructor: Browser) -> str:
    """The address of the letter about a dossier whose third field is decided absent."""
    asked = {"kind": "field", "key": "3", "value": "absent", "analysis": str(made.stored.id)}
    assert instructor.post(f"/dossiers/{made.dossier.id}/decisions", data=asked).status_code == 303
    return f"/dossiers/{made.dossier.id}/courrier"


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’").replace("'", "’")


def _text(page: str) -> str:
    return _plain(page.split('<textarea class="textarea letter"')[1].split(">", 1)[1].split("</textarea>")[0].strip())


def _with_unread(store: Store, made: Made, path: Path, name: str = "bilan 2016.pdf") -> str:
    """The dossier with one more file, that is locked; gives the key of that file."""
    pdf = path / "locked.pdf"
    pdf.write_bytes(b"%PDF-1.7 locked")
    first = made.dossier.files[0]
    old = path / "first.pdf"
    old.write_bytes(store.file(first.sha256))
    dossier = store.deposit(
        made.dossier.call, made.dossier.batch, made.dossier.name, [NewFile(first.name, old), NewFile(name, pdf)]
    )
    held = dossier.files[1]
    file = SourceFile(name, held.sha256, 0, FileStatus.UNREADABLE, reason=Reason.ENCRYPTED)
    document = replace(made.document, files=(*made.document.files, file))
    kept = store.keep_document(dossier.id, document_key(dossier, "test"), encode_document(document))
    analysis = replace(made.analysis, files=document.files)
    stored = store.append_analysis(
        dossier.id, analysis_key(kept.digest, analysis.provenance), kept.digest, encode_analysis(analysis)
    )
    entry = entry_of(dossier, document, analysis, stored, "Les Jardins", 12000, "33")
    store.index(replace(entry, partly_read=True))
    return f"file:{held.sha256}"


def test_a_file_that_could_not_be_read_is_asked_for_again_without_any_decision(
    instructor: Browser, made: Made, store: Store, tmp_path: Path
) -> None:
    key = _with_unread(store, made, tmp_path)
    letter = f"/dossiers/{made.dossier.id}/courrier"
    text = _text(instructor.get(letter).text)
    assert (
        "– le fichier « bilan 2016.pdf » n’a pas pu être ouvert (il est protégé par un mot de passe) : "
        "merci de nous l’envoyer de nouveau, sans protection."
    ) in text
    assert "pas trouvés" not in text
    kept = instructor.post(letter, data={"text": text, "version": "0", "suite": "envoi"})
    form = instructor.get(kept.headers["location"]).text
    assert f'value="{key}" checked' in form
    sent = instructor.post(f"{letter}/envoi", data={"version": "1", "champ": [key], "envoi": today().isoformat()})
    assert sent.status_code == 303
    assert "<li>« bilan 2016.pdf »</li>" in _plain(instructor.get(f"/dossiers/{made.dossier.id}/courriers/1").text)
    (told,) = store.journal(action=Action.LETTER_SENT)
    assert told.data["asked"] == (key,)
    assert store.verify().sound


def test_what_is_absent_was_looked_for_where_it_could_be_read(
    instructor: Browser, made: Made, store: Store, tmp_path: Path, letter: str
) -> None:
    assert "que nous n’avons pas trouvés dans votre dossier :" in _text(instructor.get(letter).text)
    key = _with_unread(store, made, tmp_path)
    text = _text(instructor.get(letter).text)
    assert "que nous n’avons pas trouvés dans ce que nous avons pu lire de votre dossier :" in text
    kept = instructor.post(
        letter, data={"text": text.split("Nous n’avons pas pu")[0], "version": "0", "suite": "envoi"}
    )
    form = instructor.get(kept.headers["location"]).text
    assert f'value="{key}">' in form  # the letter does not name it: nobody asks for it


def test_what_is_asked_of_files_says_why_and_nothing_of_what_the_machine_lacks() -> None:
    pages = (
        *(Page(0, number, 595, 842, PageState.FAILED, Reason.PAGE_DAMAGED) for number in (2, 3, 4)),
        Page(1, 1, 595, 842, PageState.EMPTY, Reason.OCR_MISSING),
        Page(3, 1, 595, 842, PageState.FAILED, Reason.OCR_FAILED),
    )
    files = (
        SourceFile("a.pdf", "a", 4, FileStatus.READ),
        SourceFile("b.pdf", "b", 1, FileStatus.READ),
        SourceFile("c.pdf", "c", 0, FileStatus.UNREADABLE, reason=Reason.TIMEOUT),
        SourceFile("d.pdf", "d", 1, FileStatus.READ),
        SourceFile("e.pdf", "e", 0, FileStatus.UNREADABLE, reason=Reason.EMPTY_FILE),
        SourceFile("f.pdf", "f", 0, FileStatus.UNREADABLE, reason=Reason.DAMAGED),
    )
    untyped = TypeSuggestion((), (0, 0, 0), None, ())
    analysis = Analysis(
        "Lavoir", "alpc-2016", files, pages, AnalysisStatus.ANALYSED, (), untyped, (), (), (), Provenance("0", "0", ())
    )
    held = {file.sha256 for file in files if file.name != "f.pdf"}
    asked = files_to_ask(analysis, held)
    assert [file.name for file in asked] == ["a.pdf", "d.pdf", "e.pdf"]
    assert _plain(asked[0].line).startswith("les pages 2 à 4 du fichier « a.pdf » n’ont pas pu être lues : merci")
    assert _plain(asked[1].line).startswith("la page 1 du fichier « d.pdf » n’a pas pu être lue : merci")
    assert "(il est vide)" in asked[2].line


def test_pieces_that_came_are_no_longer_awaited_wherever_it_is_said(
    instructor: Browser, made: Made, store: Store, tmp_path: Path, letter: str
) -> None:
    before, page = today() - timedelta(days=1), f"/dossiers/{made.dossier.id}"
    instructor.post(letter, data={"text": "Il manque les statuts.", "version": "0"})
    sent = {"version": "1", "champ": ["3"], "envoi": today().isoformat()}
    assert instructor.post(f"{letter}/envoi", data=sent).status_code == 303
    late = {"letter": "1", "envoi": before.isoformat(), "reponse": before.isoformat()}
    assert instructor.post(f"{page}/courriers/1", data=late).status_code == 303
    overdue = f"/appels/{made.dossier.call}/dossiers?reponse=depassee"
    assert page in instructor.get(overdue).text
    assert "réponse attendue depuis le" in instructor.get(page).text
    _with_unread(store, made, tmp_path)
    assert page not in instructor.get(overdue).text
    head = instructor.get(page).text
    assert "réponse attendue depuis le" not in head
    assert ": dépassée" not in _plain(head)
    assert f"pièces reçues le {_plain(day(today()))}" in _plain(head)
    shown = _plain(instructor.get(f"{page}/courriers/1").text)
    assert "attend encore des pièces" not in shown
    assert "elles sont à examiner" in shown


def test_letters_for_many_dossiers_ask_for_files_as_well(
    instructor: Browser, made: Made, store: Store, tmp_path: Path
) -> None:
    archive = f"/appels/{made.dossier.call}/dossiers/courriers.zip"
    with zipfile.ZipFile(io.BytesIO(instructor.get(archive).content)) as letters:
        assert letters.namelist() == ["LISEZ-MOI.txt"]
    _with_unread(store, made, tmp_path)
    with zipfile.ZipFile(io.BytesIO(instructor.get(archive).content)) as letters:
        assert letters.namelist() == ["Les Jardins.docx", "LISEZ-MOI.txt"]
        said = "\n".join(each.text for each in Document(io.BytesIO(letters.read("Les Jardins.docx"))).paragraphs)
    assert "le fichier « bilan 2016.pdf » n’a pas pu être ouvert" in _plain(said)
    for state, why in (
        ({"state": "complete"}, "marqués complets"),
        ({"state": "dropped", "reason": "trial"}, "sans suite"),
    ):
        marked = instructor.post(f"/dossiers/{made.dossier.id}/etat", data={**state, "confirme": "true"})
        assert marked.status_code == 303
        with zipfile.ZipFile(io.BytesIO(instructor.get(archive).content)) as letters:
            assert letters.namelist() == ["LISEZ-MOI.txt"]
            left = _plain(letters.read("LISEZ-MOI.txt").decode("utf-8-sig"))
        assert re.search(rf"{why} :\s+– Les Jardins", left)
