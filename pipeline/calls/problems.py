"""What is wrong with a call file, said in French: the key at fault, what was found there, what is expected.

A key is written as its path in the file, the elements of a list being counted from 1: `fields[3].limit.unit`.
The element's own id follows, since nobody counts up to the twelfth marker.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from pydantic_core import ErrorDetails

from pipeline.calls.schema import EXPECTED, nearest, table_at
from pipeline.text import typeset

Path = tuple[str | int, ...]

_LONGEST_QUOTE = 60

_EXPECTED_BY_TYPE = {
    "string_type": "un texte entre guillemets",
    "int_type": "un nombre entier, sans guillemets",
    "bool_type": "true ou false, sans guillemets",
    "date_type": "une date sans guillemets, comme 2025-06-30",
    "list_type": "une liste",
    "model_type": "une table de clés et de valeurs",
    "greater_than_equal": "un nombre supérieur ou égal à {ge}",
    "less_than_equal": "un nombre inférieur ou égal à {le}",
    "too_short": "une liste plus longue ({min_length} au minimum)",
}

_TOML_MISTAKES = {
    "Expected '=' after a key": "il manque le signe « = » après une clé",
    "Invalid value": "la valeur n'est ni un texte entre guillemets, ni un nombre, ni une date, ni true ou false",
    "Unclosed array": "une liste ouverte par « [ » n'est pas fermée",
    "Unclosed inline table": "une table ouverte par « { » n'est pas fermée",
    "Unterminated string": "un texte ouvert par un guillemet n'est pas fermé",
    "Expected '\"": "un texte ouvert par un guillemet n'est pas fermé",
    "Illegal character": "un texte n'est pas fermé sur sa ligne, ou contient un caractère interdit",
    "Unescaped '\\'": "une barre oblique inverse « \\ » doit être doublée dans un texte",
    "Cannot overwrite a value": "la clé est écrite deux fois",
    "Cannot declare": "la table est écrite deux fois",
    "Duplicate inline table key": "la clé est écrite deux fois",
    "Invalid initial character for a key part": "la clé commence par un caractère interdit",
    "Expected newline or end of document": "quelque chose suit la valeur sur la même ligne",
    "Expected ']": "un nom de table ouvert par « [ » n'est pas fermé",
    "Invalid statement": "la ligne n'est ni « clé = valeur », ni un nom de table entre crochets",
    "Invalid date or datetime": "la date n'existe pas",
}


def toml_problem(error: tomllib.TOMLDecodeError) -> str:
    """A syntax error with its place."""
    reason = next(
        (french for opening, french in _TOML_MISTAKES.items() if str(error).startswith(opening)),
        "la syntaxe du format TOML n'est pas respectée",
    )
    place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    where = f"ligne {place[1]}, colonne {place[2]}" if place else "fin du fichier"
    return typeset(f"{where} : {reason}.")


def encoding_problem(content: bytes, error: UnicodeDecodeError) -> str:
    """The line of the first byte that is not UTF-8."""
    line = content.count(b"\n", 0, error.start) + 1
    return typeset(f"ligne {line} : un caractère n'est pas encodé en UTF-8 ; enregistrez le fichier en UTF-8.")


def key_problem(error: ErrorDetails, data: Mapping[str, Any]) -> str:
    """One refusal by the schema; `data` is the whole file, where the ids of the elements are looked up."""
    path = error["loc"]
    kind = error["type"]
    where = at(path, data)
    if kind == "extra_forbidden":
        return _unknown_key(path, where)
    if kind == "missing":
        return typeset(f"{where} : clé absente ; elle est obligatoire.")
    return problem(where, _found(error["input"]), _what_is_expected(error))


def problem(where: str, found: str, expected: str) -> str:
    """The common form of a problem: the place, what is there, what should be."""
    return typeset(f"{where} : {found} ; attendu : {expected}.")


def at(path: Path, data: Mapping[str, Any]) -> str:
    """`fields[3].limit.unit (id « stade »)`: the path, with the id of the last list element on it that has one."""
    text, identity = "", ""
    node: Any = data
    for key in path:
        text += f"[{key + 1}]" if isinstance(key, int) else f".{key}"
        node = _child(node, key)
        if isinstance(key, int):
            identity = _identity(node) or identity
    return text.removeprefix(".") + identity


def _child(node: Any, key: str | int) -> Any:
    if isinstance(node, Mapping):
        return node.get(str(key))
    if isinstance(node, list) and isinstance(key, int):
        return node[key]
    return None


def _identity(element: Any) -> str:
    for name in ("id", "key", "code"):
        if isinstance(element, Mapping) and isinstance(element.get(name), str):
            return f" ({name} « {_shortened(element[name])} »)"
    return ""


def _unknown_key(path: Path, where: str) -> str:
    known = tuple(table_at(path).model_fields)
    near = nearest(str(path[-1]), known)
    advice = f"vouliez-vous dire « {near} » ?" if near else f"clés possibles : {', '.join(known)}."
    return typeset(f"{where} : clé inconnue ; {advice}")


def _what_is_expected(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] == EXPECTED:
        return str(context["expected"])
    if error["type"] == "enum":
        return re.sub(r"'([^']*)'", r"« \1 »", str(context["expected"]).replace(" or ", " ou "))
    return _EXPECTED_BY_TYPE[error["type"]].format(**context)


def _found(value: object) -> str:
    if isinstance(value, str):
        return f"« {_shortened(value)} »" if value.strip() else "un texte vide"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | date | time):
        return str(value)
    return "une liste" if isinstance(value, list) else "une table"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"
