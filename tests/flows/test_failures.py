import errno

import pytest

from flows.failures import failure, system_code, system_said, unexpected_code
from pipeline.failures import INTERRUPTED


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, "Le traitement s'est arrêté avant la fin de ce dossier."),
        (INTERRUPTED, "Le traitement s'est arrêté avant la fin de ce dossier."),
        ("output-full", "Ses résultats n'ont pas pu être écrits\u00a0: le disque est plein."),
        ("store-full", "Il n'y a plus de place"),
        (system_code(OSError(errno.ENOSPC, "confidentiel")), "Le disque est plein."),
        (system_code(FileNotFoundError(errno.ENOENT, "confidentiel")), "n'a pas pu être lu ou écrit (ENOENT)"),
        (unexpected_code(ValueError("confidentiel")), "une erreur qu'il ne connaît pas (ValueError)"),
        ("contract", "une erreur qu'il ne connaît pas (contract)"),
    ],
)
def test_a_dossier_that_failed_says_why_and_never_what_it_holds(code: str | None, expected: str) -> None:
    told = failure("essai", code).told
    assert told.startswith("essai – ")
    assert expected in told
    assert "confidentiel" not in told


def test_what_the_system_refuses_to_the_command_is_french() -> None:
    assert system_said(PermissionError(errno.EACCES, "Permission denied")).endswith(
        "Vérifiez vos droits, puis relancez."
    )
