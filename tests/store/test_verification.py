"""Every kind of tampering, done by someone who may do anything to the database and the files, is told."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from store.canonical import digest, digest_of
from store.database import Store, open_store
from store.doubts import Doubt
from store.people.sealing import SEALED
from store.records import JournalHead
from tests.databases import Tamper
from tests.store.work import instruct


def doubts(store: Store, anchor: JournalHead | None = None) -> list[Doubt]:
    return [problem.doubt for problem in store.verify(anchor).problems]


@pytest.fixture(autouse=True)
def _worked(store: Store) -> None:
    instruct(store, "lot", 3)


def test_what_was_not_touched_is_sound(store: Store) -> None:
    report = store.verify(store.head())
    assert report.sound
    assert (report.events, report.analyses, report.files) == (14, 3, 5)
    assert report.head == store.head()


def test_an_empty_store_is_sound(tmp_path: Path) -> None:
    report = open_store(tmp_path / "other").verify()
    assert report.sound
    assert (report.events, report.files) == (0, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor = 'person' WHERE sequence = 7",
        "UPDATE journal SET at = '2020-01-01T00:00:00.000000Z' WHERE sequence = 7",
        "UPDATE journal SET at = 'yesterday' WHERE sequence = 7",
        "UPDATE journal SET action = 'run-ended' WHERE sequence = 7",
        "UPDATE journal SET action = 'unheard-of' WHERE sequence = 7",
        "UPDATE journal SET subject = 'run:9' WHERE sequence = 7",
        "UPDATE journal SET data = '{}' WHERE sequence = 7",
        "UPDATE journal SET data = 'not json' WHERE sequence = 7",
        "UPDATE journal SET data = data || ' ' WHERE sequence = 7",
    ],
)
def test_an_altered_event_is_told_with_its_number(store: Store, tamper: Tamper, statement: str) -> None:
    tamper(statement)
    altered = [problem for problem in store.verify().problems if problem.doubt is Doubt.EVENT_ALTERED]
    assert [problem.message for problem in altered] == ["L'événement n°\u00a07 a été modifié après coup."]


def test_an_event_altered_and_sealed_anew_breaks_the_chain(store: Store, engine: Engine, tamper: Tamper) -> None:
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM journal WHERE sequence = 5")).one()
    sealed = digest_of(
        {"sequence": 5, "at": row.at, "actor": "person", "action": row.action, "subject": row.subject}
        | {"data": json.loads(row.data), "previous": row.previous}
    )
    tamper("UPDATE journal SET actor = 'person', digest = :sealed WHERE sequence = 5", sealed=sealed)
    assert doubts(store) == [Doubt.CHAIN_BROKEN]


@pytest.mark.parametrize(
    ("last", "words"), [(7, "L'événement n°\u00a07 a été retiré"), (8, "n°\u00a07 à 8 ont été retirés")]
)
def test_removed_events_are_told(store: Store, tamper: Tamper, last: int, words: str) -> None:
    tamper("DELETE FROM journal WHERE sequence BETWEEN 7 AND :last", last=last)
    problems = store.verify().problems
    assert problems[0].doubt is Doubt.EVENTS_MISSING
    assert words in problems[0].message


def test_events_put_in_another_order_are_told(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE journal SET sequence = 100 WHERE sequence = 6")
    tamper("UPDATE journal SET sequence = 6 WHERE sequence = 7")
    tamper("UPDATE journal SET sequence = 7 WHERE sequence = 100")
    assert {Doubt.CHAIN_BROKEN, Doubt.EVENT_ALTERED} <= set(doubts(store))


def test_events_numbered_again_over_a_removed_one_are_told(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM journal WHERE sequence = 13")
    tamper("UPDATE journal SET sequence = 13 WHERE sequence = 14")
    assert {Doubt.CHAIN_BROKEN, Doubt.EVENT_ALTERED, Doubt.TAIL_MISSING} <= set(doubts(store))


def test_a_tail_cut_off_is_told(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM journal WHERE sequence > 12")
    problems = store.verify().problems
    assert [problem.doubt for problem in problems] == [Doubt.TAIL_MISSING]
    assert "n°\u00a012, et il en a compté 14" in problems[0].message


def test_a_tail_cut_off_with_its_head_is_told_by_a_head_noted_elsewhere(store: Store, tamper: Tamper) -> None:
    noted = store.head()
    kept = store.journal(after=12, limit=1)[0]
    tamper("DELETE FROM journal WHERE sequence > 13")
    tamper("UPDATE journal_head SET sequence = 13, digest = :digest", digest=kept.digest)
    assert doubts(store) == []
    assert doubts(store, noted) == [Doubt.ANCHOR_DIFFERS]


def test_an_anchor_that_is_not_in_the_chain_is_told(store: Store) -> None:
    assert doubts(store, JournalHead(5, "0" * 64)) == [Doubt.ANCHOR_DIFFERS]


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM journal_head", "UPDATE journal_head SET digest = 'x'", "UPDATE journal_head SET sequence = 3"],
)
def test_an_altered_head_is_told(store: Store, tamper: Tamper, statement: str) -> None:
    tamper(statement)
    assert doubts(store) == [Doubt.HEAD_ALTERED]


def test_an_emptied_journal_is_told(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM journal")
    assert {Doubt.TAIL_MISSING, Doubt.ANALYSIS_UNTOLD, Doubt.DEPOSIT_UNTOLD} <= set(doubts(store))


def test_an_altered_analysis_is_told_even_with_its_digest_made_anew(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE analyses SET content = :content WHERE id = 2", content=b"[]")
    assert doubts(store) == [Doubt.ANALYSIS_ALTERED]
    tamper("UPDATE analyses SET digest = :digest WHERE id = 2", digest=digest(b"[]"))
    assert doubts(store) == [Doubt.ANALYSIS_ALTERED]


def test_removed_and_added_analyses_are_told(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM analyses WHERE id = 2")
    assert doubts(store) == [Doubt.ANALYSIS_MISSING]
    tamper(
        "INSERT INTO analyses (id, dossier_id, key, document, content, digest, created_at) "
        "SELECT 9, dossier_id, 'k', document, content, digest, created_at FROM analyses WHERE id = 1"
    )
    assert doubts(store) == [Doubt.ANALYSIS_UNTOLD, Doubt.ANALYSIS_MISSING]


def test_altered_removed_and_added_deposits_are_told(store: Store, tamper: Tamper) -> None:
    first, second, _third = (dossier.id for dossier in store.dossiers())
    tamper("UPDATE deposit_files SET name = 'autre.pdf' WHERE dossier_id = :id AND position = 0", id=first)
    assert doubts(store) == [Doubt.DEPOSIT_ALTERED]
    tamper("DELETE FROM deposit_files WHERE dossier_id = :id", id=first)
    assert doubts(store) == [Doubt.DEPOSIT_ALTERED]
    tamper("DELETE FROM deposits WHERE dossier_id = :id", id=first)
    assert doubts(store) == [Doubt.DEPOSIT_MISSING]
    tamper("UPDATE deposits SET number = 2 WHERE dossier_id = :id", id=second)
    tamper("UPDATE deposit_files SET deposit = 2 WHERE dossier_id = :id", id=second)
    assert doubts(store) == [Doubt.DEPOSIT_MISSING, Doubt.DEPOSIT_MISSING, Doubt.DEPOSIT_UNTOLD]


def test_a_dossier_given_another_name_is_told(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE dossiers SET name = 'autre' WHERE name = 'dossier-1'")
    assert doubts(store) == [Doubt.DOSSIER_ALTERED]


def test_a_document_swapped_for_another_is_told(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE documents SET sha256 = (SELECT max(sha256) FROM documents)")
    assert doubts(store) == [Doubt.DOCUMENT_ALTERED] * 2


def test_missing_and_altered_files_are_told(store: Store) -> None:
    dossier = store.dossiers()[0]
    store.file_path(dossier.files[0].sha256).unlink()
    altered = store.file_path(store.analyses(dossier.id)[0].document)
    altered.write_bytes(b"other")
    assert sorted(doubts(store)) == [Doubt.FILE_ALTERED, Doubt.FILE_MISSING]
    assert any(str(altered) in problem.message for problem in store.verify().problems)


def test_every_table_is_checked_or_is_mere_progress(engine: Engine) -> None:
    """A new table must be brought under the journal, or named here with a reason."""
    checked = {"dossiers", "deposits", "deposit_files", "documents", "analyses", "journal", "journal_head"}
    # Rebuilt by running again, or said anew every few seconds: they decide nothing.
    progress = {"runs", "run_items", "alembic_version", "worker_signs"}
    # How files came in, or did not: deposits are what counts.
    intakes = {"intakes", "intake_files", "intake_items", "intake_left_out", "intake_pieces", "retries"}
    words = {table.name for table in SEALED.values()}
    # What is so at present, each change of which the journal tells.
    present = {"people", "room_calls", "jurors", "assignments", "dossier_states", "dossier_labels", "labels"}
    present |= {
        "bulk_actions",
        "bulk_changes",
        "jury_sessions",
        "session_dossiers",
        "session_jurors",
        "sample_dossiers",
    }
    present |= {"session_absences", "verification_requests", "verifications"}
    # Sessions, what is not said yet, what each person likes to see.
    tastes = {"logins", "refusals", "saved_views", "shown_columns", "drafts", "letter_drafts"}
    drawn = {"decided_dossiers", "settled_findings"}  # from the decisions, at each of them
    made_again = {name for name in inspect(engine).get_table_names() if name.startswith("index_")}
    found = set(inspect(engine).get_table_names()) - made_again
    assert found == checked | progress | intakes | words | present | tastes | drawn
