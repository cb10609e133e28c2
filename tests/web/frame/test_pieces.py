from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from tests.web.frame.pages import WEB, Site, piece, whole_page

HOSTILE = "<script>alert('1')</script>\"'><img src=x onerror=alert(2)>&amp;"
NOW = datetime(2026, 3, 3, 13, 32, tzinfo=UTC)
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
EVERYTHING = """
{{ status_badge("field", "thin") }} {{ notice("warning", "Deux pages n'ont pas été lues.") }}
{{ empty("Aucun dossier.", ("/", "Tous")) }} {{ progress("Lecture", 3, 8) }}
{% call machine() %}<p>Un titre sans montant.</p>
{{ quote("Le budget sera précisé") }}{{ proof_link("#a", "p. 4", of="budget") }}{% endcall %}
{% call human("Karim Benali") %}<p>À l’annexe.</p>{% endcall %}
{{ error_summary([("aide", "Le montant est un nombre.")]) }}
<form class="form" method="post">{{ csrf_field("jeton") }}
{{ field("aide", "Aide", "x", hint="En euros.", error="Le montant est un nombre.") }}
{{ select("dep", "Département", [("33", "Gironde")], empty="tous", required=false) }}
{{ textarea("note", "Note", hint="Lue par tous.", required=false) }}
{{ choices("niveau", "Niveau", [("0", "Inexistant", "Rien n’est dit."), ("1", "Faible", "")], look="scale") }}
{{ checkbox("garder", "Garder", hint="Par choix.") }}</form>
<div data-tabs><ul class="tabs__list"><li><a href="#un">Un</a></li><li><a href="#deux">Deux</a></li></ul>
<section id="un"><p>Premier</p></section><section id="deux"><p>Second</p></section></div>
"""


@pytest.mark.parametrize(
    "source",
    [
        '{{ notice("info", text) }}',
        "{{ empty(text, (text, text)) }}",
        '{{ field("n", text, text, hint=text, error=text) }}',
        '{{ textarea("n", text, text) }}',
        '{{ select("n", text, [(text, text)], value=text) }}',
        '{{ choices("n", text, [(text, text, text)]) }}',
        '{{ checkbox("n", text, value=text) }}',
        "{{ error_summary([(text, text)]) }}",
        "{{ proof_link(text, text, text, text) }}",
        "{{ quote(text) }}",
        "{{ progress(text, 1, 2) }}",
        "{% call human(text, about=text) %}{{ text }}{% endcall %}",
        "{% call machine(text) %}{{ text }}{% endcall %}",
    ],
)
def test_text_is_never_read_as_html(source: str) -> None:
    made = piece(source, text=HOSTILE)
    assert "<script" not in made
    assert "<img" not in made
    assert "&lt;script&gt;" in made


def test_nothing_is_chosen_beforehand() -> None:
    scale = '{{ choices("niveau", "Niveau", [("0", "Inexistant", ""), ("3", "Fort", "")], look="scale") }}'
    assert "checked" not in piece(scale)
    assert piece(scale.replace('look="scale"', 'value="3"')).count(" checked") == 1
    assert piece(scale.replace('look="scale"', 'value="0"')).count(" checked") == 1


def test_hints_and_errors_belong_to_their_field() -> None:
    made = piece('{{ field("aide", "Aide", hint="En euros.", error="Un nombre.") }}')
    assert 'aria-describedby="aide-aide aide-erreur" aria-invalid="true"' in made
    assert 'id="aide-aide"' in made
    assert 'id="aide-erreur"' in made
    assert "aria-" not in piece('{{ field("aide", "Aide") }}')


def test_the_first_line_of_a_text_may_be_empty() -> None:
    assert ">\n\nDeux</textarea>" in piece('{{ textarea("n", "N", "\nDeux") }}')


def test_a_status_is_a_word_and_a_sign() -> None:
    made = piece('{{ status_badge("field", "absent") }}')
    assert "absent</span>" in made
    assert "icons.svg#absent" in made
    assert 'aria-hidden="true"' in made


def test_program_and_person_have_their_own_words_and_look() -> None:
    machine = piece("{% call machine() %}absent{% endcall %}")
    human = piece('{% call human("Karim Benali", now) %}présent{% endcall %}', now=NOW)
    assert "Programme" in machine
    assert "said--machine" in machine
    assert "Karim Benali" in human
    assert "said--human" in human
    assert 'datetime="2026-03-03T13:32:00+00:00"' in human


def test_the_bar_is_there_only_with_something_in_it() -> None:
    assert 'class="bar"' not in whole_page("<p>x</p>")
    assert 'class="bar"' in whole_page("<p>x</p>", bar="<button>Suivant</button>")


def test_pieces_have_no_fault_that_axe_finds(page: Page, site: Site) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (npm ci in web/)")
    site.pages["/"] = [whole_page(EVERYTHING, bar='<button class="button button--primary">Suivant</button>')]
    page.emulate_media(reduced_motion="reduce")
    for width in (1300, 768, 650):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/")
        page.evaluate(AXE.read_text())
        rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
