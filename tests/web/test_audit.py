"""What auditors see of a call."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people.accounts import Person
from tests.web.conftest import Browser
from tests.web.material import Made, make_dossier

Browse = Callable[[Person | None], Browser]


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
    assert "Personne n’a encore rien décidé" in page
    assert auditor.get("/audit/inconnu").status_code == 404


def test_differences_lead_to_their_dossiers(
    auditor: Browser, client: Browse, people: dict[str, Person], made: Made
) -> None:
    instructor = client(people["instructor"])
    _decide(instructor, made, "3", "present")
    _decide(instructor, made, "1", "present")
    page = auditor.get("/audit/alpc-2016").text
    assert page.count("le programme est corrigé") == 1
    assert page.count("le programme est confirmé") == 1
    for link in page.split('class="number"><a href="')[1:]:
        listed = auditor.get(link.split('"', 1)[0].replace("&amp;", "&"))
        assert listed.status_code == 200
        assert "Les Jardins" in listed.text
