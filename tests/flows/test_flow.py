"""What a stage that fails becomes, before Prefect sees it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from prefect.client.schemas.objects import State, StateType

from flows import flow
from flows.flow import StageFailed, StageInterrupted
from flows.settings import Settings
from pipeline.errors import ReperesError
from store.database import Store, open_store
from store.problems import StoreBusy
from store.records import ItemState, NewFile

SECRET = "le texte confidentiel d'un dossier"


class FakeTools:
    """Tools with a real store and nothing else."""

    def __init__(self, store: Store) -> None:
        self.store = store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    opened = open_store(tmp_path / "home")
    monkeypatch.setattr(flow, "load_settings", lambda: Settings(home=tmp_path / "home"))
    monkeypatch.setattr(flow, "open_tools", lambda _settings: FakeTools(opened))
    return opened


def enrolled(store: Store) -> tuple[int, str]:
    dossier = store.deposit("aquitaine-2014", "lot", "essai", [NewFile("essai.pdf", b"%PDF")])
    run = store.open_run("aquitaine-2014", "lot", "0" * 64)
    store.enrol(run.id, dossier)
    return run.id, dossier.id


def raising(error: Exception) -> Callable[[object], object]:
    def work(_tools: object) -> object:
        raise error

    return work


@pytest.mark.parametrize("error", [OSError(11, SECRET), StoreBusy(SECRET)])
def test_what_can_pass_is_interrupted_and_left_pending(store: Store, error: Exception) -> None:
    run_id, dossier_id = enrolled(store)
    with pytest.raises(StageInterrupted) as caught:
        flow._guarded(raising(error), run_id, dossier_id)
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None
    assert store.run_item(run_id, dossier_id).state is ItemState.PENDING


@pytest.mark.parametrize(
    ("error", "reason"), [(ReperesError(SECRET), "error"), (ValueError(SECRET), "unexpected-ValueError")]
)
def test_what_cannot_pass_is_put_down_as_a_code(store: Store, error: Exception, reason: str) -> None:
    run_id, dossier_id = enrolled(store)
    with pytest.raises(StageFailed) as caught:
        flow._guarded(raising(error), run_id, dossier_id)
    assert not isinstance(caught.value, StageInterrupted)
    assert str(caught.value) == reason
    item = store.run_item(run_id, dossier_id)
    assert (item.state, item.reason) == (ItemState.FAILED, reason)


def test_only_what_can_pass_is_tried_again() -> None:
    def state(error: Exception) -> State[object]:
        return State(type=StateType.FAILED, data=error)

    assert flow._can_pass(flow.read_dossier, None, state(StageInterrupted("OSError")))  # type: ignore[arg-type]
    assert not flow._can_pass(flow.read_dossier, None, state(StageFailed("error")))  # type: ignore[arg-type]


def test_tasks_keep_nothing_of_what_they_are_given() -> None:
    for task in (flow.read_dossier, flow.analyse_dossier, flow.write_results):
        assert task.persist_result is False
        assert task.log_prints is False
        assert task.retries == 2
