"""What auditors see of a call."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from pipeline.document import Span
from store.canonical import digest
from store.database import Store
from store.people import answers, calls, chairing, collective, conflicts, outcomes, scores
from store.people.accounts import Person
from store.people.answers import AnswerKind
from store.people.conflicts import ConflictKind
from store.people.passages import Choice
from store.people.room import Room
from store.people.scores import Shown, ShownPassage
from store.records import Action
from tests.web.conftest import Browse, Browser
from tests.web.jury_material import answer, sit
from tests.web.material import PROOF, Made, entry_of, make_dossier
from web.french import typeset
from web.views import samples


@pytest.fixture
def made(store: Store, tmp_path: Path, call: Call) -> Made:
    return make_dossier(store, tmp_path / "pdf", call, "Les Jardins", statuses={"3": SectionStatus.ABSENT})


@pytest.fixture
def auditor(client: Browse, people: dict[str, Person], made: Made) -> Browser:
    return client(people["auditor"])


def _decide(browser: Browser, made: Made, key: str, value: str) -> None:
    form = {"kind": "field", "key": key, "value": value, "analysis": str(made.stored.id)}
    assert browser.post(f"/dossiers/{made.dossier.id}/decisions", data=form).status_code == 303


def test_only_auditors_audit(client: Browse, people: dict[str, Person]) -> None:
    answers = {name: client(person).get("/audit").status_code for name, person in people.items()}
    assert answers == {"administrator": 403, "instructor": 403, "juror": 403, "chair": 403, "auditor": 200}
    assert client(people["instructor"]).get("/audit/alpc-2016").status_code == 403


def test_coverage_and_versions(auditor: Browser) -> None:
    page = auditor.get("/audit/alpc-2016").text
    assert "Tous les dossiers de cette liste sont lus en entier." in page
    assert "L’instruction n’a encore rien décidé" in page
    assert auditor.get("/audit/inconnu").status_code == 404


def _unreadable(store: Store, folder: Path, call: Call, name: str, reason: str | None) -> None:
    made = make_dossier(store, folder, call, name)
    entry = entry_of(made.dossier, made.document, made.analysis, made.stored, PROOF, 12000, "33")
    store.index(replace(entry, unreadable=True, reason=reason))


def test_what_was_not_read_is_said_in_french(auditor: Browser, store: Store, call: Call, tmp_path: Path) -> None:
    for name, reason in (("A", "encrypted"), ("B", "damaged"), ("C", None)):
        _unreadable(store, tmp_path / "pdf", call, name, reason)
    said = {
        "A": "Le fichier est protégé par un mot de passe.",
        "B": typeset("Le fichier est endommagé : il ne s'ouvre pas ou n'affiche aucune page."),
        "C": "Aucune pièce de ce dossier n’a pu être lue.",
    }
    page = auditor.get("/audit/alpc-2016").text
    assert all(what in page for what in said.values())
    assert "ne connaît pas" not in page
    assert "<dt>Non lu</dt><dd>3</dd>" in auditor.get("/audit").text
    form = {"taille": "1", "population": "all", "graine": "7"}
    place = auditor.post("/audit/alpc-2016/echantillons", data=form).headers["location"]
    book = load_workbook(io.BytesIO(auditor.get(f"{place}/rapport.xlsx").content))
    rows = book["Dossiers non lus en entier"].iter_rows(min_row=2, values_only=True)
    assert {row[0]: row[2] for row in rows} == said


def test_differences_lead_to_their_dossiers(
    auditor: Browser, client: Browse, people: dict[str, Person], made: Made
) -> None:
    instructor = client(people["instructor"])
    _decide(instructor, made, "3", "present")
    _decide(instructor, made, "1", "present")
    page = auditor.get("/audit/alpc-2016").text
    assert page.count("<td>le programme est corrigé</td>") == 1
    assert page.count("<td>le programme est confirmé</td>") == 1
    for link in page.split('class="number"><a href="')[1:]:
        listed = auditor.get(link.split('"', 1)[0].replace("&amp;", "&"))
        assert listed.status_code == 200
        assert "Les Jardins" in listed.text


def test_the_first_page_says_how_the_journal_stands(auditor: Browser, store: Store) -> None:
    assert "Le journal n’a pas encore été vérifié." in auditor.get("/audit").text
    auditor.post("/journal/verifier")
    assert store.verify_if_asked()
    assert "Le journal était intact le" in auditor.get("/audit").text


def test_a_sample_is_drawn_checked_and_reported(auditor: Browser, made: Made) -> None:
    empty = auditor.post("/audit/alpc-2016/echantillons", data={"taille": "1", "population": "complete"})
    assert empty.status_code == 400
    drawn = auditor.post("/audit/alpc-2016/echantillons", data={"taille": "3", "population": "all", "graine": "7"})
    place = drawn.headers["location"]
    page = auditor.get(place).text
    assert "Aucun dossier contrôlé" in page
    assert " checked" not in page
    for result in ("conform", "differs"):
        form = {"dossier": made.dossier.id, "result": result, "note": "=1+1"}
        assert auditor.post(f"{place}/controles", data=form).status_code == 303
    page = auditor.get(place).text
    assert "1\N{NO-BREAK SPACE}écart sur 1\N{NO-BREAK SPACE}dossier contrôlé" in page
    assert "remplacé depuis" in page
    assert auditor.post(f"{place}/controles", data={"dossier": "x", "result": "conform"}).status_code == 404
    assert "toute la population est contrôlée" in page
    sheets = load_workbook(io.BytesIO(auditor.get(f"{place}/rapport.xlsx").content))
    rows = [[cell.value for cell in row] for row in sheets["Contrôles"].iter_rows()]
    assert [(row[1], row[2], row[3], row[6]) for row in rows[1:]] == [
        ("Les Jardins", "écart", "=1+1", "oui"),
        ("Les Jardins", "conforme", "=1+1", "remplacé"),
    ]


def test_the_report_says_what_was_audited_and_how(
    auditor: Browser, client: Browse, people: dict[str, Person], made: Made, store: Store, tmp_path: Path, call: Call
) -> None:
    make_dossier(store, tmp_path / "pdf", call, "Le Moulin")
    _decide(client(people["instructor"]), made, "3", "present")
    place = auditor.post("/audit/alpc-2016/echantillons", data={"taille": "1", "population": "all", "graine": "11"})
    address = place.headers["location"]
    assert auditor.post(f"{address}/rapport").headers["location"] == f"{address}/rapport"
    assert store.verify_if_asked()
    content = auditor.get(f"{address}/rapport.xlsx").content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == [
        "Rapport",
        "Contrôles",
        "Programme et personnes",
        "Décisions de l'échantillon",
        "Jury",
        "Séances",
        "Suites",
        "Dossiers non lus en entier",
    ]
    told = _summary(content)
    space = "\N{NO-BREAK SPACE}"
    assert told["Par"] == people["auditor"].name.replace("'", "’")
    assert told["Titre"] == typeset(call.title)
    assert told["Population"] == f"Tous les dossiers{space}: 2{space}dossiers"
    assert told["Graine"] == "11"
    assert told["Reste à contrôler"] == "1"
    assert told["Trouvé"].endswith("aucune anomalie.")
    assert told["Depuis"] == "Rien d’autre n’a été écrit depuis."
    assert "Attention" not in told
    assert "SHA-256" in told["Méthode"]
    decisions = [[cell.value for cell in row] for row in book["Programme et personnes"].iter_rows(min_row=2)]
    assert [row[2:] for row in decisions] == [["le programme est corrigé", "absent", "présent", 1]]
    (exported,) = store.journal(action=Action.EXPORTED)
    assert exported.data["what"] == "audit"
    assert exported.data["file"] == digest(content)


def _summary(content: bytes) -> dict[str, str]:
    """What the first sheet says, by name."""
    rows = load_workbook(io.BytesIO(content))["Rapport"].iter_rows(min_row=3)
    return {str(row[0].value): str(row[1].value) for row in rows if row[1].value}


def test_the_report_never_passes_an_old_verification_for_a_new_one(auditor: Browser, made: Made, store: Store) -> None:
    place = auditor.post("/audit/alpc-2016/echantillons", data={"taille": "1", "population": "all", "graine": "7"})
    address = place.headers["location"]
    assert "Le journal n’a pas encore été vérifié." in auditor.get(f"{address}/rapport").text
    assert "ne dit rien de l’intégrité" in _summary(auditor.get(f"{address}/rapport.xlsx").content)["Vérification"]
    auditor.post(f"{address}/rapport")
    assert "Une vérification demandée le" in _summary(auditor.get(f"{address}/rapport.xlsx").content)["En cours"]
    assert store.verify_if_asked()
    auditor.post(f"{address}/rapport")
    assert not store.verify_if_asked()  # the last one is new enough
    auditor.post(f"{address}/controles", data={"dossier": made.dossier.id, "result": "conform", "note": ""})
    told = _summary(auditor.get(f"{address}/rapport.xlsx").content)
    assert "précède le dernier contrôle" in told["Attention"]
    assert told["Depuis"].startswith("Depuis, ")
    auditor.post(f"{address}/rapport")
    assert store.verify_if_asked()
    assert "Attention" not in _summary(auditor.get(f"{address}/rapport.xlsx").content)


def test_decisions_are_told_with_what_the_program_said_and_why(
    auditor: Browser, client: Browse, people: dict[str, Person], made: Made, store: Store
) -> None:
    instructor = client(people["instructor"])
    _decide(instructor, made, "3", "present")
    _decide(instructor, made, "1", "present")
    base = "/audit/alpc-2016/decisions"
    counted = {
        query: auditor.get(f"{base}?{query}").text.split("<strong>", 1)[1].split("\N{NO-BREAK SPACE}", 1)[0]
        for query in ("", "sens=against", "sens=corrected", "sens=confirmed", "sens=taken-back", "nature=fact", "qui=9")
    }
    assert list(counted.values()) == ["2", "1", "1", "1", "0", "0", "0"]
    page = auditor.get(f"{base}?sens=against&qui={people['instructor'].id}&vigueur=oui").text
    assert "le programme est corrigé" in page
    assert f'href="/audit/dossiers/{made.dossier.id}"' in page
    answer = auditor.get(f"{base}.csv?sens=against")
    assert len(answer.text.split("\r\n")) == 3
    (exported,) = store.journal(action=Action.EXPORTED)
    assert (exported.data["what"], exported.data["rows"]) == ("decisions", 1)


def test_a_long_sample_is_shown_page_by_page(
    auditor: Browser, store: Store, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        make_dossier(store, tmp_path / "pdf", call, f"Dossier {number}")
    monkeypatch.setattr(samples, "PER_PAGE", 2)
    form = {"taille": "5", "population": "all", "graine": "3"}
    address = auditor.post("/audit/alpc-2016/echantillons", data=form).headers["location"]
    pages = [auditor.get(f"{address}?page={number}").text for number in (1, 2, 3)]
    shown = [re.findall(r'name="dossier" value="(\w+)"', page) for page in pages]
    assert [len(ids) for ids in shown] == [2, 2, 1]
    assert len({one for ids in shown for one in ids}) == 5
    again = auditor.post("/audit/alpc-2016/echantillons", data=form).headers["location"]
    assert again != address
    assert re.findall(r'name="dossier" value="(\w+)"', auditor.get(again).text) == shown[0]
    for one in shown[0]:
        form = {"dossier": one, "result": "conform", "page": "1"}
        assert auditor.post(f"{address}/controles", data=form).headers["location"] == f"{address}#d-{one}"
    form = {"dossier": shown[1][0], "result": "undecided", "page": "2"}
    went = auditor.post(f"{address}/controles", data=form).headers["location"]
    assert went == f"{address}?page=2#d-{shown[1][0]}"
    page = auditor.get(address).text
    assert f'href="{address}?page=2#n-4">Premier à contrôler' in page
    assert "0\N{NO-BREAK SPACE}écart sur 2\N{NO-BREAK SPACE}dossiers contrôlés" in page


def test_samples_are_auditors_own(client: Browse, people: dict[str, Person], made: Made) -> None:
    assert made.dossier.call == "alpc-2016"
    form = {"taille": "1", "population": "all"}
    assert client(people["administrator"]).post("/audit/alpc-2016/echantillons", data=form).status_code == 403


def test_what_a_jury_held_is_on_the_dossier_s_page(
    auditor: Browser, store: Store, people: dict[str, Person], room: Room, call: Call, tmp_path: Path
) -> None:
    sitting = sit(room, store, people, call, tmp_path / "jury")
    dossier_id, marker, chair = sitting.dossiers[0], call.markers[0], people["chair"].viewer
    assert call.grid is not None
    item = call.grid.groups[0].items[0]
    low, high = marker.levels[0].value, marker.levels[-1].value
    for person in sitting.jurors.values():
        for each in call.markers:
            answer(room, person, dossier_id, each.id, low, "Peu de monde.")
    with room.reading() as reading:
        first = scores.mine(reading, people["juror"].viewer, dossier_id)[marker.id].id
    answer(room, people["juror"], dossier_id, marker.id, high, "Relu <b>avec soin</b>.", replaces=first)
    with room.writing(chair.actor) as writing:
        for each in call.markers:
            collective.set_value(
                writing, chair, sitting.id, dossier_id, each.id, value=high, comment="Unanime.", replaces=None
            )
        outcomes.set_outcome(writing, chair, sitting.id, dossier_id, call, "retenu", "Projet mûr.", None)
        chairing.settle(writing, chair, sitting.id, dossier_id, settled=True)
    juror = people["juror"].viewer
    with room.writing(juror.actor) as writing:
        value, why = call.grid.values[0].value, "Équipe solide."
        answers.submit(
            writing, juror, dossier_id, call, AnswerKind.GRID, item.id, value=value, comment=why, replaces=None
        )
    page = auditor.get(f"/audit/dossiers/{dossier_id}").text
    assert f"<s>{low}</s>" in page
    for words in (
        "Relu &lt;b&gt;avec soin&lt;/b&gt;.",
        "Grille de faisabilité",
        "Équipe solide.",
        "Unanime.",
        "3\N{NO-BREAK SPACE}jurés avaient répondu",
        "Projet mûr.",
        "Retenu",
    ):
        assert words in page


def test_proofs_lead_to_their_words(auditor: Browser, made: Made) -> None:
    page = auditor.get(f"/audit/dossiers/{made.dossier.id}").text
    assert "«\N{NO-BREAK SPACE}Les Jardins du Lavoir\N{NO-BREAK SPACE}»" in page
    link = f"/dossiers/{made.dossier.id}#preuve-champ-1-1"
    assert f'href="{link}"' in page
    assert 'id="preuve-champ-1-1"' in auditor.get(link).text


def test_auditors_see_rules_jury_and_accounts(auditor: Browser, people: dict[str, Person]) -> None:
    page = auditor.get("/audit/alpc-2016").text
    assert "5\N{NO-BREAK SPACE}septembre\N{NO-BREAK SPACE}2016" in page
    chair = people["chair"].name.replace("'", "&#39;")
    assert f'<th scope="row">{chair}</th><td>présidence</td>' in page
    listed = auditor.get("/audit").text
    assert all(f"<td>{person.login}</td>" in listed for person in people.values())


def test_a_dossier_with_all_that_was_said_of_it(
    auditor: Browser, client: Browse, people: dict[str, Person], made: Made, room: Room
) -> None:
    instructor = client(people["instructor"])
    _decide(instructor, made, "3", "present")
    note = {"note": "Appeler le porteur."}
    assert instructor.post(f"/dossiers/{made.dossier.id}/notes", data=note).status_code == 303
    juror = people["juror"].viewer
    with room.writing(juror.actor) as writing:
        calls.assign(writing, juror.id, [made.dossier.id])
        conflicts.declare(writing, juror, made.dossier.id, ConflictKind.FAMILY, "Ma sœur y travaille.")
    page = auditor.get(f"/audit/dossiers/{made.dossier.id}").text
    for words in (
        "Raison du champ 3.",
        "Appeler le porteur.",
        "Ma sœur y travaille.",
        "lien familial",
        "Dossier déposé",
    ):
        assert words in page
    assert instructor.get(f"/audit/dossiers/{made.dossier.id}").status_code == 403
    assert auditor.get("/audit/dossiers/inconnu").status_code == 404
    with room.reading() as reading:
        assert conflicts.every(reading, people["instructor"].viewer, made.dossier.id) == ()


def test_passages_that_a_juror_added_are_not_the_program_s(
    auditor: Browser, people: dict[str, Person], made: Made, room: Room, call: Call
) -> None:
    juror, place = people["juror"].viewer, made.analysis.markers[0].passages[0].span
    choices = ((place, None), (Span(0, 3), Choice.ADDED))
    shown = Shown(made.stored.id, made.stored.document, tuple(ShownPassage(*each) for each in choices))
    with room.writing(juror.actor) as writing:
        calls.assign(writing, juror.id, [made.dossier.id])
        conflicts.declare(writing, juror, made.dossier.id, None)
        for marker, what in zip(call.markers, (shown, replace(shown, passages=shown.passages[:1])), strict=False):
            scores.submit(
                writing, juror, made.dossier.id, marker.id, value=None, comment="Lu.", shown=what, replaces=None
            )
    page = auditor.get(f"/audit/dossiers/{made.dossier.id}").text.replace("\N{NO-BREAK SPACE}", " ")
    beside = f"analyse n° {made.stored.id}, 1 passage"
    assert page.count(f"{beside}, et 1 ajouté par le juré<") == 1
    assert page.count(f"{beside}<") == 1
