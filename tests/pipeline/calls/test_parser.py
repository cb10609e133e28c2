"""A call file becomes a `Call`, whoever wrote it."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from pipeline.calls.catalogue import built_in_content
from pipeline.calls.model import CheckKind, LengthLimit, LimitUnit, RequirementKind, Source
from pipeline.calls.parser import load_call, parse_call
from pipeline.errors import InvalidCallFile, UnknownCall
from tests.pipeline.calls.example import EXAMPLE, changed


def test_a_new_call_needs_no_code() -> None:
    call = load_call(str(EXAMPLE))
    assert (call.id, call.year, call.deadline) == ("comte-du-lac-2025", 2025, date(2025, 10, 15))
    assert [field.id for field in call.fields] == ["1", "2", "3", "4", "5", "engagement-commune"]
    assert len(call.markers) == 9
    assert [level.value for level in call.markers[0].levels] == ["Absent", "En germe", "Installé"]
    assert call.fields[1].limit == LengthLimit(1, LimitUnit.PAGES)
    assert (call.ceiling_eur, call.duration_months) == (25_000, 18)
    assert next(check.amount for check in call.checks if check.kind is CheckKind.ACCOUNTS_HORIZON) == 18


def test_a_new_call_brings_its_own_headings_and_cues() -> None:
    call = load_call(str(EXAMPLE))
    field, document = call.fields[4:]
    assert (field.topic, field.optional) == (None, True)
    assert field.headings == ("Sobriété numérique", "Nos outils informatiques")
    assert "logiciel* libre*" in field.cues
    assert (document.kind, document.must_be_dated, document.must_be_signed) == (RequirementKind.DOCUMENT, True, True)
    assert call.markers[7].topic is None
    assert "sans ecran*" in call.markers[7].cues


def test_the_source_is_the_first_document_unless_another_is_named() -> None:
    call = load_call(str(EXAMPLE))
    assert call.definition.source == Source("reglement", "Article 1")
    assert call.markers[0].source == Source("annexe", "Repère 1")


def test_line_breaks_are_spaces_and_empty_lines_part_paragraphs() -> None:
    first, second = load_call(str(EXAMPLE)).definition.text.split("\n\n")
    assert first.endswith("un besoin que ni le marché ni l'action publique ne couvrent sur le territoire.")
    assert second == "La réponse doit pouvoir être reprise ailleurs."


def test_the_digest_is_that_of_the_bytes() -> None:
    content = EXAMPLE.read_bytes()
    assert parse_call(content, "x").digest == hashlib.sha256(content).hexdigest()
    assert parse_call(content + b"\n", "x").digest != parse_call(content, "x").digest


@pytest.mark.parametrize(("opening", "line_end"), [(b"\xef\xbb\xbf", b"\n"), (b"", b"\r\n")])
def test_files_saved_by_windows_editors_say_the_same(opening: bytes, line_end: bytes) -> None:
    content = EXAMPLE.read_bytes()
    plain, rewritten = (parse_call(text, "x") for text in (content, opening + content.replace(b"\n", line_end)))
    assert (rewritten.definition, rewritten.fields, rewritten.markers) == (
        plain.definition,
        plain.fields,
        plain.markers,
    )


def test_a_copy_of_a_built_in_call_is_that_call(tmp_path: Path) -> None:
    copy = tmp_path / "copie.toml"
    copy.write_bytes(built_in_content("alpc-2016"))
    assert load_call(str(copy)) == load_call("alpc-2016")


@pytest.mark.parametrize("name", ["aquitaine-2015", "", "/nulle/part.toml", "."])
def test_unknown_call(name: str) -> None:
    with pytest.raises(UnknownCall) as caught:
        load_call(name)
    assert caught.value.message == f"«\u00a0{name}\u00a0» n'est ni un appel connu, ni un fichier d'appel."
    assert caught.value.exit_code == 2


def test_a_wrong_file_is_named_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "appel.toml"
    path.write_bytes(changed('unit = "pages"', 'unit = "mots"'))
    with pytest.raises(InvalidCallFile) as caught:
        load_call(str(path))
    assert caught.value.path == str(path)
    assert str(path) in caught.value.message
    assert caught.value.exit_code == 2
