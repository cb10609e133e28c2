import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.document import BlockKind, Document, FileStatus, PageState, TextSource
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from tests.pipeline.extraction.printed import (
    HEIGHT,
    LOREM,
    WIDTH,
    changed,
    paragraph,
    printed,
    saved,
    text,
    together,
)

LIMITS = ReadingLimits()
PAGE = together(text(50, 80, "1. Présentation", size=14), paragraph(50, 110, LOREM, width=450))


def read(*paths: Path, limits: ReadingLimits = LIMITS) -> Document:
    return read_dossier("dossier", list(paths), limits)


def lines_of_dots(canvas: Canvas) -> None:
    """A scan: text as a picture."""
    image = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(image)
    for row in range(40):
        pen.text((120, 100 + 40 * row), LOREM[:90], fill=0, font_size=24)
    canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)


def test_a_dossier_of_two_files_is_one_document(tmp_path: Path) -> None:
    first = saved(printed(PAGE, text(50, 100, "Fin du dossier.")), tmp_path / "dossier.pdf")
    second = saved(printed(text(50, 100, "Article 1. Il est fondé une association.")), tmp_path / "statuts.pdf")
    found = read(first, second)
    assert [(f.name, f.pages, f.status, f.text_source, f.reason) for f in found.files] == [
        ("dossier.pdf", 2, FileStatus.READ, TextSource.NATIVE, None),
        ("statuts.pdf", 1, FileStatus.READ, TextSource.NATIVE, None),
    ]
    assert [(p.file, p.number, p.state) for p in found.pages] == [
        (0, 1, PageState.TEXT),
        (0, 2, PageState.TEXT),
        (1, 1, PageState.TEXT),
    ]
    assert found.body == f"1. Présentation\n{LOREM}\nFin du dossier.\nArticle 1. Il est fondé une association."
    (region,) = found.locate(found.blocks[-1].span)
    assert region.page == 2


def test_the_same_files_give_the_same_document(tmp_path: Path) -> None:
    path = saved(printed(PAGE, PAGE), tmp_path / "dossier.pdf")
    assert read(path) == read(path)


def blank(_: Canvas) -> None:
    """Draws nothing."""


def broken(*numbers: int) -> Callable[[pikepdf.Pdf], None]:
    """Makes the content of pages unreadable."""

    def break_them(pdf: pikepdf.Pdf) -> None:
        for number in numbers:
            garbage = pikepdf.Stream(pdf, b"")
            garbage.write(b"\x00no deflated data" * 20, filter=pikepdf.Name.FlateDecode)
            pdf.pages[number - 1].Contents = garbage

    return break_them


def test_an_empty_page_is_empty(tmp_path: Path) -> None:
    found = read(saved(printed(PAGE, blank), tmp_path / "dossier.pdf"))
    assert [page.state for page in found.pages] == [PageState.TEXT, PageState.EMPTY]
    assert (found.files[0].status, found.files[0].reason) == (FileStatus.READ, None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (printed(blank, blank), "no-text"),
        (printed(blank, lines_of_dots), "ocr-missing"),
        (changed(printed(PAGE, PAGE), broken(1, 2)), "damaged"),
        (changed(printed(PAGE, lines_of_dots), broken(1)), "no-text"),
    ],
)
def test_a_file_of_which_no_page_is_read_is_unreadable(content: bytes, reason: str, tmp_path: Path) -> None:
    found = read(saved(content, tmp_path / "dossier.pdf"))
    assert found.files[0].status is FileStatus.UNREADABLE
    assert (found.files[0].reason, found.files[0].text_source, found.files[0].pages) == (reason, None, 2)
    assert len(found.pages) == 2


def test_a_scan_without_ocr_says_so(tmp_path: Path) -> None:
    found = read(saved(printed(PAGE, lines_of_dots), tmp_path / "scan.pdf"))
    assert [(page.state, page.reason) for page in found.pages] == [
        (PageState.TEXT, None),
        (PageState.FAILED, "ocr-missing"),
    ]
    assert found.files[0].text_source is TextSource.NATIVE


def _form(canvas: Canvas) -> None:
    text(50, 100, "Nom de la structure :")(canvas)
    canvas.acroForm.textfield(name="nom", value="Les Mains vertes", x=180, y=HEIGHT - 106, width=200, height=18)


def test_a_form_is_read_with_its_answers(tmp_path: Path) -> None:
    found = read(saved(printed(_form), tmp_path / "formulaire.pdf"))
    assert found.pages[0].state is PageState.FORM
    assert found.files[0].text_source is TextSource.FORM
    assert found.body == "Nom de la structure :\nLes Mains vertes"
    assert found.blocks[1].kind is BlockKind.ANSWER


def _boxes(canvas: Canvas) -> None:
    for top, choice in ((100, "Association"), (130, "Coopérative")):
        canvas.acroForm.checkbox(name=choice, x=50, y=HEIGHT - top - 2, size=12, checked=choice == "Coopérative")
        text(68, top, choice)(canvas)


