"""What is kept: dossiers and their files, documents read, analyses, runs, and the journal of everything done.

`store.database.open_store(home, database=None, actor="machine")` gives a `Store`, safe for many threads and
processes at once, each process opening its own. What it gives are the frozen records of `store.records`.

    deposit(call, batch, name, files) -> Dossier              the same files again change nothing
    dossier(dossier_id, deposit=None) -> Dossier              the newest deposit, or that one
    dossiers(call=None, batch=None) -> tuple[Dossier, ...]
    file(sha256) -> bytes, file_path(sha256) -> Path          verified against the digest

    cached_document(key) -> CachedDocument | None             key: `store.keys.document_key(dossier, reading_version)`
    keep_document(dossier_id, key, content) -> CachedDocument

    find_analysis(dossier_id, key) -> StoredAnalysis | None   key: `store.keys.analysis_key(digest, provenance)`
    append_analysis(dossier_id, key, document, content) -> StoredAnalysis
    analyses(dossier_id) -> tuple[StoredAnalysis, ...]        oldest first

    open_run(call, batch, fingerprint) -> Run                 goes on with the unfinished one, if there is one
    enrol(run_id, dossier) -> RunItem
    advance(run_id, dossier_id, state, analysis=None) -> RunItem
    fail(run_id, dossier_id, reason) -> RunItem
    end_run(run_id) -> Run
    run(run_id) -> Run, runs() -> tuple[Run, ...]
    run_item(run_id, dossier_id) -> RunItem, run_items(run_id, state=None) -> tuple[RunItem, ...]

    journal(subject=None, action=None, after=0, limit=1000) -> tuple[JournalEvent, ...]
    head() -> JournalHead
    verify(anchor=None) -> VerificationReport

Every call is one transaction; one that changes something writes its journal event in that same transaction. Done
twice, a call changes nothing the second time, so a stage that was killed is simply run again.
"""
