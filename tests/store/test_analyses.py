import pytest

from pipeline.errors import StoreProblem
from store.database import Store
from store.problems import ConflictingAnalysis
from store.records import Action
from tests.store.work import analyse, deposit

KEY, DOCUMENT = "a" * 64, "d" * 64


def test_an_analysis_is_given_back_as_it_was_put(store: Store) -> None:
    dossier = deposit(store)
    assert store.find_analysis(dossier.id, KEY) is None
    content = '{"réponse":"à compléter"}'.encode()
    kept = store.append_analysis(dossier.id, KEY, DOCUMENT, content)
    assert (kept.content, kept.document, kept.key, kept.dossier_id) == (content, DOCUMENT, KEY, dossier.id)
    assert store.find_analysis(dossier.id, KEY) == kept
    (told,) = store.journal(action=Action.DOSSIER_ANALYSED)
    assert told.data == {"key": KEY, "document": DOCUMENT, "analysis": kept.digest}


def test_the_same_analysis_again_changes_nothing(store: Store) -> None:
    dossier = deposit(store)
    kept = analyse(store, dossier)
    head = store.head()
    assert store.append_analysis(dossier.id, kept.key, kept.document, kept.content) == kept
    assert store.head() == head


def test_another_analysis_under_the_same_key_is_refused(store: Store) -> None:
    dossier = deposit(store)
    kept = store.append_analysis(dossier.id, KEY, DOCUMENT, b"{}")
    with pytest.raises(ConflictingAnalysis):
        store.append_analysis(dossier.id, KEY, DOCUMENT, b"[]")
    assert store.analyses(dossier.id) == (kept,)


def test_a_new_version_adds_an_analysis_beside_the_old(store: Store) -> None:
    dossier, other = deposit(store), deposit(store, "dossier-2")
    first = store.append_analysis(dossier.id, KEY, DOCUMENT, b"{}")
    second = store.append_analysis(dossier.id, "b" * 64, DOCUMENT, b"[]")
    store.append_analysis(other.id, KEY, DOCUMENT, b"{}")
    assert store.analyses(dossier.id) == (first, second)


def test_an_analysis_of_no_known_dossier_leaves_no_trace(store: Store) -> None:
    with pytest.raises(StoreProblem):
        store.append_analysis("0" * 64, KEY, DOCUMENT, b"{}")
    assert store.journal() == ()
