import re
from datetime import UTC, date, datetime

import pytest

from pipeline.analysis import SectionStatus
from store.people.viewers import Role
from tests.web.frame.pages import WEB
from web import french

SPACE = "\u00a0"
SIGNS = set(re.findall(r'<symbol id="([\w-]+)"', (WEB / "static" / "img" / "icons.svg").read_text()))
TONES = set(re.findall(r"\.badge--(\w+)", (WEB / "static" / "css" / "components.css").read_text()))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Aquitaine 2014", "d’Aquitaine 2014"),
        ("Île-de-France", "d’Île-de-France"),
        ("Hauts-de-France 2017", "de Hauts-de-"),
    ],
)
def test_a_vowel_elides(name: str, said: str) -> None:
    assert french.of(name).startswith(said)


def test_every_status_has_a_word_a_sign_and_a_tone() -> None:
    for kind, statuses in french.STATUSES.items():
        labels = [status.label for status in statuses.values()]
        assert len(set(labels)) == len(labels), kind
        for status in statuses.values():
            assert status.label
            assert status.icon in SIGNS
            assert status.tone in TONES | {"neutral"}


def test_the_statuses_of_fields_are_those_of_the_analysis() -> None:
    unread = {"unverified"}  # what is shown in the place of a status when nothing of the dossier could be read
    assert set(french.STATUSES["field"]) == {status.value for status in SectionStatus} | unread
    assert french.status("thin", "field").label == "insuffisant"
    with pytest.raises(KeyError):
        french.status("thin", "dossier")


def test_every_role_has_its_word() -> None:
    assert [french.role(role) for role in Role] == ["Administration", "Instruction", "Jury", "Audit"]


def test_instants_are_told_in_french_and_in_the_hour_of_france() -> None:
    late = datetime(2026, 6, 30, 22, 5, tzinfo=UTC)
    assert french.day(late) == f"1er{SPACE}juillet{SPACE}2026"
    assert french.day(date(2026, 6, 30)) == f"30{SPACE}juin{SPACE}2026"
    assert french.hour(late) == f"0{SPACE}h{SPACE}05"
    assert french.moment(datetime(2026, 3, 3, 13, 32, tzinfo=UTC)).replace(SPACE, " ") == "3 mars 2026 à 14 h 32"


def test_amounts_counts_and_sizes() -> None:
    assert french.euros(46500) == "46\u202f500\u00a0€"
    assert french.euros(None) == "–"
    assert french.months(24) == "24\u00a0mois"
    assert french.counted(0, "dossier", "dossiers") == "0\u00a0dossier"
    assert french.counted(1250, "dossier", "dossiers") == "1\u202f250\u00a0dossiers"
    sizes = [french.size(value).replace(SPACE, " ") for value in (0, 999, 999_999, 1_240_000, 25_000_000)]
    assert sizes == ["0 o", "999 o", "1,0 Mo", "1,2 Mo", "25 Mo"]


def test_words_are_typeset() -> None:
    assert french.typeset("L'aide : l'« étape » d'avant ?") == "L’aide\u00a0: l’«\u00a0étape\u00a0» d’avant\u00a0?"
