"""How the viewer is used: going to passages, pages and files, what it tells, what it does with bad files."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pipeline.document import Document
from tests.web.chromium import Windows
from tests.web.viewer import printed
from tests.web.viewer.conftest import Opening
from tests.web.viewer.screen import be_still, highlights, marked_spans, show, told

HOSTILE = '<img src=x onerror="document.body.dataset.broken=1">'


def test_going_to_a_passage_puts_it_in_the_middle(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.native(tmp_path / "un.pdf", 30), printed.native(tmp_path / "deux.pdf", 30)])
    shown = highlights(document, marked_spans(document))
    show(page, shown)
    page.evaluate("() => addEventListener('animationend', (event) => { window.pulse = event.animationName; })")
    assert page.evaluate("(id) => viewer.goTo(id)", shown[-2]["id"]) is True
    mark = page.locator(f'[data-mark="{shown[-2]["id"]}"]')
    page.wait_for_function("() => window.pulse === 'viewer-pulse'")
    expect(mark).to_have_class("viewer-mark viewer-mark--current")
    box, view = mark.locator(".viewer-mark-box").bounding_box(), page.locator(".viewer-scroller").bounding_box()
    assert box is not None
    assert view is not None
    assert abs(box["y"] - view["y"] - view["height"] / 2) < 40
    assert page.evaluate("() => viewer.current()") == {"file": 1, "page": 30}
    assert told(page, "page")[-1] == {"file": 1, "page": 30}
    assert page.locator('[aria-current="true"]').inner_text() == "deux.pdf"


def test_the_reader_may_begin_anywhere(open_dossier: Opening, tmp_path: Path) -> None:
    page, _ = open_dossier([printed.native(tmp_path / "un.pdf", 20)], start='{"file": 0, "page": 15}')
    assert page.evaluate("() => viewer.current()") == {"file": 0, "page": 15}
    expect(page.locator('.viewer-page--drawn[data-page="15"]')).to_be_visible()


def test_a_passage_without_a_place_is_told(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.native(tmp_path / "un.pdf", 1)])
    show(page, [{**highlights(document, marked_spans(document))[0], "regions": []}])
    assert page.evaluate("() => viewer.goTo('p0')") is False
    assert page.evaluate("() => viewer.goTo('autre')") is False
    assert page.evaluate("() => viewer.goToPlace({file: 0, page: 9})") is False


def test_passages_are_buttons_with_their_words(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.native(tmp_path / "un.pdf", 1)])
    shown = highlights(document, marked_spans(document)[:2])
    show(page, [shown[0], {**shown[1], "kind": "aside", "note": None}])
    marks = page.get_by_role("list", name="Passages surlignés, page 1 de un.pdf")
    expect(marks.get_by_role("button")).to_have_count(2)
    marks.get_by_role("button", name="1, preuve, Gouvernance").focus()
    page.keyboard.press("Enter")
    marks.get_by_role("button", name="2, écarté").press("Enter")
    assert told(page, "activate") == ["p0", "p1"]
    show(page, [{**shown[1], "kind": "kept", "note": None}])
    expect(marks.get_by_role("button", name="2, gardé")).to_be_focused()
    expect(page.locator(".viewer-mark--current")).to_have_count(1)


def test_a_click_on_a_highlight_is_told(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.native(tmp_path / "un.pdf", 1)])
    show(page, highlights(document, marked_spans(document)[:3]))
    page.locator('[data-mark="p2"] .viewer-mark-box').click(force=True, no_wait_after=True)
    page.locator(".viewer-page").click(position={"x": 20, "y": 20})
    assert told(page, "activate") == ["p2"]


def test_only_pages_near_the_view_are_drawn(open_dossier: Opening, tmp_path: Path) -> None:
    page, _ = open_dossier([printed.native(tmp_path / "un.pdf", 60)])
    for number in range(1, 60, 3):
        assert page.evaluate("(page) => viewer.goToPlace({file: 0, page})", number) is True
    assert page.locator(".viewer-page").count() == 60
    pixels = page.evaluate(
        "() => [...document.querySelectorAll('.viewer-canvas')].map((c) => c.width * c.height).reduce((a, b) => a + b)"
    )
    assert pixels < 34_000_000
    assert page.locator(".viewer-canvas").count() < 30


def test_the_page_field_and_the_keys_of_the_zoom(open_dossier: Opening, tmp_path: Path) -> None:
    page, _ = open_dossier([printed.native(tmp_path / "un.pdf", 12)])
    field = page.get_by_role("textbox", name="Aller à la page")
    field.fill("7")
    field.press("Enter")
    assert page.evaluate("() => viewer.current()") == {"file": 0, "page": 7}
    before = page.locator('.viewer-page[data-page="7"]').bounding_box()
    page.get_by_role("button", name="Agrandir").click()
    after = page.locator('.viewer-page[data-page="7"]').bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] == pytest.approx(1.25 * before["width"], abs=2)
    expect(page.get_by_text("125 %")).to_be_visible()
    assert page.evaluate("() => viewer.current()") == {"file": 0, "page": 7}
    page.get_by_role("button", name="Ajuster à la largeur").click()
    assert page.locator('.viewer-page[data-page="7"]').bounding_box() == before
    page.locator(".viewer-scroller").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -40)
    expect(page.get_by_text("149 %")).to_be_visible()


def test_the_map_shows_where_passages_are_and_leads_there(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.native(tmp_path / "un.pdf", 10)])
    shown = highlights(document, [marked_spans(document)[0], marked_spans(document)[-1]])
    show(page, shown)
    words = "Plan du dossier : 10 pages, 2 passages surlignés (un.pdf : pages 1, 10)"
    expect(page.get_by_role("img", name=words)).to_be_visible()
    page.locator(".viewer-map-mark").nth(1).click()
    assert told(page, "activate") == ["p1"]
    assert page.evaluate("() => viewer.current().page") == 10
    page.locator(".viewer-map").click(position={"x": 10, "y": 400})
    assert page.evaluate("() => viewer.current().page") in (5, 6)


def test_files_that_cannot_be_shown_say_why(open_dossier: Opening, tmp_path: Path) -> None:
    files = [
        printed.locked(tmp_path / "secret.pdf"),
        printed.native(tmp_path / "un.pdf", 1),
        printed.damaged(tmp_path / "abîmé.pdf"),
    ]
    page, _ = open_dossier(files, expected="FileFailure")
    expect(
        page.get_by_text("Ce fichier ne peut pas être affiché : il est protégé par un mot de passe.")
    ).to_be_visible()
    expect(page.get_by_text("Ce fichier ne peut pas être affiché : il est endommagé.")).to_have_count(1)
    expect(page.locator(".viewer-canvas")).to_have_count(1)
    for name in ("abîmé.pdf", "un.pdf", "secret.pdf"):
        page.get_by_role("button", name=name).click()
        expect(page.locator('.viewer-file[aria-current="true"]')).to_have_text(name)
        field = page.get_by_role("textbox", name="Aller à la page")
        expect(field).to_have_value("1" if name == "un.pdf" else "")
        expect(field).to_be_enabled(enabled=name == "un.pdf")


def test_a_file_that_the_program_could_not_read_is_shown_all_the_same(open_dossier: Opening, tmp_path: Path) -> None:
    def unread(document: Document) -> Document:
        return replace(document, pages=())

    page, _ = open_dossier([printed.native(tmp_path / "un.pdf", 3)], change=unread)
    expect(page.locator(".viewer-page")).to_have_count(3)
    expect(page.locator(".viewer-page--drawn").first).to_be_visible()
    expect(page.get_by_text("/ 3")).to_be_visible()


def test_passages_of_a_page_of_another_shape_are_not_shown(open_dossier: Opening, tmp_path: Path) -> None:
    def wider(document: Document) -> Document:
        return replace(document, pages=tuple(replace(page, width=page.width * 1.2) for page in document.pages))

    page, document = open_dossier([printed.native(tmp_path / "un.pdf", 1)], change=wider)
    show(page, highlights(document, marked_spans(document)))
    expect(page.get_by_text("La page affichée n’a pas les dimensions attendues")).to_be_visible()
    expect(page.locator(".viewer-marks")).to_be_hidden()


def test_a_lost_connection_is_told_and_tried_again(open_dossier: Opening, tmp_path: Path, windows: Windows) -> None:
    files = [printed.native(tmp_path / "un.pdf", 9), printed.native(tmp_path / "deux.pdf", 9)]
    page, _ = open_dossier(files, expected="Fail")  # the viewer's FileFailure, the browser's "Failed to load resource"
    windows.expected.append("ERR_FAILED")
    page.route("**/fichiers/1", lambda route: route.abort())
    assert page.evaluate("() => viewer.goToPlace({file: 1, page: 5})") is False
    note = page.locator('.viewer-page[data-file="1"][data-page="5"] .viewer-note')
    expect(note).to_contain_text("Ce fichier ne peut pas être affiché : le serveur ne répond pas.")
    page.unroute("**/fichiers/1")
    note.get_by_role("button", name="Réessayer").click()
    expect(page.locator('.viewer-page[data-file="1"][data-page="5"] .viewer-canvas')).to_be_visible()


def test_pages_come_by_themselves_when_the_connection_is_back(
    open_dossier: Opening, windows: Windows, tmp_path: Path
) -> None:
    windows.expected.append("DISCONNECTED")
    files = [printed.native(tmp_path / "un.pdf", 2), printed.native(tmp_path / "deux.pdf", 2)]
    page, _ = open_dossier(files, expected="Fail")
    page.context.set_offline(True)
    assert page.evaluate("() => viewer.goToPlace({file: 1, page: 1})") is False
    page.context.set_offline(False)
    expect(page.locator('.viewer-page[data-file="1"][data-page="1"] .textLayer')).to_be_attached()
    expect(page.locator(".viewer-note")).to_have_count(0)


def test_names_and_notes_are_never_read_as_html(open_dossier: Opening, tmp_path: Path) -> None:
    name = HOSTILE.replace("/", "") + ".pdf"
    page, document = open_dossier([printed.native(tmp_path / name, 1), printed.native(tmp_path / "un.pdf", 1)])
    spans = marked_spans(document)[:1]
    show(page, [{**highlights(document, spans)[0], "label": HOSTILE, "note": HOSTILE}])
    assert page.locator("img").count() == 0
    assert page.evaluate("() => document.body.dataset.broken") is None
    expect(page.get_by_role("button", name=HOSTILE).first).to_be_visible()


def test_answers_in_form_fields_are_shown_and_cannot_be_changed(open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier([printed.filled_form(tmp_path / "formulaire.pdf")])
    show(page, highlights(document, marked_spans(document)))
    expect(page.locator(".viewer-page input")).to_have_count(0)
    assert _dark_share(page) > 0.01


@pytest.mark.parametrize("width", [1000, 340])
def test_axe_finds_nothing(width: int, open_dossier: Opening, tmp_path: Path) -> None:
    page, document = open_dossier(
        [printed.native(tmp_path / "un.pdf", 2), printed.native(tmp_path / "deux.pdf", 1)], width=width
    )
    kinds = ["machine", "kept", "aside", "added", "proof"]
    shown = highlights(document, marked_spans(document))
    show(page, [{**one, "kind": kinds[index % 5]} for index, one in enumerate(shown)])
    be_still(page)
    page.add_script_tag(url="/axe.js")
    found = page.evaluate("async () => (await axe.run()).violations.map((v) => [v.id, v.nodes.map((n) => n.target)])")
    assert found == []


def _dark_share(page: Page) -> float:
    share: float = page.evaluate(
        """() => {
          const [canvas, box] = [document.querySelector(".viewer-canvas"), document.querySelector(".viewer-mark-box")];
          const [area, part] = [canvas.getBoundingClientRect(), box.getBoundingClientRect()];
          const scale = canvas.width / area.width;
          const pixels = canvas.getContext("2d").getImageData((part.left - area.left) * scale,
            (part.top - area.top) * scale, part.width * scale, part.height * scale).data;
          const dark = pixels.filter((value, index) => index % 4 === 0 && value < 100).length;
          return dark / (pixels.length / 4);
        }"""
    )
    return share
