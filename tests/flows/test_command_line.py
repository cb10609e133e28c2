from pathlib import Path

import pytest

from flows.cli.application import application
from flows.settings import load_settings

ENGLISH = (
    "Usage:",
    "Options:",
    "Commands:",
    "Show this",
    "Error:",
    "Missing",
    "No such",
    "Try ",
    "[required]",
    "default:",
)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = application(arguments)
    captured = capsys.readouterr()
    return code, captured.out, " ".join(captured.err.split())


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPERES_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["run", "--help"],
        ["demo", "--help"],
        ["calls", "--help"],
        ["calls", "show", "--help"],
        ["calls", "check", "--help"],
        ["doctor", "--help"],
        ["journal", "--help"],
        ["bench", "read", "--help"],
        ["bench", "room", "--help"],
        ["evaluate", "--help"],
    ],
)
def test_help_is_in_french(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, _ = said(capsys, *arguments)
    assert code == 0
    assert "Usage : reperes" in out
    assert not [word for word in ENGLISH if word in out]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "Il manque une commande."),
        (["journal"], "Il manque une commande."),
        (["run"], "Il manque l'argument « ENTRÉE »."),
        (["run", "", "--call", "x", "--out", "y"], "La valeur donnée pour l'argument « ENTRÉE » est vide."),
        (["run", ".", "--call", "", "--out", "y"], "La valeur donnée pour l'option « --call » est vide."),
        (["journal", "show", "--last", "0"], "La valeur donnée pour l'option « --last » ne convient pas."),
        (["run", ".", "--call", "x", "--out", ""], "La valeur donnée pour l'option « --out » est vide."),
        (["run", ".", "--bogus"], "L'option « --bogus » n'existe pas. Voyez"),
        (["rum"], "La commande « rum » n'existe pas. Vouliez-vous dire « run » ?"),
        (["run", ".", "--cal", "x", "--out", "y"], "L'option « --cal » n'existe pas. Vouliez-vous dire « --call » ?"),
        (["run", "."], "Il manque l'option « --call »."),
        (["run", ".", "--call"], "L'option « --call » attend une valeur. Voyez « reperes run --help »."),
        (["run", ".", "x", "--call", "y", "--out", "z"], "arguments en trop"),
        (["calls", "show"], "Il manque l'argument « APPEL »."),
    ],
)
def test_a_wrong_call_is_told_in_one_french_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], expected: str
) -> None:
    code, out, err = said(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("Erreur :")
    assert expected in err
    assert "Usage : reperes" in err
    assert not [word for word in ENGLISH if word in err]


def test_an_unknown_call_writes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    code, out, err = said(
        capsys, "run", str(tmp_path / "a.pdf"), "--call", "bretagne-2030", "--out", str(tmp_path / "o")
    )
    assert code == 2
    assert out == ""
    assert "bretagne-2030" in err
    assert not (tmp_path / "o").exists()


def test_an_input_that_does_not_exist_writes_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = said(
        capsys, "run", str(tmp_path / "rien"), "--call", "aquitaine-2014", "--out", str(tmp_path / "o")
    )
    assert code == 2
    assert out == ""
    assert "n'existe pas" in err
    assert not (tmp_path / "o").exists()


def test_calls_are_listed_shown_and_checked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = said(capsys, "calls")
    assert code == 0
    assert all(call in out for call in ("aquitaine-2014", "alpc-2016", "hauts-de-france-2017"))
    code, out, _ = said(capsys, "calls", "show", "alpc-2016")
    assert code == 0
    assert "Formalisation de la gouvernance" in out
    wrong = tmp_path / "appel.toml"
    wrong.write_text('titre = "x"\n', "utf-8")
    code, _, err = said(capsys, "calls", "check", str(wrong))
    assert code == 2
    assert "titre" in err


def test_a_call_file_that_is_unusual_is_valid_with_remarks(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "calls", "check", "docs/utilisateur/exemple-appel.toml")
    assert code == 0
    assert "Fichier valable" in out
    assert "Remarque\u00a0: Nombre de repères\u00a0: 9" in out


def test_a_file_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["calls", "check", "rien.toml"], ["bench", "read", "rien"]):
        code, _, err = said(capsys, *arguments)
        assert code == 2
        assert "n'existe pas" in err


@pytest.mark.parametrize("arguments", [["doctor"], ["journal", "show"]])
def test_a_home_that_cannot_be_made_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setenv("REPERES_HOME", "/proc/nulle-part")
    code, out, err = said(capsys, *arguments)
    assert code == 1
    assert "Le dossier de travail « /proc/nulle-part » ne peut pas être créé ou écrit." in " ".join(out.split()) + err


def test_an_empty_home_is_the_usual_one_and_a_relative_one_is_made_absolute(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPERES_HOME", "travail")
    assert load_settings().home == tmp_path / "travail"
    monkeypatch.setenv("REPERES_HOME", "")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert load_settings().home == tmp_path / "data" / "reperes"


def test_doctor_tells_what_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "doctor")
    assert code == 0
    assert "pypdfium2" in out
    assert "aquitaine-2014" in out


def test_a_wrong_setting_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPERES_WORKERS", "beaucoup")
    code, _, err = said(capsys, "doctor")
    assert code == 2
    assert "La variable REPERES_WORKERS n'est pas valable : un nombre entier est attendu." in err
    monkeypatch.setenv("REPERES_WORKERS", "2")
    monkeypatch.setenv("REPERES_TASK_RUNNER", "fusée")
    _, _, err = said(capsys, "doctor")
    assert "REPERES_TASK_RUNNER" in err
    assert "« threads », « processes » et « dask »" in err
    assert "fusée" not in err


def test_the_journal_of_an_empty_store_verifies(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "journal", "verify")
    assert code == 0
    assert "aucune anomalie" in out
