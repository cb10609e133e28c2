"""Notes beside a field, a fact, a finding or the type of a dossier, without any decision.

What is typed is a draft, which its author alone sees: it is kept as it is typed, and half a sentence is no word to hold
somebody to. It becomes a word for all, told by the journal and never changed, when its author decides with it or leaves
it there (`leave`), as a note on the whole dossier is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from store.journal import Writing
from store.people import decisions, drafts
from store.people.decisions import Kind, Statement
from store.people.room import Reading
from store.people.viewers import Viewer

_PREFIX = "note"
_BETWEEN = ":"

About = tuple[Kind, str]
"""What a note is beside: the kind and the key of what may be decided."""


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What a person has typed and neither decided with nor left; `version` is from 1."""

    text: str
    version: int


def typed(reading: Reading | Writing, viewer: Viewer, dossier_id: str) -> Mapping[About, NoteDraft]:
    """What the viewer has typed on a dossier."""
    found = {}
    for subject, draft in drafts.mine(reading, viewer, dossier_id).items():
        prefix, _, about = subject.partition(_BETWEEN)
        if prefix == _PREFIX:
            found[_read(about)] = NoteDraft(draft.content["note"], draft.version)
    return found


def keep(writing: Writing, viewer: Viewer, dossier_id: str, about: About, text: str, version: int) -> int:
    """Keeps what is typed in the place of the draft of this version, 0 when there was none; an empty one is dropped.

    Gives the version that it has now.

    Raises:
        NotInStore: the person may not open the dossier.
        DraftChanged: the draft has another version.
    """
    kept = drafts.save(writing, viewer, dossier_id, _subject(about), {"note": text}, version)
    if text:
        return kept.version
    forget(writing, viewer, dossier_id, about)
    return 0


def forget(writing: Writing, viewer: Viewer, dossier_id: str, about: About) -> None:
    """Drops what the viewer had typed, once it is said or given up."""
    drafts.forget(writing, viewer, dossier_id, _subject(about))


def leave(writing: Writing, viewer: Viewer, dossier_id: str, about: About, text: str) -> None:
    """Leaves a note beside something, for all who instruct; what was typed there is no draft any more.

    Raises:
        NotInStore: the person may not open the dossier.
    """
    decisions.decide(writing, viewer, dossier_id, Statement(Kind.NOTE, _written(about), None, text))
    forget(writing, viewer, dossier_id, about)


def beside(statement: Statement) -> About | None:
    """What a note is beside; None for one on the whole dossier, and for what is no note."""
    return _read(statement.key) if statement.kind is Kind.NOTE and statement.key else None


def _subject(about: About) -> str:
    return f"{_PREFIX}{_BETWEEN}{_written(about)}"


def _written(about: About) -> str:
    kind, key = about
    return f"{kind.value}{_BETWEEN}{key}"


def _read(text: str) -> About:
    kind, _, key = text.partition(_BETWEEN)
    return Kind(kind), key