def test_boxes_ticked_on_the_first_page_are_read(tmp_path: Path) -> None:
    found = read(saved(printed(_boxes), tmp_path / "cases.pdf"))
    assert [found.quote(block.span) for block in found.blocks if block.kind is BlockKind.ANSWER] == ["Coopérative"]


def _ruled(canvas: Canvas) -> None:
    PAGE(canvas)
    rows = (("Charges", "Montant"), ("Salaires", "24 000"), ("Achats", "6 500"))
    canvas.grid([50, 250, 400], [400, 420, 440, 460])
    for index, (what, amount) in enumerate(rows):
        canvas.drawString(55, 446 - 20 * index, what)
        canvas.drawString(255, 446 - 20 * index, amount)


def test_a_ruled_table_is_a_table(tmp_path: Path) -> None:
    found = read(saved(printed(_ruled), tmp_path / "budget.pdf"))
    assert found.body.endswith("\nCharges\tMontant\nSalaires\t24 000\nAchats\t6 500")
    assert [(len(table.rows), len(table.rows[0])) for table in found.tables] == [(3, 2)]


def _encrypted(owner: str, user: str) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed(PAGE))) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner=owner, user=user))
    return target.getvalue()


def _without_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[:]


@pytest.mark.parametrize(
    ("content", "limits", "reason"),
    [
        (b"", LIMITS, "empty-file"),
        (b"PK\x03\x04 a word document", LIMITS, "not-a-pdf"),
        (b"<html>%PD</html>", LIMITS, "not-a-pdf"),
        (b"%PDF-1.7\n" + b"\x93\xfa\x00garbage" * 500, LIMITS, "damaged"),
        (_encrypted("maitre", "secret"), LIMITS, "encrypted"),
        (changed(printed(PAGE), _without_pages), LIMITS, "no-pages"),
        (printed(PAGE), ReadingLimits(file_bytes=100), "too-large"),
        (printed(PAGE, PAGE, PAGE), ReadingLimits(pages=2), "too-many-pages"),
    ],
)
def test_a_bad_file_is_said_to_be_so_and_stops_nothing(
    content: bytes, limits: ReadingLimits, reason: str, tmp_path: Path
) -> None:
    bad, good = saved(content, tmp_path / "a.pdf"), saved(printed(text(50, 100, "Bon")), tmp_path / "b.pdf")
    found = read(bad, good, limits=limits)
    assert (found.files[0].status, found.files[0].reason, found.files[0].pages) == (FileStatus.UNREADABLE, reason, 0)
    if limits is LIMITS:
        assert found.text == "Bon"
        assert [page.file for page in found.pages] == [1]


def test_an_empty_password_opens(tmp_path: Path) -> None:
    found = read(saved(_encrypted("maitre", ""), tmp_path / "dossier.pdf"))
    assert found.files[0].status is FileStatus.READ
    assert found.files[0].notes == ("empty-password",)
    assert found.body.startswith("1. Présentation")


def _script(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('bonjour')")
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["ouvrir", action]))


def _attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["comptes.xls"] = b"1;2"


@pytest.mark.parametrize(("change", "note"), [(_script, "scripts"), (_attachment, "attachments")])
def test_scripts_and_attachments_are_noted(change: Callable[[pikepdf.Pdf], None], note: str, tmp_path: Path) -> None:
    found = read(saved(changed(printed(PAGE), change), tmp_path / "dossier.pdf"))
    assert found.files[0].notes == (note,)


def test_a_damaged_page_is_its_own_failure(tmp_path: Path) -> None:
    found = read(saved(changed(printed(PAGE, PAGE, PAGE), broken(2)), tmp_path / "dossier.pdf"))
    assert [page.state for page in found.pages] == [PageState.TEXT, PageState.FAILED, PageState.TEXT]
    assert found.pages[1].reason == "page-damaged"


@pytest.mark.parametrize("side", [200_000, 10_000_000])
def test_the_text_of_a_giant_page_is_read(side: int, tmp_path: Path) -> None:
    def enlarge(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, side, side])

    found = read(saved(changed(printed(PAGE), enlarge), tmp_path / "plan.pdf"))
    assert [(page.state, page.width) for page in found.pages] == [(PageState.TEXT, side)]
    (place,) = found.locate(found.lines[0].span)
    assert place.boxes[0].y1 == pytest.approx(side - HEIGHT + 83, abs=2)


def test_what_a_page_provokes_is_its_own_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pipeline.extraction.forms.read_answers", fail)
    found = read(saved(printed(PAGE), tmp_path / "dossier.pdf"))
    assert [(page.state, page.reason) for page in found.pages] == [(PageState.FAILED, "page-damaged")]


def test_tables_that_cannot_be_looked_for_cost_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("pipeline.extraction.reader.ruled_tables", fail)
    found = read(saved(printed(_ruled), tmp_path / "budget.pdf"))
    assert "Salaires 24 000" in found.body


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "absent.pdf")
