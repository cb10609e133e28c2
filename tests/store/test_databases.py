import pytest

from tests.databases import POSTGRESQL


def test_postgresql_is_tried_too() -> None:
    """One line that says so where it is not, instead of one per test."""
    if not POSTGRESQL:
        pytest.skip("REPERES_TEST_POSTGRESQL names no database: the store is tried on SQLite only")
    assert POSTGRESQL.startswith("postgresql")
