"""Letters that ask for what is missing, one per dossier, in one archive. Nothing is sent."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from pipeline.analysis import Analysis
from pipeline.calls.model import Call
from pipeline.text import same_name
from store.people.filters import READINGS
from store.people.letter_drafts import Written
from store.people.states import State
from store.people.triage import TriageRow
from web.french import counted, today, typeset
from web.views import letter_file
from web.views.letter import letter_text
from web.views.letter_unread import files_to_ask

_LEFT_OUT = "LISEZ-MOI.txt"
_BARE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST = 120  # characters of a name
_MOST_FILES = 100  # files for word processors in one archive: more would take too long, and are texts
_ABOUT = (
    "Un courrier par dossier, ni complet ni sans suite, où une personne a décidé qu'un champ est absent ou "
    "insuffisant, ou dont un fichier n'a pas pu être lu. Là où un courrier est commencé, c'est le texte enregistré. "
    "Relisez-les avant de les envoyer : Repères n'envoie rien.",
    f"Il y en a plus de {_MOST_FILES} : ce sont des textes. Avec un filtre plus étroit, ce sont des fichiers .docx.",
)
_NOTHING = "Dossiers sans courrier, parce que personne n'y a décidé qu'un champ manque :"
_NOT_ASKED: Mapping[State, str] = {
    State.COMPLETE: "Dossiers sans courrier, parce qu'ils sont marqués complets :",
    State.DROPPED: "Dossiers sans courrier, parce qu'ils sont sans suite :",
}
_NOT_WHOLE = (READINGS["lu-en-partie"], READINGS["illisible"])


def archive(
    call: Call,
    rows: Sequence[TriageRow],
    decided: Mapping[str, Mapping[str, str]],
    begun: Mapping[str, Written],
    partly: Mapping[str, Analysis],
    expected: date,
) -> bytes:
    """A .zip of .docx files, or of UTF-8 texts where there are many.

    By dossier, `decided` are the statuses that people gave to fields, and `begun` the letters under way, which are
    taken as they are; the others ask for a reply by `expected`. `partly` are the analyses of those of `not_whole`.

    A text apart names the dossiers without a letter and why, with how many fields the program alone says are lacking.
    """
    texts = {
        row.id: _text(call, row, decided.get(row.id, {}), begun.get(row.id), partly.get(row.id), expected)
        for row in rows
        if row.people.state not in _NOT_ASKED
    }
    many = sum(text is not None for text in texts.values()) > _MOST_FILES
    buffer, silent, taken = io.BytesIO(), defaultdict[str, list[str]](list), {same_name(_LEFT_OUT)}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for row in rows:
            text = texts.get(row.id)
            if text is None:
                why = _NOT_ASKED.get(row.people.state, _NOTHING)
                silent[why].append(_told(row, decided.get(row.id, {})))
            elif many:
                made.writestr(_free(row.name, "txt", taken), _encoded(text))
            else:
                made.writestr(_free(row.name, "docx", taken), letter_file.written(call, row.name, text, today()))
        made.writestr(_LEFT_OUT, _encoded("\n\n".join(_about(silent, many=many))))
    return buffer.getvalue()


def not_whole(rows: Sequence[TriageRow], begun: Collection[str]) -> tuple[str, ...]:
    """The dossiers of which a letter is to be made that tells what could not be read of them."""
    return tuple(
        row.id
        for row in rows
        if row.machine.reading in _NOT_WHOLE and row.people.state not in _NOT_ASKED and row.id not in begun
    )


def _text(
    call: Call,
    row: TriageRow,
    decided: Mapping[str, str],
    begun: Written | None,
    partly: Analysis | None,
    expected: date,
) -> str | None:
    if begun is not None:
        return begun.text
    held = () if partly is None else {file.sha256 for file in partly.files}
    unread = files_to_ask(partly, held)
    name, bearer = row.name, _bearer(row)
    return letter_text(call, name, bearer, decided, expected=expected, partly=partly is not None, unread=unread)


def _bearer(row: TriageRow) -> str:
    return str(row.people.facts.get("porteur") or row.machine.bearer or "")


def _about(silent: Mapping[str, Sequence[str]], *, many: bool) -> Iterator[str]:
    yield typeset(_ABOUT[0])
    if many:
        yield typeset(_ABOUT[1])
    for why, names in silent.items():
        yield typeset(why)
        yield "\n".join(names)


def _told(row: TriageRow, decided: Mapping[str, str]) -> str:
    alone = sum(field not in decided for field in (*row.machine.absent, *row.machine.thin))
    more = counted(alone, "champ que le programme seul dit manquer", "champs que le programme seul dit manquer")
    return f"– {row.name}" + (f" ({more})" if alone else "")


def _free(name: str, kind: str, taken: set[str]) -> str:
    """A name of file that any system takes, which no other letter has."""
    bare = _BARE.sub(" ", name).strip(" .")[:_LONGEST] or "dossier"
    candidate, number = f"{bare}.{kind}", 1
    while same_name(candidate) in taken:
        number += 1
        candidate = f"{bare} ({number}).{kind}"
    taken.add(same_name(candidate))
    return candidate


def _encoded(text: str) -> bytes:
    return f"{text}\n".replace("\n", "\r\n").encode("utf-8-sig")
