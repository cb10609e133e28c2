"""Letters that ask for what is missing, one text per dossier, in one archive. Nothing is sent."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from pipeline.calls.model import Call
from pipeline.text import same_name
from store.people.triage import TriageRow
from web.french import counted, typeset
from web.views.letter import letter_text

_LEFT_OUT = "LISEZ-MOI.txt"
_BARE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST = 120  # characters of a name
_ABOUT = (
    "Un courrier par dossier où une personne a décidé qu'un champ est absent ou insuffisant. Ce sont des brouillons : "
    "relisez-les avant de les envoyer. Repères n'envoie rien.",
    "Dossiers sans courrier, parce que personne n'y a décidé qu'un champ manque :",
)


def archive(call: Call, rows: Sequence[TriageRow], decided: Mapping[str, Mapping[str, str]]) -> bytes:
    """A .zip of UTF-8 texts; `decided` are the statuses that people gave to fields, by dossier, then by field.

    A text apart names the dossiers that have no letter, with how many fields the program alone says are lacking.
    """
    buffer, silent, taken = io.BytesIO(), list[str](), {same_name(_LEFT_OUT)}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for row in rows:
            text = letter_text(call, row.name, _bearer(row), decided.get(row.id, {}))
            if text is None:
                silent.append(_told(row, decided.get(row.id, {})))
            else:
                made.writestr(_free(row.name, taken), _encoded(text))
        made.writestr(_LEFT_OUT, _encoded("\n\n".join(_about(silent))))
    return buffer.getvalue()


def _bearer(row: TriageRow) -> str:
    return str(row.people.facts.get("porteur") or row.machine.bearer or "")


def _about(silent: Sequence[str]) -> Iterator[str]:
    yield typeset(_ABOUT[0])
    if silent:
        yield typeset(_ABOUT[1])
        yield "\n".join(silent)


def _told(row: TriageRow, decided: Mapping[str, str]) -> str:
    alone = sum(field not in decided for field in (*row.machine.absent, *row.machine.thin))
    more = counted(alone, "champ que le programme seul dit manquer", "champs que le programme seul dit manquer")
    return f"– {row.name}" + (f" ({more})" if alone else "")


def _free(name: str, taken: set[str]) -> str:
    """A name of file that any system takes, which no other letter has."""
    bare = _BARE.sub(" ", name).strip(" .")[:_LONGEST] or "dossier"
    candidate, number = f"{bare}.txt", 1
    while same_name(candidate) in taken:
        number += 1
        candidate = f"{bare} ({number}).txt"
    taken.add(same_name(candidate))
    return candidate


def _encoded(text: str) -> bytes:
    return f"{text}\n".replace("\n", "\r\n").encode("utf-8-sig")
