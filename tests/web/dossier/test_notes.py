"""Notes beside something to decide: kept as they are typed for their author, then said with a decision or without."""

from httpx2 import Response

from store.database import Store
from store.people.accounts import Person
from store.records import Action
from tests.web.conftest import Browse, Browser
from tests.web.dossier.asking import HOSTILE, decide, form, plain
from tests.web.material import Made


def _type(browser: Browser, made: Made, note: str, version: int = 0, **about: str) -> Response:
    asked = {"kind": "field", "key": "3", "note": note, "version": str(version), **about}
    return browser.post(f"/dossiers/{made.dossier.id}/notes/brouillon", data=asked)


def _card(browser: Browser, made: Made, card: str = "champ-3") -> str:
    page = browser.get(f"/dossiers/{made.dossier.id}").text
    return page.split(f'id="{card}"')[1].split("</article>")[0]


def test_what_is_typed_is_found_again_by_its_author_alone(
    instructor: Browser, client: Browse, people: dict[str, Person], made: Made
) -> None:
    assert _type(instructor, made, HOSTILE).json() == {"version": 1}
    card = _card(instructor, made)
    assert "non rattachée à une décision" in card
    assert "&lt;script&gt;alert" in card
    assert "<script>alert" not in card
    assert 'name="version" value="1"' in card
    page = instructor.get(f"/dossiers/{made.dossier.id}").text
    assert "Notes non rattachées à une décision, que vous seul voyez" in plain(page)
    for name in ("administrator", "auditor"):
        assert "alert" not in client(people[name]).get(f"/dossiers/{made.dossier.id}").text, name
    assert _type(instructor, made, "", 1).json() == {"version": 0}
    assert "non rattachée" not in _card(instructor, made)


def test_two_windows_of_one_person_are_shown_both_texts(instructor: Browser, made: Made) -> None:
    _type(instructor, made, "Une fenêtre.")
    late = _type(instructor, made, "L'autre.")
    assert late.status_code == 409
    assert late.json() == {"version": 1, "values": {"note": "Une fenêtre."}, "by": ""}


def test_a_decision_takes_the_note_with_it(instructor: Browser, made: Made) -> None:
    _type(instructor, made, "Page 4.")
    told = decide(instructor, made, "field", "3", value="present", note="Page 4.")
    assert "Page 4." in told["html"]
    assert "non rattachée" not in told["html"]
    assert "non rattachée" not in _card(instructor, made)


def test_a_note_is_left_for_all_without_a_decision(
    instructor: Browser, client: Browse, people: dict[str, Person], made: Made, store: Store
) -> None:
    _type(instructor, made, "À vérifier.")
    told = decide(instructor, made, "field", "3", act="note", note="À vérifier.")
    assert (told["status"], told["decided"]) == (200, 0)
    assert "said--human" in told["html"]
    other = client(people["administrator"])
    assert "À vérifier." in _card(other, made)
    assert "décidé</span>" not in _card(other, made)
    page = other.get(f"/dossiers/{made.dossier.id}").text.split('id="suivi"')[1]
    assert 'href="#champ-3"' in page
    audited = client(people["auditor"]).get(f"/audit/dossiers/{made.dossier.id}").text
    assert "Note sur « 3. Objectifs de l’action »" in plain(audited)
    (event,) = store.journal(action=Action.DECISION_MADE)
    assert (event.data["kind"], event.data["key"]) == ("note", "field:3")
    assert store.verify().sound
    plain_form = instructor.post(
        f"/dossiers/{made.dossier.id}/decisions", data=form(made, "type", "", act="note", note="Deux types ?")
    )
    assert plain_form.headers["location"].endswith("#type")
    assert "Deux types ?" in _card(instructor, made, "type")
    assert decide(instructor, made, "field", "3", act="note", note="  ")["status"] == 400


def test_who_may_type_a_note(client: Browse, people: dict[str, Person], made: Made) -> None:
    for name, status in (("administrator", 200), ("auditor", 403), ("juror", 403)):
        assert _type(client(people[name]), made, "Vu.").status_code == status, name
    unknown = {"kind": "field", "note": "Vu."}
    assert (
        client(people["administrator"]).post(f"/dossiers/{'0' * 64}/notes/brouillon", data=unknown).status_code == 404
    )
