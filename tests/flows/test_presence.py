from pathlib import Path

from flows.presence import at_work


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
