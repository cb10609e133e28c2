"""Small documents through each renderer: what they hold, and that they are always the same file."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from corpora.rendering.export import render_export
from corpora.rendering.finish import finish
from corpora.rendering.imaging import take_pictures
from corpora.rendering.page import render_form, render_page
from corpora.rendering.recipe import FileRecipe, PhotoSettings, Renderer, ScanSettings
from corpora.rendering.word import render_word

HTML = "<html lang='fr'><body><h1>Objet</h1><p>Pourquoi faire simple ?</p></body></html>"
FORM = (
    "<html><head><meta charset='utf-8'></head><body><input type='text' name='Nom' value='La Lessive'>"
    "<input type='checkbox' name='Type' checked>"
    "<select name='Forme'><option value='SARL'>SARL</option><option value='SAS' selected>SAS</option></select>"
    "<textarea name='Texte' style='height:8mm'>Été (2016).\nUne réponse plus longue que sa case, oui.\n"
    "Une ligne.\nUne autre.</textarea></body></html>"
)


def recipe(output: Path, password: str | None = None) -> FileRecipe:
    moment = datetime.fromisoformat("2014-08-27T17:42:10")
    return FileRecipe(output, output, Renderer.PAGE, "Un titre", "Quelqu'un", "Un outil", moment, password)


def picture(output: Path, renderer: Renderer) -> FileRecipe:
    coarse = replace(recipe(output), renderer=renderer)
    return replace(coarse, scan=ScanSettings(dpi=60), photo=PhotoSettings(dpi=60))


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def drawn_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_a_page_holds_its_text(tmp_path: Path) -> None:
    render_page(written(tmp_path, "note.html", HTML), tmp_path / "note.pdf")
    assert "Pourquoi faire simple\u00a0?" in drawn_text(tmp_path / "note.pdf")


def test_metadata_are_those_of_the_recipe_and_bytes_never_vary(tmp_path: Path) -> None:
    source = written(tmp_path, "note.html", HTML)
    made = []
    for name in ("a.pdf", "b.pdf"):
        render_page(source, tmp_path / name)
        finish(tmp_path / name, recipe(tmp_path / name))
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert str(pdf.docinfo.Producer) == "Un outil"
        assert str(pdf.docinfo.CreationDate) == "D:20140827174210+02'00'"


def test_a_locked_file_opens_with_its_password_only(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    render_page(written(tmp_path, "note.html", HTML), path)
    word = "sesame"
    finish(path, recipe(path, word))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(path)
    with pikepdf.open(path, password=word) as pdf:
        assert len(pdf.pages) == 1


def test_form_fields_keep_the_whole_answer_and_show_a_part(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    render_form(written(tmp_path, "form.html", FORM), path)
    with pikepdf.open(path) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        assert str(fields["Nom"].V) == "La Lessive"
        assert str(fields["Forme"].V) == "SAS"
        assert fields["Type"].V == "/on"
        assert str(fields["Texte"].V).endswith("Une autre.")
        shown = fields["Texte"].AP.N.read_bytes()
        assert b"\xc9t\xe9 \\(2016\\)." in shown
        height = float(fields["Texte"].AP.N.BBox[3])
        assert height < 4 * 10.4  # four lines do not fit


@pytest.mark.parametrize("renderer", [Renderer.SCAN, Renderer.PHOTO])
def test_pictures_of_sheets_hold_no_text_and_are_always_the_same(renderer: Renderer, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        render_page(written(tmp_path, "note.html", HTML), picture(tmp_path / name, renderer).printed)
        take_pictures(picture(tmp_path / name, renderer))
    assert drawn_text(tmp_path / "a.pdf") == ""
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert str(pdf.docinfo.Producer) == "Un outil"
        assert str(pdf.docinfo.CreationDate).startswith("D:20140827174210")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_word_processor_document_has_its_header_table_and_page_number(tmp_path: Path) -> None:
    front = '+++\nheader = "Les Veilleurs"\nfooter = "|Page {page}|"\n+++\n'
    table = "{widths=4,4 total}\n| Charges | € |\n| Total | 12 |\n"
    source = written(tmp_path, "dossier.txt", f"{front}# Objet\n\n{table}")
    render_word(source, tmp_path / "dossier.pdf")
    text = drawn_text(tmp_path / "dossier.pdf")
    assert all(piece in text for piece in ("Les Veilleurs", "Objet", "Charges", "Page 1"))


def test_an_export_prints_the_platforms_questions_and_the_answers(tmp_path: Path) -> None:
    front = '+++\nplatform = "Démarches"\nnumber = "24107"\n+++\n'
    table = "{widths=4,4}\n| Charges | € |\n| Total | 12 000 |\n"
    source = written(
        tmp_path, "depot.txt", f"{front}# Candidature\n\n## Votre objet ?\n\nUn **four** & un puits\n\n{table}"
    )
    render_export(source, tmp_path / "depot.pdf")
    text = drawn_text(tmp_path / "depot.pdf")
    expected = ("Démarches – dossier n° 24107", "Votre objet ?", "Un four & un puits", "12 000", "Page 1")
    assert [piece for piece in expected if piece not in text.replace("\u00a0", " ")] == []
