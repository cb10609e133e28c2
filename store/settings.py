"""Settings, read from environment variables that start with REPERES_: what every part of the program shares."""

import re
from pathlib import Path
from typing import Annotated, TypeVar

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.errors import UsageProblem


class InvalidSetting(UsageProblem):
    """A REPERES_ variable holds something else than what is expected."""

    code = "invalid-setting"
    advice = "Corrigez la variable d'environnement, ou retirez-la pour garder la valeur habituelle."


class StoreSettings(BaseSettings):
    """Where things are kept. Each part of the program adds its own settings to these."""

    model_config = SettingsConfigDict(
        env_prefix="REPERES_", env_ignore_empty=True, frozen=True, hide_input_in_errors=True
    )

    # Absolute, for what is in it is reached from other folders and other processes too.
    home: Annotated[Path, AfterValidator(Path.absolute)] = Field(
        default_factory=lambda: user_data_path("reperes", appauthor=False)
    )
    database: str | None = None  # an SQLAlchemy URL; without it, SQLite in `home`


Kind = TypeVar("Kind", bound=StoreSettings)


def settings_of(kind: type[Kind]) -> Kind:
    """The settings of this process.

    Raises:
        InvalidSetting: names the variable at fault and what is expected.
    """
    try:
        return kind()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        variable = "REPERES_" + "_".join(str(part) for part in first["loc"]).upper()
        raise InvalidSetting(f"La variable {variable} n'est pas valable : {_expected(first)}.") from None


_EXPECTED = {
    "literal_error": "les valeurs possibles sont {expected}",
    "int_parsing": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "greater_than_equal": "la plus petite valeur possible est {ge}",
    "less_than_equal": "la plus grande valeur possible est {le}",
    "bool_parsing": "« true » ou « false » est attendu",
    "bool_type": "« true » ou « false » est attendu",
    "path_type": "un chemin de dossier est attendu",
}


def _expected(error: object) -> str:
    kind = error["type"] if isinstance(error, dict) else ""
    context = error.get("ctx", {}) if isinstance(error, dict) else {}
    if "expected" in context:  # "'threads', 'processes' or 'dask'"
        context = {"expected": re.sub(r"'(.*?)'", r"« \1 »", context["expected"]).replace(" or ", " et ")}
    return _EXPECTED.get(kind, "valeur inattendue").format(**context)
