"""A dossier with a field that is absent and one that is thin, and who instructs it."""

from pathlib import Path

import pytest

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people.accounts import Person
from tests.web.conftest import Browse, Browser
from tests.web.material import Made, make_dossier


@pytest.fixture
def made(store: Store, tmp_path: Path, call: Call) -> Made:
    statuses = {"3": SectionStatus.ABSENT, "5": SectionStatus.THIN}
    return make_dossier(store, tmp_path / "pdf", call, "Les Jardins", statuses=statuses)


@pytest.fixture
def instructor(client: Browse, people: dict[str, Person]) -> Browser:
    return client(people["instructor"])
