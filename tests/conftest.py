"""What tests of several packages begin with."""

from pathlib import Path

import pytest

from store.database import open_store


@pytest.fixture(scope="session")
def bare_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with nothing in it, to be copied: the migrations that make its tables take far longer than a copy."""
    home = tmp_path_factory.mktemp("bare") / "home"
    open_store(home)
    return home
