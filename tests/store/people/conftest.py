"""What most tests of people's words begin with."""

import pytest

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.database import Store
from store.keys import ROOM_BATCH
from store.records import NewFile


@pytest.fixture
def call() -> Call:
    return load_call("alpc-2016")


@pytest.fixture
def dossier_id(store: Store, call: Call) -> str:
    """A dossier of the call that nobody has touched."""
    return store.deposit(call.id, ROOM_BATCH, "Lavoir", [NewFile("a.pdf", b"%PDF-1.7")]).id
