"""The reading room without a script: passages, choices, drafts, scores, who sees them."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from httpx2 import Response

from pipeline.analysis import Passage
from pipeline.calls.model import Call, Level
from pipeline.document import Block, BlockKind, Span
from pipeline.document_codec import encode_document
from store.database import Store
from store.keys import ROOM_BATCH, document_key
from store.people import accounts, calls, conflicts, passages, scores
from store.people.accounts import Person
from store.people.passages import Choice
from store.people.room import Room
from store.people.scores import ShownPassage
from store.people.tables.deliberations import jury_sessions, session_dossiers
from store.people.viewers import Role
from store.records import NewFile
from tests.web.conftest import Browse, Browser
from tests.web.material import PASSAGES, Made, find, make_dossier, reanalyse, write_pdf
from web.views.answer_forms import keys_of, options_of

NASTY = '<script>alert("x")</script> & « Lavoir »'


@pytest.fixture
def made(store: Store, room: Room, people: dict[str, Person], call: Call, tmp_path: Path) -> Made:
    """A dossier given to both jurors, who have no conflict of interest."""
    made = make_dossier(store, tmp_path / "pdf", call, "Lavoir")
    for name in ("juror", "chair"):
        with room.writing(people[name].viewer.actor) as writing:
            calls.assign(writing, people[name].id, [made.dossier.id])
            conflicts.declare(writing, people[name].viewer, made.dossier.id, None)
    return made


@pytest.fixture
def browser(client: Browse, people: dict[str, Person]) -> Browser:
    return client(people["juror"])


def _room(browser: Browser, made: Made, marker: str) -> str:
    answer = browser.get(f"/jury/dossiers/{made.dossier.id}/lecture?repere={marker}")
    assert answer.status_code == 200
    return answer.text


def _version(page: str) -> str:
    found = re.search(r'name="version" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def _post(browser: Browser, made: Made, marker: str, what: str, **fields: str) -> Response:
    return browser.post(f"/jury/dossiers/{made.dossier.id}/reperes/{marker}/{what}", data=fields)


def _submit(browser: Browser, made: Made, marker: str, value: str, comment: str = "") -> Response:
    version, analysis = _version(_room(browser, made, marker)), str(made.stored.id)
    return _post(browser, made, marker, "soumission", value=value, comment=comment, version=version, analysis=analysis)


def _choice(browser: Browser, made: Made, marker: str, choice: str, reason: str = "", **more: str) -> Response:
    span = made.analysis.markers[0].passages[0].span
    place = {"document": made.stored.document, "start": str(span.start), "end": str(span.end)} | more
    return _post(browser, made, marker, "passages", choix=choice, raison=reason, **place)


def test_the_passages_of_the_marker_are_highlighted_where_they_stand(browser: Browser, made: Made, call: Call) -> None:
    page = _room(browser, made, call.markers[0].id)
    shown = re.search(r'id="passages" data-marks="([^"]*)"', page)
    assert shown is not None
    (mark,) = json.loads(unescape(shown[1]))
    assert (mark["kind"], mark["label"]) == ("machine", "CCP")
    (region,) = mark["regions"]
    words = made.document.locate(made.analysis.markers[0].passages[0].span)[0]
    assert (region["file"], region["page"]) == (0, words.page + 1)
    assert region["boxes"][0][0] == pytest.approx(words.boxes[0].x0)
    assert PASSAGES[0] in page
    assert "par le sens" in page
    assert PASSAGES[1] not in page


def test_a_passage_of_a_form_answer_is_told_with_what_its_frame_hides(
    browser: Browser, made: Made, call: Call, store: Store
) -> None:
    found = made.analysis.markers[0].passages[0].span
    assert "hors du cadre" not in _room(browser, made, call.markers[0].id)
    assert "Toute la réponse" not in _room(browser, made, call.markers[0].id)
    answer = Block(Span(found.start, found.end + 34), BlockKind.ANSWER, 1, "Objectifs")
    frame = made.document.words_in(found)[0].box
    words = tuple(replace(word, box=frame) if word.span.overlaps(found) else word for word in made.document.words)
    document = replace(made.document, blocks=(answer,), words=words)
    kept = store.keep_document(made.dossier.id, document_key(made.dossier, "form"), encode_document(document))
    reanalyse(store, replace(made, stored=replace(made.stored, document=kept.digest)), made.analysis)
    page = _room(browser, made, call.markers[0].id)
    assert "suite hors du cadre du formulaire" in page
    whole = document.text[answer.span.start : answer.span.end]
    assert f'<summary>Toute la réponse</summary><p class="whole">{whole}</p>' in page


def test_passages_stand_in_the_order_of_the_document_whoever_chose_them(
    browser: Browser, made: Made, call: Call, store: Store
) -> None:
    """Neither what the machine put first, nor their length, nor who added them moves them."""
    first, added, third, last = "1. Présentation du porteur", PASSAGES[1], PASSAGES[0], "4. Budget"
    marker = made.analysis.markers[0]
    offered = tuple(
        Passage(marker.id, find(made.document, words), words, ("par le sens",)) for words in (third, last, first)
    )
    markers = (replace(marker, passages=offered), *made.analysis.markers[1:])
    provenance = replace(made.analysis.provenance, program_version="0.2.0")
    reanalyse(store, made, replace(made.analysis, markers=markers, provenance=provenance))
    span = find(made.document, added)
    answer = _choice(browser, made, marker.id, "added", start=str(span.start), end=str(span.end))
    assert answer.status_code == 200
    shown = unescape(_room(browser, made, marker.id)).split('<ol class="passages">')[1].split("</ol>")[0]
    assert re.findall(r"<blockquote[^>]*><p>«\s(.*?)\s»", shown) == [first, added, third, last]


def test_no_score_is_chosen_beforehand_and_all_levels_are_there(browser: Browser, made: Made, call: Call) -> None:
    page = _room(browser, made, call.markers[0].id)
    assert "checked" not in page
    for level in call.markers[0].levels:
        assert f'value="{level.value}"' in page
    assert "Je ne peux pas me prononcer" in page


def test_digits_reach_the_levels_and_choose_none(browser: Browser, made: Made, call: Call) -> None:
    page = unescape(_room(browser, made, call.markers[0].id))
    for place, level in enumerate(call.markers[0].levels, 1):
        assert f'data-key="{place}" data-key-help="Ma note\N{NO-BREAK SPACE}: {level.value}"' in page
    points = options_of(tuple(Level(value, "") for value in "0123"))
    assert keys_of(points) == {value: value for value in "0123"}


def test_submitting_leads_to_the_next_marker_and_at_last_to_all_of_them(
    browser: Browser, made: Made, call: Call
) -> None:
    base, analysis = f"/jury/dossiers/{made.dossier.id}", str(made.stored.id)
    for marker, place in ((call.markers[0], f"{base}/lecture?repere={call.markers[1].id}"), (call.markers[-1], base)):
        fields = {"value": "Fort", "version": "0.0", "analysis": analysis, "suite": "repere"}
        answer = _post(browser, made, marker.id, "soumission", **fields)
        assert answer.headers["location"] == place


def test_a_marker_without_passage_says_that_it_is_no_opinion(browser: Browser, made: Made, call: Call) -> None:
    assert "Ce n’est pas un avis" in _room(browser, made, call.markers[5].id)
    assert browser.get(f"/jury/dossiers/{made.dossier.id}/lecture?repere=nulle-part").status_code == 404


def test_a_dossier_without_text_says_what_can_be_done(
    browser: Browser, made: Made, call: Call, store: Store, room: Room, people: dict[str, Person], tmp_path: Path
) -> None:
    assert _room(browser, made, call.markers[5].id).count("sélectionnez des mots") == 1
    file = NewFile("scan.pdf", write_pdf(tmp_path / "scan.pdf", [["Illisible"]]))
    waiting = store.deposit(call.id, ROOM_BATCH, "Illisible", [file])
    with room.writing(people["juror"].viewer.actor) as writing:
        calls.assign(writing, people["juror"].id, [waiting.id])
        conflicts.declare(writing, people["juror"].viewer, waiting.id, None)
    page = browser.get(f"/jury/dossiers/{waiting.id}/lecture").text
    assert "demandez un fichier lisible à l’instruction" in page
    assert "sélectionnez des mots" not in page
    assert 'id="ajout"' not in page


def test_what_was_shown_is_kept_with_the_score(
    browser: Browser, made: Made, call: Call, room: Room, people: dict[str, Person]
) -> None:
    marker = call.markers[0].id
    assert _choice(browser, made, marker, "kept").status_code == 200
    assert _submit(browser, made, marker, "Fort", " Un vrai collectif. ").status_code == 303
    with room.reading() as reading:
        score = scores.mine(reading, people["juror"].viewer, made.dossier.id)[marker]
    assert (score.value, score.comment) == ("Fort", "Un vrai collectif.")
    assert (score.shown.analysis, score.shown.document) == (made.stored.id, made.stored.document)
    assert score.shown.passages == (ShownPassage(made.analysis.markers[0].passages[0].span, Choice.KEPT),)


def test_others_are_seen_once_the_own_score_is_submitted(
    browser: Browser, client: Browse, made: Made, call: Call, people: dict[str, Person]
) -> None:
    marker = call.markers[0].id
    _submit(client(people["chair"]), made, marker, "Faible", NASTY)
    before = _room(browser, made, marker)
    assert "alert(" not in before
    assert people["chair"].name not in before.replace("&#39;", "'")
    _submit(browser, made, marker, "cannot-say")
    after = _room(browser, made, marker)
    assert "Ne se prononce pas" in after
    assert people["chair"].name in unescape(after)
    assert "<script>alert" not in after
    assert NASTY in unescape(after)


def test_a_score_must_be_of_the_scale(browser: Browser, made: Made, call: Call) -> None:
    marker = call.markers[0].id
    for value in ("", "4", "Excellent"):
        assert _submit(browser, made, marker, value).status_code == 400


def test_each_revision_stays_as_history(browser: Browser, made: Made, call: Call) -> None:
    marker = call.markers[0].id
    _submit(browser, made, marker, "Fort", "Première lecture.")
    late = _post(browser, made, marker, "soumission", value="Faible", version="0.0", analysis=str(made.stored.id))
    assert late.status_code == 409
    _submit(browser, made, marker, "Faible", "Seconde lecture.")
    page = _room(browser, made, marker)
    assert "Première lecture." in page
    assert "Seconde lecture." in page
    assert "remplacé depuis" in page
    assert re.search(r'value="Faible" checked', page)


def test_a_draft_is_saved_and_differences_are_told(browser: Browser, made: Made, call: Call) -> None:
    marker = call.markers[0].id
    first = _post(browser, made, marker, "brouillon", value="Fort", comment="En cours", version="0.0")
    assert first.json()["version"] == "0.1"
    other = _post(browser, made, marker, "brouillon", value="Faible", comment="Ailleurs", version="0.0")
    assert other.status_code == 409
    assert other.json()["values"] == {"value": "Fort", "comment": "En cours"}
    page = _room(browser, made, marker)
    assert _version(page) == "0.1"
    assert re.search(r'value="Fort" checked', page)
    emptied = _post(browser, made, marker, "brouillon", value="", comment="", version="0.1")
    assert emptied.json()["version"] == "0.0"


def test_drafts_are_submitted_together_as_they_were_reviewed(browser: Browser, made: Made, call: Call) -> None:
    for marker, value in ((call.markers[0].id, "Fort"), (call.markers[1].id, ""), (call.markers[2].id, "cannot-say")):
        _post(browser, made, marker, "brouillon", value=value, comment="Vu.", version="0.0")
    address = f"/jury/dossiers/{made.dossier.id}"
    page = browser.get(address).text
    assert "2\N{NO-BREAK SPACE}réponses en brouillon sont complètes" in page
    reviewed = re.search(r'name="etat" value="([^"]*)"', page)
    assert reviewed is not None
    form = {"etat": reviewed[1], "analysis": str(made.stored.id)}
    _post(browser, made, call.markers[3].id, "brouillon", value="Fort", version="0.0")
    assert browser.post(f"{address}/soumission", data=form).status_code == 409
    reviewed = re.search(r'name="etat" value="([^"]*)"', browser.get(address).text)
    assert reviewed is not None
    assert browser.post(f"{address}/soumission", data=form | {"etat": reviewed[1]}).status_code == 303
    assert browser.get(address).text.count("</svg>soumis</span>") == 3


def test_setting_aside_takes_a_reason_and_can_be_taken_back(browser: Browser, made: Made, call: Call) -> None:
    marker = call.markers[0].id
    assert _choice(browser, made, marker, "aside").status_code == 400
    part = _choice(browser, made, marker, "aside", NASTY).text
    assert "écarté" in part
    assert NASTY in unescape(part)
    assert "<script>alert" not in part
    assert "écarté</span>" not in _choice(browser, made, marker, "withdrawn").text


def test_words_selected_become_a_passage(browser: Browser, made: Made, call: Call) -> None:
    marker = call.markers[3].id
    words = made.document.words[:2]
    boxes = [[word.box.x0, word.box.y0, word.box.x1, word.box.y1] for word in words]
    regions = {"regions": [{"file": 0, "page": 1, "boxes": boxes}]}
    found = browser.post(f"/dossiers/{made.dossier.id}/selection", json=regions).json()
    place = {key: str(found[key]) for key in ("document", "start", "end")}
    part = _post(browser, made, marker, "passages", choix="added", **place).text
    assert found["quote"] in unescape(part)
    assert "ajouté" in part


def test_choices_on_another_reading_are_shown_as_text(
    browser: Browser, made: Made, call: Call, room: Room, people: dict[str, Person]
) -> None:
    marker, viewer = call.markers[0].id, people["juror"].viewer
    place = passages.Place("0" * 64, made.analysis.markers[0].passages[0].span, "Des mots d'avant.")
    with room.writing(viewer.actor) as writing:
        passages.choose(writing, viewer, made.dossier.id, marker, place, Choice.KEPT)
    page = unescape(_room(browser, made, marker))
    assert "la page a pu changer" in page
    assert "Des mots d'avant." in page
    assert _choice(browser, made, marker, "kept", document="0" * 64).status_code == 409


def test_nothing_changes_once_settled(
    browser: Browser, made: Made, call: Call, room: Room, people: dict[str, Person]
) -> None:
    marker = call.markers[0].id
    with room.writing("machine") as writing:
        row = {"call": call.id, "title": "Jury", "held_on": "2026-11-21", "state": "open", "chair": people["chair"].id}
        key = writing.connection.execute(jury_sessions.insert().values(**row)).inserted_primary_key
        assert key is not None
        brought = {"session_id": key[0], "dossier_id": made.dossier.id, "position": 1, "settled": 1}
        writing.connection.execute(session_dossiers.insert().values(**brought))
    assert _submit(browser, made, marker, "Fort").status_code == 409
    assert _post(browser, made, marker, "brouillon", value="Fort", version="0.0").status_code == 409
    assert _choice(browser, made, marker, "kept").status_code == 409
    assert "arrêté sa lecture" in _room(browser, made, marker)


def test_only_a_juror_of_the_dossier_reads_there(
    client: Browse, made: Made, call: Call, room: Room, people: dict[str, Person]
) -> None:
    with room.writing("machine") as writing:
        stranger = accounts.add(writing, "stranger", "Sans dossier", Role.JUROR, None)
        calls.seat(writing, call.id, stranger.id, chair=False)
    address = f"/jury/dossiers/{made.dossier.id}/lecture"
    for name in ("administrator", "instructor", "auditor"):
        other = client(people[name])
        assert other.get(address).status_code == 403
        assert _post(other, made, call.markers[0].id, "soumission", value="Fort").status_code in (403, 404)
    assert client(stranger).get(address).status_code == 404
    assert client(None).get(address).status_code == 303


def test_what_was_submitted_is_printed_and_taken_away(browser: Browser, made: Made, call: Call, store: Store) -> None:
    marker = call.markers[0].id
    _choice(browser, made, marker, "kept")
    _submit(browser, made, marker, "Fort", "=1+1")
    printed = unescape(browser.get(f"/jury/dossiers/{made.dossier.id}/ma-lecture").text)
    assert "Fort" in printed
    assert PASSAGES[0] in printed
    assert "=1+1" in unescape(browser.get(f"/jury/releve?appel={call.id}").text)
    answer = browser.get(f"/jury/releve.xlsx?appel={call.id}")
    assert answer.content.startswith(b"PK")
    assert store.journal()[-1].action == "exported"
