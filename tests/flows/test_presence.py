from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event

import pytest

from flows.presence import at_work, giving_signs, sole_worker
from pipeline.errors import StoreProblem
from store import signs
from store.database import open_store
from store.journal import Writing


def test_two_at_work_on_one_run_know_of_each_other(tmp_path: Path) -> None:
    with at_work(tmp_path, 1) as first:
        with at_work(tmp_path, 1) as second, at_work(tmp_path, 1) as third:
            assert (first, second, third) == (False, True, True)
        with at_work(tmp_path, 2) as other_run:
            assert not other_run
    with at_work(tmp_path, 1) as later:
        assert not later


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    with at_work(tmp_path, 1):
        pass
    assert list((tmp_path / "runs").iterdir()) == []


def test_one_worker_at_a_time_and_the_next_waits_for_its_turn(tmp_path: Path) -> None:
    stop = Event()
    stop.set()
    with sole_worker(tmp_path, Event()) as first:
        assert first
        with sole_worker(tmp_path, stop) as second:
            assert not second
    with sole_worker(tmp_path, stop) as later:
        assert later


def test_a_worker_says_again_and_again_that_it_is_there_whatever_it_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.presence._BETWEEN_SIGNS", 0.0)
    store, given, enough = open_store(tmp_path / "home"), 0, Event()

    def counting(writing: Writing) -> None:
        nonlocal given
        signs_give(writing)
        given += 1
        if given == 3:
            enough.set()

    signs_give = signs.give
    monkeypatch.setattr(signs, "give", counting)
    with giving_signs(store):
        assert enough.wait(60)
    with store.reading() as connection:
        assert signs.last(connection) is not None
    assert store.journal() == ()


def test_a_sign_that_cannot_be_given_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.presence._BETWEEN_SIGNS", 0.0)
    store, tried = open_store(tmp_path / "home"), Event()
    writing, tries = store.writing, 0

    def busy() -> AbstractContextManager[Writing]:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise StoreProblem("La base de travail est occupée.")
        tried.set()
        return writing()

    monkeypatch.setattr(store, "writing", busy)
    with giving_signs(store):
        assert tried.wait(60)
