"""French departments: of a postal code, of a well-known commune, by name."""

import tomllib
from functools import cache
from importlib import resources

from pipeline.text import fold


@cache
def department_names() -> dict[str, str]:
    """Name of each department by its code ("33", "2A", "974")."""
    return dict(_data()["departments"])


def department_of_postal_code(postal_code: str) -> str | None:
    """Code of the department that a postal code of five digits belongs to, or None when there is none such."""
    if postal_code.startswith(("97", "98")):
        code = postal_code[:3]
    elif postal_code.startswith("20"):
        code = "2A" if postal_code[2] in "01" else "2B"
    else:
        code = postal_code[:2]
    return code if code in department_names() else None


def department_of_commune(commune: str) -> str | None:
    """Code of the department of a well-known commune; None for the others."""
    return _departments_by_commune().get(plain_name(commune))


def department_named(name: str) -> str | None:
    """Code of the department of this name ("Landes"), whatever its case and accents."""
    wanted = plain_name(name)
    return next((code for code, known in department_names().items() if plain_name(known) == wanted), None)


def plain_name(name: str) -> str:
    """A name of place for comparison: folded, without hyphens, apostrophes or "saint" shortened."""
    words = fold(name).replace("-", " ").replace("'", " ").split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


@cache
def _departments_by_commune() -> dict[str, str]:
    return {plain_name(name): code for code, names in _data()["communes"].items() for name in names}


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((resources.files("pipeline.facts") / "data" / "departments.toml").read_text("utf-8"))
