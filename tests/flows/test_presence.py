from pathlib import Path
from threading import Event

from flows.presence import at_work, sole_worker


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
