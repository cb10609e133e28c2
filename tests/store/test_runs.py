import pytest

from store.database import Store
from store.problems import NotInStore
from store.records import Action, ItemState
from tests.store.work import CALL, analyse, deposit, instruct


def test_a_run_that_did_not_end_is_taken_up_again(store: Store) -> None:
    run = store.open_run(CALL, "lot", "f")
    again = store.open_run(CALL, "lot", "f")
    assert (again.id, again.resumed, run.resumed) == (run.id, 1, 0)
    assert again.started_at == run.started_at
    assert [event.action for event in store.journal()] == [Action.RUN_STARTED, Action.RUN_RESUMED]


def test_a_new_run_starts_when_anything_that_matters_changed_or_the_former_ended(store: Store) -> None:
    first = store.open_run(CALL, "lot", "f")
    others = [store.open_run(CALL, "lot", "g"), store.open_run(CALL, "autre", "f"), store.open_run("x", "lot", "f")]
    store.end_run(first.id)
    others.append(store.open_run(CALL, "lot", "f"))
    assert len({first.id, *(run.id for run in others)}) == 5
    assert [run.id for run in store.runs()] == [first.id, *(run.id for run in others)]


def test_a_dossier_goes_through_its_states_and_the_journal_tells_the_result(store: Store) -> None:
    run, dossier = store.open_run(CALL, "lot", "f"), deposit(store)
    assert store.enrol(run.id, dossier).state is ItemState.PENDING
    assert store.advance(run.id, dossier.id, ItemState.READ).state is ItemState.READ
    analysis = analyse(store, dossier)
    item = store.advance(run.id, dossier.id, ItemState.ANALYSED, analysis.id)
    assert (item.state, item.analysis, item.deposit) == (ItemState.ANALYSED, analysis.id, 1)
    written = store.advance(run.id, dossier.id, ItemState.WRITTEN)
    assert (written.state, written.analysis) == (ItemState.WRITTEN, analysis.id)
    (told,) = store.journal(action=Action.RESULTS_WRITTEN)
    assert (told.subject, told.data) == (f"dossier:{dossier.id}", {"run": run.id, "analysis": analysis.digest})
    assert store.run_items(run.id) == (written,) == store.run_items(run.id, ItemState.WRITTEN)
    assert store.run_items(run.id, ItemState.PENDING) == ()


def test_a_stage_done_twice_or_late_changes_nothing(store: Store) -> None:
    run, dossier = store.open_run(CALL, "lot", "f"), deposit(store)
    store.enrol(run.id, dossier)
    analysis = analyse(store, dossier)
    store.advance(run.id, dossier.id, ItemState.ANALYSED, analysis.id)
    written = store.advance(run.id, dossier.id, ItemState.WRITTEN)
    head = store.head()
    assert store.enrol(run.id, dossier) == written
    assert store.advance(run.id, dossier.id, ItemState.READ) == written
    assert store.advance(run.id, dossier.id, ItemState.WRITTEN) == written
    assert store.fail(run.id, dossier.id, "late") == written
    assert store.head() == head


def test_new_files_start_the_dossier_again(store: Store) -> None:
    run, dossier = store.open_run(CALL, "lot", "f"), deposit(store)
    store.enrol(run.id, dossier)
    store.advance(run.id, dossier.id, ItemState.ANALYSED, analyse(store, dossier).id)
    item = store.enrol(run.id, deposit(store, content=b"%PDF-1.7 amended"))
    assert (item.state, item.deposit, item.analysis) == (ItemState.PENDING, 2, None)


def test_a_failed_dossier_keeps_its_first_reason_and_can_be_tried_again(store: Store) -> None:
    run, dossier = store.open_run(CALL, "lot", "f"), deposit(store)
    store.enrol(run.id, dossier)
    failed = store.fail(run.id, dossier.id, "broken-model")
    assert (failed.state, failed.reason) == (ItemState.FAILED, "broken-model")
    assert store.fail(run.id, dossier.id, "interrupted") == failed
    assert len(store.journal(action=Action.DOSSIER_FAILED)) == 1
    retried = store.advance(run.id, dossier.id, ItemState.READ)
    assert (retried.state, retried.reason) == (ItemState.READ, None)


def test_a_run_ends_once_and_only_when_every_dossier_is_done(store: Store) -> None:
    run, dossier, other = store.open_run(CALL, "lot", "f"), deposit(store), deposit(store, "dossier-2")
    for each in (dossier, other):
        store.enrol(run.id, each)
    store.advance(run.id, dossier.id, ItemState.WRITTEN)
    with pytest.raises(ValueError, match="still has"):
        store.end_run(run.id)
    store.fail(run.id, other.id, "timeout")
    ended = store.end_run(run.id)
    assert ended.ended_at is not None
    assert store.end_run(run.id) == ended == store.run(run.id)
    (told,) = store.journal(action=Action.RUN_ENDED)
    assert told.data == {"written": 1, "failed": 1}


@pytest.mark.parametrize("state", [ItemState.PENDING, ItemState.FAILED])
def test_no_dossier_is_moved_back_or_failed_by_advancing(store: Store, state: ItemState) -> None:
    with pytest.raises(ValueError, match="moves on"):
        store.advance(1, "0" * 64, state)


def test_an_analysis_is_named_on_moving_to_analysed_and_only_then(store: Store) -> None:
    with pytest.raises(ValueError, match="only then"):
        store.advance(1, "0" * 64, ItemState.ANALYSED)
    with pytest.raises(ValueError, match="only then"):
        store.advance(1, "0" * 64, ItemState.WRITTEN, 1)


def test_what_is_not_there_is_told(store: Store) -> None:
    run, dossier = store.open_run(CALL, "lot", "f"), deposit(store)
    for ask in (
        lambda: store.run(run.id + 1),
        lambda: store.end_run(run.id + 1),
        lambda: store.run_item(run.id, dossier.id),
        lambda: store.advance(run.id, dossier.id, ItemState.READ),
        lambda: store.fail(run.id, dossier.id, "x"),
    ):
        with pytest.raises(NotInStore):
            ask()


def test_a_whole_run_done_again_makes_no_new_document_or_analysis(store: Store) -> None:
    first, second = instruct(store, "lot", 3), instruct(store, "lot", 3)
    assert first != second
    assert [item.analysis for item in store.run_items(first)] == [item.analysis for item in store.run_items(second)]
    assert len(store.journal(action=Action.DOCUMENT_READ)) == len(store.journal(action=Action.DOSSIER_ANALYSED)) == 3
    assert store.verify().sound
