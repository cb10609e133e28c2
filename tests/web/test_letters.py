"""Letters that ask for pieces: written by all who instruct, said to be sent, read again word for word."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from httpx2 import Response

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.database import Store
from store.people import calls, states
from store.people.accounts import Person
from store.people.room import Room
from store.people.states import State
from store.records import Action
from tests.web.conftest import Browse, Browser
from tests.web.material import Made, make_dossier
from web.french import day, today
from web.views.letter import letter_text
from web.views.letter_file import Shape, lines

INSTITUTION = "Conseil régional Aquitaine-Limousin-Poitou-Charentes"
HOSTILE = """Il manque <script>alert("x")</script> & les {{ 7 * 7 }} statuts"""


@pytest.fixture
def made(store: Store, tmp_path: Path, call: Call) -> Made:
    return make_dossier(store, tmp_path / "pdf", call, "Les Jardins", statuses={"3": SectionStatus.ABSENT})


@pytest.fixture
def instructor(client: Browse, people: dict[str, Person]) -> Browser:
    return client(people["instructor"])


@pytest.fixture
def letter(made: Made, instructor: Browser) -> str:
    """The address of the letter about a dossier whose third field is decided absent."""
    _decide(instructor, made, "3", "absent")
    return f"/dossiers/{made.dossier.id}/courrier"


def _decide(browser: Browser, made: Made, field: str, status: str, **more: Any) -> None:
    asked = {"kind": "field", "key": field, "value": status, "analysis": str(made.stored.id), **more}
    assert browser.post(f"/dossiers/{made.dossier.id}/decisions", data=asked).status_code == 303


def _autosave(browser: Browser, letter: str, **fields: str) -> Response:
    headers = {"accept": "application/json", "x-csrf-token": browser.csrf}
    return browser.post(letter, data=fields, headers=headers)


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’").replace("'", "’")


def _text(page: str) -> str:
    return _plain(page.split('<textarea class="textarea letter"')[1].split(">", 1)[1].split("</textarea>")[0].strip())


def _send(browser: Browser, letter: str, text: str, version: str, **more: Any) -> Response:
    kept = browser.post(letter, data={"text": text, "version": version, "suite": "envoi"})
    assert kept.headers["location"].startswith(f"{letter}/envoi")
    form = browser.get(kept.headers["location"]).text
    seen = form.split('name="version" value="')[1].split('"')[0]
    return browser.post(
        f"{letter}/envoi",
        data={"version": seen, "champ": ["3"], "envoi": today().isoformat(), "su": more.get("reponse", ""), **more},
    )


def test_the_day_of_the_reply_is_proposed_by_the_settings_of_the_call(
    instructor: Browser, letter: str, room: Room, call: Call
) -> None:
    soon = today() + timedelta(days=15)
    page = instructor.get(letter).text
    assert f'value="{soon.isoformat()}"' in page
    assert f"parvenir au plus tard le {_plain(day(soon))}." in _text(page)
    with room.writing("machine") as writing:
        calls.set_call(writing, call.id, deadline=None, quorum=3, retention_months=None, reply_days=40)
    later = today() + timedelta(days=40)
    assert f'value="{later.isoformat()}"' in instructor.get(letter).text
    with room.writing("machine") as writing:
        deadline = today() + timedelta(days=90)
        calls.set_call(writing, call.id, deadline=deadline, quorum=3, retention_months=None, reply_days=40)
    assert f"au plus tard le {_plain(day(deadline))}." in _text(instructor.get(letter).text)


def test_what_the_program_alone_holds_to_be_lacking_is_told_beside_a_text_or_without_one(
    instructor: Browser, made: Made
) -> None:
    letter = f"/dossiers/{made.dossier.id}/courrier"
    nothing = _plain(instructor.get(letter).text)
    assert "il n’y a rien à demander." in nothing
    assert "Le programme dit absents ou insuffisants ces champs" in nothing
    assert "aussi" not in nothing.split("<main")[1]
    _decide(instructor, made, "2", "absent")
    beside = _plain(instructor.get(letter).text)
    assert "Le programme dit aussi absents ou insuffisants ces champs" in beside
    assert "rien à demander" not in beside


def test_what_is_typed_is_kept_for_all_and_names_who_typed_it(
    instructor: Browser, client: Browse, people: dict[str, Person], letter: str
) -> None:
    answer = _autosave(instructor, letter, text=HOSTILE, reponse="2030-03-01", version="0")
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    other = client(people["administrator"])
    page = other.get(letter).text
    assert "Enregistré par Instructor d&#39;Essai" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert 'value="2030-03-01"' in page
    dossier = other.get(letter.removesuffix("/courrier")).text
    assert "Courrier en cours" in dossier
    auditor = client(people["auditor"]).get(letter).text
    assert "Courrier en cours, non envoyé" in auditor
    assert "<textarea" not in auditor


def test_two_who_write_at_once_are_shown_both_texts(
    instructor: Browser, client: Browse, people: dict[str, Person], letter: str
) -> None:
    other = client(people["administrator"])
    _autosave(instructor, letter, text="Le mien.", reponse="", version="0")
    late = _autosave(other, letter, text="Le sien.", reponse="", version="0")
    assert late.status_code == 409
    assert late.json() == {
        "version": 1,
        "values": {"text": "Le mien.", "reponse": ""},
        "by": "Instructor d'Essai",
    }
    plain = other.post(letter, data={"text": "Le sien.", "version": "0"})
    assert plain.status_code == 409
    assert "encore dans la page précédente" in plain.text
    assert _text(other.get(letter).text) == "Le mien."
    assert _autosave(other, letter, text="Le sien.", reponse="", version="1").status_code == 200
    page = instructor.get(letter).text
    assert _text(page) == "Le sien."
    assert "Texte précédent de Instructor d&#39;Essai" in page
    assert "Le mien." in page


def test_one_s_own_text_crosses_no_one_s(instructor: Browser, letter: str) -> None:
    """A form handed in while its last autosave was still under way."""
    _autosave(instructor, letter, text="Presque", reponse="", version="0")
    answer = instructor.post(letter, data={"text": "Presque fini", "version": "0"})
    assert answer.status_code == 303
    page = instructor.get(letter).text
    assert _text(page) == "Presque fini"
    assert "Presque</p>" in page  # the other window's stays beside


def test_decisions_made_since_are_told_and_the_proposed_text_can_be_taken_up(
    instructor: Browser, made: Made, letter: str
) -> None:
    _autosave(instructor, letter, text="Le mien.", reponse="", version="0")
    _decide(instructor, made, "2", "thin")
    page = _plain(instructor.get(letter).text)
    assert "2. Résumé de l’action : manque maintenant" in page
    back = instructor.post(letter, data={"text": "ignoré", "version": "1", "suite": "proposition"})
    page = instructor.get(back.headers["location"]).text
    assert "Résumé de l’action" in _text(page)
    assert "Le mien." in page
    assert "manque maintenant" not in page


def test_a_letter_sent_is_sealed_listed_and_read_again_word_for_word(
    instructor: Browser, client: Browse, people: dict[str, Person], letter: str, made: Made, room: Room, store: Store
) -> None:
    answer = _send(instructor, letter, HOSTILE, "0", reponse=(today() + timedelta(days=9)).isoformat())
    assert answer.headers["location"].endswith("#suivi")
    dossier = instructor.get(answer.headers["location"]).text
    number = dossier.split(f"/dossiers/{made.dossier.id}/courriers/")[1].split("?")[0].split('"')[0]
    assert "marqué comme envoyé" in dossier
    with room.reading() as reading:
        standing = states.of_dossier(reading, people["instructor"].viewer, made.dossier.id)
    assert standing.state is State.PIECES_REQUESTED
    auditor = client(people["auditor"])
    page = auditor.get(f"/dossiers/{made.dossier.id}/courriers/{number}").text
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; les {{ 7 * 7 }} statuts" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    (told,) = store.journal(action=Action.LETTER_SENT)
    assert str(told.data["letter"]) in page
    assert told.data["asked"] == ("3",)
    assert auditor.get(f"/dossiers/{made.dossier.id}/courriers/99").status_code == 404
    fresh = instructor.get(letter).text
    assert "Déjà envoyés" in fresh
    assert f"Notre courrier du {_plain(day(today()))}" in _text(fresh)
    assert store.verify().sound


def test_a_letter_is_not_sent_unseen(
    instructor: Browser, client: Browse, people: dict[str, Person], letter: str
) -> None:
    assert instructor.get(f"{letter}/envoi").headers["location"].startswith(letter)
    _autosave(instructor, letter, text="Lu.", reponse="2030-03-01", version="0")
    assert "1er mars 2030" in _plain(instructor.get(f"{letter}/envoi").text.split("Attention")[1])
    _autosave(client(people["administrator"]), letter, text="Changé.", reponse="", version="1")
    late = instructor.post(f"{letter}/envoi", data={"version": "1", "champ": "3"})
    assert late.status_code == 409
    wrongs: tuple[dict[str, Any], ...] = (
        {"champ": []},
        {"champ": ["3"], "envoi": "2190-01-01"},
        {"champ": ["3"], "reponse": "2001-01-01", "su": "2001-01-01"},
    )
    for wrong in wrongs:
        refused = instructor.post(f"{letter}/envoi", data={"version": "2", **wrong})
        assert refused.status_code == 400, wrong
        assert "Changé." in refused.text
    assert instructor.post(f"{letter}/envoi", data={"version": "2", "envoi": "hier"}).status_code == 400
    assert "Déjà envoyés" not in instructor.get(letter).text


def test_who_gives_a_day_that_the_letter_does_not_tell_is_told_so_first(instructor: Browser, letter: str) -> None:
    told, other = today() + timedelta(days=9), today() + timedelta(days=10)
    _autosave(instructor, letter, text=f"Au plus tard le {day(told)}.", reponse=told.isoformat(), version="0")
    asked: dict[str, Any] = {"version": "1", "champ": ["3"], "envoi": today().isoformat()}
    warned = instructor.post(f"{letter}/envoi", data={**asked, "reponse": other.isoformat()})
    assert warned.status_code == 200
    assert f"la réponse est attendue le {_plain(day(other))}" in _plain(warned.text)
    assert f'name="su" value="{other.isoformat()}"' in warned.text
    assert 'value="3" checked' in warned.text
    assert "Déjà envoyés" not in instructor.get(letter).text
    done = instructor.post(f"{letter}/envoi", data={**asked, "reponse": other.isoformat(), "su": other.isoformat()})
    assert done.status_code == 303


def test_the_call_is_quoted_line_by_line() -> None:
    (said,) = [
        paragraph
        for paragraph in _plain(letter_text(load_call("aquitaine-2014"), "Lavoir", "", {"1": "absent"}) or "").split(
            "\n\n"
        )
        if paragraph.startswith("Pour le dépôt")
    ]
    assert said.splitlines()[:2] == ["Pour le dépôt, l’appel indique : « ami.is@aquitaine.fr", "05 57 57 38 75"]
    assert said.endswith(" ».")


def test_days_are_corrected_and_a_letter_that_did_not_leave_says_so(
    instructor: Browser, letter: str, made: Made, client: Browse, people: dict[str, Person]
) -> None:
    _send(instructor, letter, "Il manque les statuts.", "0", reponse="")
    page = f"/dossiers/{made.dossier.id}/courriers/1"
    before = today() - timedelta(days=3)
    dated = {"letter": "1", "envoi": before.isoformat(), "reponse": before.isoformat()}
    assert instructor.post(page, data=dated).status_code == 303
    assert "attend encore des pièces" in instructor.get(page).text
    late = f"réponse attendue depuis le {_plain(day(before))}"
    assert late in _plain(instructor.get(f"/dossiers/{made.dossier.id}").text)
    assert instructor.post(page, data=dated).status_code == 409
    refused = instructor.post(page, data={"letter": "2", "envoi": "2190-01-01"})
    assert refused.status_code == 400
    assert "après aujourd’hui" in _plain(refused.text)
    assert instructor.post(page, data={"letter": "2", "act": "retirer"}).status_code == 303
    shown = instructor.get(page).text
    assert "finalement pas été envoyé" in _plain(shown)
    assert shown.count("said--replaced") == 2
    assert "Il manque les statuts." in client(people["auditor"]).get(page).text


def test_the_file_says_the_letter_word_for_word(instructor: Browser, letter: str, made: Made, store: Store) -> None:
    text = f"Objet : pièces\n\nMadame, Monsieur,\n\nIl manque :\n– {HOSTILE} ;\n– le budget.\n\nMerci.\x07"
    answer = instructor.post(f"{letter}.docx", data={"text": text})
    assert "attachment" in answer.headers["content-disposition"]
    said = [paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs]
    assert said == [
        INSTITUTION,
        f"Le {day(today())}",
        "Objet : pièces",
        "Madame, Monsieur,",
        "Il manque :",
        f"–\t{HOSTILE} ;",
        "–\tle budget.",
        "Merci.",
    ]
    (told,) = store.journal(action=Action.EXPORTED)
    assert told.data["what"] == "letter"
    _send(instructor, letter, text, "0", envoi=date(2026, 1, 5).isoformat())
    sent = instructor.get(f"/dossiers/{made.dossier.id}/courriers/1.docx")
    again = [paragraph.text for paragraph in Document(io.BytesIO(sent.content)).paragraphs]
    assert again[1] == f"Le {day(date(2026, 1, 5))}"
    assert again[2:] == said[2:]


def test_lines_of_a_letter_keep_their_shape() -> None:
    found = list(lines("objet : x\n\nListe :\n- a ;\n• b\n\n\nFin\n"))
    assert [(line.shape, line.text, line.last) for line in found] == [
        (Shape.SUBJECT, "objet : x", True),
        (Shape.PLAIN, "Liste :", False),
        (Shape.ITEM, "a ;", False),
        (Shape.ITEM, "b", True),
        (Shape.PLAIN, "Fin", True),
    ]
