"""What an instructor says of each thing that the machine said; both stay visible."""

from dataclasses import replace
from typing import Any

import pytest

from store.database import Store
from tests.web.conftest import Browser
from tests.web.dossier.asking import HOSTILE, decide, form
from tests.web.material import Made, reanalyse


def test_both_words_stay_visible_and_former_decisions_too(instructor: Browser, made: Made) -> None:
    first = decide(instructor, made, "field", "3", value="present", note="Voir la page 2, <b>bas</b>.")
    assert (first["status"], first["decided"]) == (200, 1)
    assert "Raison du champ 3." in first["html"]
    assert "Voir la page 2, &lt;b&gt;bas&lt;/b&gt;." in first["html"]
    assert "Instructor d&#39;Essai" in first["html"]
    decision = first["html"].split('name="replaces" value="')[1].split('"')[0]
    second = decide(instructor, made, "field", "3", value="thin", replaces=decision)
    assert "1\N{NO-BREAK SPACE}décision antérieure" in second["html"]
    assert second["html"].count("badge--absent") == 1  # the machine's, untouched


def test_without_script_the_answer_is_the_page_at_the_card(instructor: Browser, made: Made) -> None:
    asked = form(made, "field", "1", act="confirm", filtre="tri=-aide")
    answer = instructor.post(f"/dossiers/{made.dossier.id}/decisions", data=asked)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/dossiers/{made.dossier.id}?filtre=tri%3D-aide#champ-1"
    page = instructor.get(answer.headers["location"]).text
    assert "Votre décision est enregistrée." in page
    assert "<span data-decided>1</span> sur 10" in page


def test_a_decision_on_a_former_analysis_says_so(instructor: Browser, made: Made, store: Store) -> None:
    decide(instructor, made, "field", "3", value="present")
    newer = reanalyse(store, made, _with_reason(made, "3", "Une autre raison."))
    page = instructor.get(f"/dossiers/{made.dossier.id}").text
    assert "Décidé sur une analyse antérieure" in page
    assert "Le programme disait alors" in page
    assert "Une autre raison." in page
    assert newer.stored.id != made.stored.id


def _with_reason(made: Made, field: str, reason: str) -> Any:
    sections = [replace(one, reason=reason) if one.id == field else one for one in made.analysis.sections]
    return replace(
        made.analysis, sections=tuple(sections), provenance=replace(made.analysis.provenance, program_version="2")
    )


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("aide_demandee_eur", "46 500,50 €", "46\N{NARROW NO-BREAK SPACE}500,50\N{NO-BREAK SPACE}€"),
        ("duree_mois", "24 mois", "24\N{NO-BREAK SPACE}mois"),
        ("siren", "732 829 320", "732829320"),
        ("date_creation", "2/3/2015", "2 mars 2015"),
        ("budget_equilibre", "non", "non"),
        ("porteur", HOSTILE, "Les &lt;script&gt;"),
    ],
)
def test_facts_are_typed(instructor: Browser, made: Made, name: str, typed: str, shown: str) -> None:
    answer = decide(instructor, made, "fact", name, value=typed)
    assert answer["status"] == 200
    assert shown in answer["html"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("aide_demandee_eur", "beaucoup"),
        ("duree_mois", "0"),
        ("siren", "732829321"),
        ("siret", "73282932000075"),
        ("date_creation", "31/2/2015"),
        ("porteur", ""),
    ],
)
def test_facts_that_cannot_be_are_refused(instructor: Browser, made: Made, name: str, typed: str) -> None:
    answer = decide(instructor, made, "fact", name, value=typed)
    assert (answer["status"], answer["code"]) == (400, "invalid-fact")


def test_facts_findings_and_types_are_confirmed_settled_and_taken_back(instructor: Browser, made: Made) -> None:
    assert (
        "12\N{NARROW NO-BREAK SPACE}000" in decide(instructor, made, "fact", "aide_demandee_eur", act="confirm")["html"]
    )
    page = instructor.get(f"/dossiers/{made.dossier.id}").text
    key = page.split('name="kind" value="finding">\n<input type="hidden" name="key" value="')[1].split('"')[0]
    settled = decide(instructor, made, "finding", key, value="no-problem", note="Vérifié.")
    assert "sans problème" in settled["html"]
    typed = decide(instructor, made, "type", "", value=["territoriale", "services"])
    assert "territoriale + services et produits" in typed["html"]
    decision = typed["html"].split('name="replaces" value="')[1].split('"')[0]
    back = decide(instructor, made, "type", "", act="withdraw", replaces=decision)
    assert "Décision retirée" in back["html"]
    assert "décidé</span>" not in back["html"]


def test_findings_left_to_settle_are_counted_again(instructor: Browser, made: Made) -> None:
    assert "data-unsettled>1</span>" in instructor.get(f"/dossiers/{made.dossier.id}").text
    key = (
        instructor.get(f"/dossiers/{made.dossier.id}")
        .text.split('name="key" value="aid-above-ceiling')[1]
        .split('"')[0]
    )
    told = decide(instructor, made, "finding", f"aid-above-ceiling{key}", value="settled")
    assert (told["status"], told["unsettled"]) == (200, 0)
    assert "data-unsettled hidden>0</span>" in instructor.get(f"/dossiers/{made.dossier.id}").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "field", "key": "3", "value": "3"},
        {"kind": "field", "key": "3"},
        {"kind": "type", "key": "", "value": ["services", "organisationnelle", "territoriale"]},
        {"kind": "type", "key": "", "value": ["autre"]},
        {"kind": "fact", "key": "siren", "act": "confirm"},
    ],
)
def test_what_cannot_be_decided_is_refused(instructor: Browser, made: Made, wrong: dict[str, Any]) -> None:
    answer = decide(instructor, made, **wrong)
    assert (answer["status"], answer["code"]) == (400, "invalid-decision")


def test_things_that_are_not_there_are_not_decided(instructor: Browser, made: Made) -> None:
    assert decide(instructor, made, "field", "99", value="present")["status"] == 404
    assert decide(instructor, made, "finding", "aid-above-ceiling:0", value="noted")["status"] == 404
