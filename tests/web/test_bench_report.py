"""What the measures of the room say."""

from web.bench.forms import forms
from web.bench.report import above_target, alone, crowded, pages, summary
from web.bench.visitor import Answer
from web.bench.walk import Step

DESK = Step("Bureau", "/jury")


def test_pages_are_told_by_name_with_their_errors_and_slowest_times() -> None:
    answers = [Answer(DESK, True, float(spent), spent / 2, spent + 5.0, 7) for spent in range(1, 101)]
    answers.append(Answer(DESK, False, 1000.0, 500.0, 1005.0, 9))
    (desk,) = pages(answers)
    assert (desk.asked, desk.errors, desk.statements) == (101, 1, 9)
    assert (desk.server.median, desk.server.p95, desk.server.longest) == (51.0, 96.0, 1000.0)
    assert (desk.computed.median, desk.waited.median) == (25.5, 56.0)
    assert alone([desk]).splitlines()[-1] == "| Bureau | 9 | 51 | 96 | 1000 | 26 | 48 |"
    assert crowded([desk]).splitlines()[-1] == "| Bureau | 101 | 1 | 0 | 51 | 96 | 1000 | 101 |"
    assert summary(answers).startswith("101 réponses, 1 erreur(s) (Bureau), 0 refus. Temps du serveur : médiane 51 ms")
    assert above_target(answers).endswith("0 pages sur 1 en temps du serveur ; en calcul, aucune.")
    assert above_target([answers[-1]]).endswith("1 pages sur 1 en temps du serveur ; en calcul, Bureau.")


def test_what_was_refused_since_another_was_quicker_is_no_error() -> None:
    answers = [Answer(DESK, False, 10.0, 5.0, 11.0, 3, refused=True), Answer(DESK, True, 20.0, 5.0, 21.0, 3)]
    (desk,) = pages(answers)
    assert (desk.asked, desk.errors, desk.refused) == (2, 0, 1)
    assert summary(answers).startswith("2 réponses, 0 erreur(s), 1 refus. Temps")


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    page = (
        '<input type="checkbox" form="lot" name="jure" value="3"><form method="post" action="/a" id="lot">'
        '<input type="hidden" name="csrf" value="jeton"><textarea name="mot">oui</textarea></form>'
        '<form action="/b"><input type="radio" name="value" value="1"><input type="radio" name="value" value="2">'
        "</form>"
    )
    first, second = forms(page)
    assert (first.action, first.hidden, first.choices) == ("/a", {"csrf": "jeton"}, {"jure": ["3"]})
    assert (second.hidden, second.choices) == ({}, {"value": ["1", "2"]})
