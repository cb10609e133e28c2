"""What the store gives: frozen records, never rows of the database. Times are aware and in UTC."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to deposit: its name in the dossier, and its bytes or the path where they are."""

    name: str
    content: bytes | Path


@dataclass(frozen=True, slots=True)
class DossierFile:
    """A file of a deposit; its bytes are `Store.file(sha256)`."""

    name: str
    sha256: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Dossier:
    """One application, as it was deposited the `deposit`-th time (1-based); files in the order given.

    `id` stays the same when the applicant replaces files: it is made of the call, the batch and the name.
    """

    id: str
    call: str
    batch: str
    name: str
    deposit: int
    files: tuple[DossierFile, ...]
    deposited_at: datetime


@dataclass(frozen=True, slots=True)
class CachedDocument:
    """A document as it was read; `digest` is the SHA-256 of `content`."""

    key: str
    digest: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredAnalysis:
    """An analysis as it was made; `document` is the digest of the very document that its passages point into."""

    id: int
    dossier_id: str
    key: str
    document: str
    content: bytes  # canonical JSON
    digest: str
    created_at: datetime


class ItemState(StrEnum):
    """How far a dossier is in a run."""

    PENDING = "pending"
    READ = "read"
    ANALYSED = "analysed"
    WRITTEN = "written"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """One instruction of a batch; `resumed` says how many times it was taken up again after a stop.

    `fingerprint` is a digest of all that the results depend on besides the dossiers.
    """

    id: int
    call: str
    batch: str
    fingerprint: str
    resumed: int
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunItem:
    """A dossier in a run: the deposit that is instructed, how far it is, the analysis it got, why it failed."""

    run_id: int
    dossier_id: str
    deposit: int
    state: ItemState
    analysis: int | None  # StoredAnalysis.id
    reason: str | None  # code, for a failed one
    updated_at: datetime


class Action(StrEnum):
    """The closed list of what the journal tells."""

    RUN_STARTED = "run-started"
    RUN_RESUMED = "run-resumed"
    RUN_ENDED = "run-ended"
    DOSSIER_DEPOSITED = "dossier-deposited"
    DOCUMENT_READ = "document-read"
    DOSSIER_ANALYSED = "dossier-analysed"
    RESULTS_WRITTEN = "results-written"
    DOSSIER_FAILED = "dossier-failed"
    INTAKE_OPENED = "intake-opened"
    INTAKE_READY = "intake-ready"
    INTAKE_ENDED = "intake-ended"
    INTAKE_FAILED = "intake-failed"
    DOSSIER_RETRIED = "dossier-retried"
    DEPOSIT_SETTLED = "deposit-settled"

    ACCOUNT_ADDED = "account-added"
    ACCOUNT_CHANGED = "account-changed"
    LOGGED_IN = "logged-in"
    LOGGED_OUT = "logged-out"
    LOGIN_REFUSED = "login-refused"
    CALL_OPENED = "call-opened"
    CALL_CLOSED = "call-closed"
    CALL_SET = "call-set"
    JURY_CHANGED = "jury-changed"
    DOSSIER_ASSIGNED = "dossier-assigned"
    DOSSIER_UNASSIGNED = "dossier-unassigned"
    DOSSIER_MARKED = "dossier-marked"
    DOSSIER_LABELLED = "dossier-labelled"
    DECISION_MADE = "decision-made"
    LETTER_SENT = "letter-sent"
    LETTER_CORRECTED = "letter-corrected"
    LETTER_WITHDRAWN = "letter-withdrawn"
    BULK_DONE = "bulk-done"
    BULK_UNDONE = "bulk-undone"
    EXPORTED = "exported"
    CONFLICT_DECLARED = "conflict-declared"
    CONFLICT_DENIED = "conflict-denied"
    PASSAGE_CHOSEN = "passage-chosen"
    SCORE_SUBMITTED = "score-submitted"
    ANSWER_SUBMITTED = "answer-submitted"
    SESSION_PLANNED = "session-planned"
    SESSION_CHANGED = "session-changed"
    SESSION_OPENED = "session-opened"
    PRESENCE_SET = "presence-set"
    SESSION_CLOSED = "session-closed"
    DOSSIER_SETTLED = "dossier-settled"
    COLLECTIVE_VALUE_SET = "collective-value-set"
    COLLECTIVE_ANSWER_SET = "collective-answer-set"
    OUTCOME_SET = "outcome-set"
    SAMPLE_DRAWN = "sample-drawn"
    CHECK_RECORDED = "check-recorded"
    VERIFICATION_ASKED = "verification-asked"
    JOURNAL_VERIFIED = "journal-verified"


Datum = None | bool | int | str | tuple[str, ...]
"""What the data of an event may hold: counts, codes and digests; never the text of a dossier."""


@dataclass(frozen=True, slots=True)
class JournalEvent:
    """One thing done, by whom and to what; `digest` seals it together with all that came before (`previous`).

    `actor` is `machine` or `person:<id>`; `subject` is `dossier:<id>`, `run:<id>`, `call:<id>`, `person:<id>`…
    """

    sequence: int
    at: datetime
    actor: str
    action: Action
    subject: str
    data: Mapping[str, Datum]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class JournalHead:
    """The last event. Noted outside the store, it is the anchor that proves later that no tail was cut off."""

    sequence: int
    digest: str
