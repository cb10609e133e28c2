"""`open_store` and the `Store` that it gives: the one door to what is kept."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from weakref import finalize

from sqlalchemy import Connection, Engine

from pipeline.calls.model import Call
from store import analyses, calls, dossiers, index, journal, runs, verification, verifications
from store.doubts import VerificationReport
from store.engine import Hand, place_of, reading, writing
from store.files import FileStore
from store.index import IndexEntry
from store.instants import now
from store.journal import MACHINE, Writing
from store.opening import open_engine
from store.records import (
    Action,
    CachedDocument,
    Dossier,
    DossierFile,
    ItemState,
    JournalEvent,
    JournalHead,
    NewFile,
    Run,
    RunItem,
    StoredAnalysis,
)


def open_store(home: Path, database: str | None = None, *, actor: str = MACHINE) -> "Store":
    """Opens the store in `home`, made where there is none, its schema brought up to date.

    `database` is the address of a PostgreSQL database (`postgresql://user@server/name`); without it the database is
    an SQLite file of `home`. The files are in `home` in both cases. `actor` is who the journal says did it.

    Raises:
        StoreProblem: the folder or the database cannot be used, or a newer program made it.
    """
    engine = open_engine(home, database, Hand.MACHINE)
    return Store(engine, FileStore(home / "files"), actor)


class Store:
    """What is kept. Every method is one transaction and raises `StoreProblem` where the store cannot be used.

    Safe for many threads; a process opens its own. Its connections are closed when nothing refers to it any more.
    """

    def __init__(self, engine: Engine, files: FileStore, actor: str) -> None:
        self._engine = engine
        self._files = files
        self._actor = actor
        finalize(self, engine.dispose)

    @property
    def place(self) -> str:
        """Where the database is, as it may be shown."""
        return place_of(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction to read in, for the functions of `store.intakes` and `store.index`."""
        with reading(self._engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction to write in, for the functions of `store.intakes`; undone when it raises."""
        with writing(self._engine) as connection:
            yield Writing(connection, self._actor)

    # Dossiers and files

    def deposit(self, call: str, batch: str, name: str, files: Sequence[NewFile]) -> Dossier:
        """Keeps the files of a dossier; the same again change nothing, others make a new deposit of the same dossier.

        Raises:
            ValueError: two files have the same name.
            OSError: a file to deposit cannot be read.
        """
        # Files first: should the program stop here, they are there for the next try and nothing points to them yet.
        kept = self.keep_files(files)
        with writing(self._engine) as connection:
            return dossiers.deposit(Writing(connection, self._actor), call, batch, name, kept)

    def keep_files(self, files: Sequence[NewFile]) -> tuple[DossierFile, ...]:
        """Keeps the bytes of files that are those of one dossier, or may be.

        Raises:
            ValueError: two files have the same name.
            OSError: a file cannot be read.
        """
        if len({file.name for file in files}) < len(files):
            raise ValueError("two files of a dossier have the same name")
        return tuple(DossierFile(file.name, *self._files.put(file.content)) for file in files)

    def dossier(self, dossier_id: str, deposit: int | None = None) -> Dossier:
        """The dossier with its newest deposit, or with the one of this number.

        Raises:
            NotInStore: no such dossier or deposit.
        """
        with reading(self._engine) as connection:
            return dossiers.find(connection, dossier_id, deposit)

    def dossiers(self, call: str | None = None, batch: str | None = None) -> tuple[Dossier, ...]:
        """All dossiers, or those of a call or a batch, with their newest deposit, by call, batch and name."""
        with reading(self._engine) as connection:
            return dossiers.find_all(connection, call, batch)

    def file(self, sha256: str) -> bytes:
        """The bytes of a file, verified.

        Raises:
            AlteredFile: it is missing or altered.
        """
        return self._files.read(sha256)

    def file_path(self, sha256: str) -> Path:
        """The path of a file, verified now, for programs that read from a path. It must not be written.

        Raises:
            AlteredFile: it is missing or altered.
        """
        return self._files.checked_path(sha256)

    def known_call(self, call_id: str) -> Call:
        """The call of this id: one of the program's, or one that a user added to the room.

        Raises:
            UnknownCall: there is none.
        """
        with reading(self._engine) as connection:
            return calls.known_call(connection, self._files, call_id)

    # Documents and analyses

    def cached_document(self, key: str) -> CachedDocument | None:
        """The document kept under `key` (`store.keys.document_key`), None where there is none or its file is gone.

        Raises:
            AlteredFile: its bytes are no longer those that were kept.
        """
        with reading(self._engine) as connection:
            digest = dossiers.document_digest(connection, key)
        if digest is None or not self._files.place(digest).exists():
            return None
        return CachedDocument(key, digest, self._files.read(digest))

    def keep_document(self, dossier_id: str, key: str, content: bytes) -> CachedDocument:
        """Keeps the document read from a dossier, in the place of the one that was under `key`, if any.

        The bytes of the former stay: analyses point to them.
        """
        digest, _size = self._files.put(content)
        with writing(self._engine) as connection:
            dossiers.point_document(Writing(connection, self._actor), dossier_id, key, digest)
        return CachedDocument(key, digest, content)

    def find_analysis(self, dossier_id: str, key: str) -> StoredAnalysis | None:
        """The dossier's analysis of this key (`store.keys.analysis_key`)."""
        with reading(self._engine) as connection:
            return analyses.find(connection, dossier_id, key)

    def append_analysis(self, dossier_id: str, key: str, document: str, content: bytes) -> StoredAnalysis:
        """Keeps an analysis for ever; `document` is the digest of the document it was made from, `content` its bytes.

        Raises:
            ConflictingAnalysis: the analysis of this key has other bytes.
        """
        with writing(self._engine) as connection:
            return analyses.append(Writing(connection, self._actor), dossier_id, key, document, content)

    def analyses(self, dossier_id: str) -> tuple[StoredAnalysis, ...]:
        """All analyses of a dossier, oldest first."""
        with reading(self._engine) as connection:
            return analyses.find_all(connection, dossier_id)

    def index(self, entry: IndexEntry) -> None:
        """Puts what an analysis gives to filter and search by in the index, if it is of the newest deposit.

        Raises:
            NotInStore: no such dossier or deposit.
        """
        wording = index.wording_of(self.dossier(entry.dossier_id, entry.deposit), entry)
        with writing(self._engine) as connection:
            index.put(connection, entry, wording)

    # Runs

    def open_run(self, call: str, batch: str, fingerprint: str) -> Run:
        """The run of this call, batch and fingerprint that did not end, taken up again; else a new one."""
        with writing(self._engine) as connection:
            return runs.open_run(Writing(connection, self._actor), call, batch, fingerprint)

    def enrol(self, run_id: int, dossier: Dossier) -> RunItem:
        """Puts a dossier in a run, `pending`; already there, it stays as it is, unless its files are new."""
        with writing(self._engine) as connection:
            return runs.enrol(Writing(connection, self._actor), run_id, dossier)

    def advance(self, run_id: int, dossier_id: str, state: ItemState, analysis: int | None = None) -> RunItem:
        """Moves a dossier on to `read`, `analysed` (with its analysis) or `written`; never back.

        Raises:
            ValueError: another state, or an analysis that lacks or does not belong.
            NotInStore: the dossier is not in the run.
        """
        with writing(self._engine) as connection:
            return runs.advance(Writing(connection, self._actor), run_id, dossier_id, state, analysis)

    def fail(self, run_id: int, dossier_id: str, reason: str) -> RunItem:
        """Says that a dossier could not be instructed in a run; `reason` is a code. One that is written stays so.

        Raises:
            NotInStore: the dossier is not in the run.
        """
        with writing(self._engine) as connection:
            return runs.fail(Writing(connection, self._actor), run_id, dossier_id, reason)

    def end_run(self, run_id: int, *, written: bool = True) -> Run:
        """Ends a run all of whose dossiers are written or failed; or analysed, when its results are not `written`.

        Raises:
            ValueError: some are not.
            NotInStore: no such run.
        """
        with writing(self._engine) as connection:
            return runs.end_run(Writing(connection, self._actor), run_id, written=written)

    def run(self, run_id: int) -> Run:
        """Raises:
        NotInStore: no such run.
        """
        with reading(self._engine) as connection:
            return runs.find(connection, run_id)

    def runs(self) -> tuple[Run, ...]:
        """All runs, oldest first."""
        with reading(self._engine) as connection:
            return runs.find_all(connection)

    def run_item(self, run_id: int, dossier_id: str) -> RunItem:
        """Raises:
        NotInStore: the dossier is not in the run.
        """
        with reading(self._engine) as connection:
            return runs.find_item(connection, run_id, dossier_id)

    def run_items(self, run_id: int, state: ItemState | None = None) -> tuple[RunItem, ...]:
        """The dossiers of a run, all or those in one state, by id."""
        with reading(self._engine) as connection:
            return runs.items(connection, run_id, state)

    # Journal

    def journal(
        self, subject: str | None = None, action: Action | None = None, after: int = 0, limit: int = 1000
    ) -> tuple[JournalEvent, ...]:
        """At most `limit` events after the sequence `after`, in order; `subject` is `dossier:<id>` or `run:<id>`."""
        with reading(self._engine) as connection:
            return journal.events(connection, subject, action, after, limit)

    def head(self) -> JournalHead:
        """The last event (sequence 0 when there is none): note it elsewhere, it can be given to `verify` later."""
        with reading(self._engine) as connection:
            return journal.head(connection)

    def verify(self, anchor: JournalHead | None = None) -> VerificationReport:
        """Checks the journal, the analyses, the dossiers and every file; `anchor` is a head noted earlier."""
        with reading(self._engine) as connection:
            return verification.verify(connection, self._files, anchor)

    def verify_if_asked(self) -> bool:
        """Verifies the journal when someone in the room asks, without the files, which take long. Whether one did."""
        with reading(self._engine) as connection:
            request = verifications.awaited(connection)
            if request is None:
                return False
            started_at, report = now(), verification.verify(connection, None, None)
        with self.writing() as writing:
            verifications.keep(writing, request, started_at, report)
        return True
