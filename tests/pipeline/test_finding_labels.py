"""Every finding that the program may tell has its French in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pipeline
from pipeline.labels import FINDING_LABELS, finding_label
from pipeline.reasons import Note

_SOURCES = Path(pipeline.__file__).parent
_MAKERS = {"Finding", "finding"}
_BY_PARTS = {f"file-{note}" for note in Note} | {f"invalid-{name}" for name in ("rna", "siren", "siret")}


def _codes() -> Iterator[str | None]:
    """The first argument of each finding made; None of one that is put together."""
    for path in _SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MAKERS and node.args:
                code = node.args[0]
                yield str(code.value) if isinstance(code, ast.Constant) else None


def test_every_code_is_named() -> None:
    codes = {code for code in _codes() if code is not None}
    assert {"not-a-candidacy", "length-limit", "budget-unbalanced", "unsigned-statutes"} <= codes
    assert codes | _BY_PARTS == set(FINDING_LABELS)


def test_names_are_french_and_distinct() -> None:
    names = list(FINDING_LABELS.values())
    assert len(names) == len(set(names))
    assert all(name[0].isupper() and "-" not in name.split()[0] and len(name) < 40 for name in names)
    assert finding_label("not-a-candidacy") == "Texte qui n’est pas une candidature"
    assert finding_label("of-a-former-version") == "of-a-former-version"
