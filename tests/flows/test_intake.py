"""What is dropped becomes dossiers: nothing is read or analysed here."""

from pathlib import Path

import pytest

from flows.intake import clear_scratch, deposit_intake
from flows.settings import Settings
from flows.tools import Tools
from store import intakes
from store.database import open_store
from store.intakes import Grouping, Intake, NotSent
from store.people.room import Room, open_room
from store.upload_paths import InvalidUpload
from tests.flows.room import CALL, archive, drop, items, state, told

A, B, C = b"%PDF-1.7 a", b"%PDF-1.7 b", b"%PDF-1.7 c"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def room(home: Path) -> Room:
    return open_room(home)


@pytest.fixture
def tools(home: Path, room: Room) -> Tools:
    return Tools(Settings(home=home), open_store(home), None, None)  # type: ignore[arg-type]


def taken_in(tools: Tools, intake: Intake) -> None:
    with tools.store.writing() as writing:
        found = intakes.take(writing)
    assert found is not None
    assert found.id == intake.id
    deposit_intake(tools, found)


def names(tools: Tools) -> dict[str, list[str]]:
    return {dossier.name: [file.name for file in dossier.files] for dossier in tools.store.dossiers()}


def test_files_dropped_alone_are_dossiers_and_folders_beside_them_too(tools: Tools, room: Room) -> None:
    intake = drop(room, {"a.pdf": A, "Lescar/b.pdf": B, "Lescar/pièces/c.pdf": C, "notes.txt": b"x"})
    taken_in(tools, intake)
    assert names(tools) == {"a": ["a.pdf"], "Lescar": ["b.pdf", "pièces/c.pdf"]}
    assert told(room, intake) == [
        ("a.pdf", "new", None),
        ("Lescar", "new", None),
        ("notes.txt", "refused", "not-a-pdf-file"),
    ]
    assert state(room, intake) == ("running", None)


@pytest.mark.parametrize(
    ("grouping", "expected"),
    [(Grouping.SEPARATE, {"a": ["a.pdf"], "b": ["b.pdf"]}), (Grouping.TOGETHER, {"Lot": ["a.pdf", "b.pdf"]})],
)
def test_one_folder_is_cut_or_kept_as_its_owner_says(
    tools: Tools, room: Room, grouping: Grouping, expected: dict[str, list[str]]
) -> None:
    taken_in(tools, drop(room, {"Lot/a.pdf": A, "Lot/b.pdf": B}, grouping))
    assert names(tools) == expected


@pytest.mark.parametrize(
    ("dropped", "expected"),
    [
        ({"Lescar/budget.pdf": A}, {"Lescar": ["budget.pdf"]}),
        ({"Lescar/budget.pdf": A, "Pau/e.pdf": B}, {"Lescar": ["budget.pdf"], "Pau": ["e.pdf"]}),
        ({"Lescar/budget.pdf": A, "Lescar/notes.docx": B}, {"Lescar": ["budget.pdf"]}),
        ({"Lescar/pièces/budget.pdf": A}, {"pièces": ["budget.pdf"]}),  # as among other folders
        ({"Lescar/budget.pdf": A, "Lescar/pièces/b.pdf": B}, {"budget": ["budget.pdf"], "pièces": ["b.pdf"]}),
        ({"Lescar/budget.pdf": A, "Lescar/lot.zip": archive({"b.pdf": B})}, {"budget": ["budget.pdf"], "b": ["b.pdf"]}),
    ],
)
def test_a_folder_of_one_file_is_a_dossier_of_its_name_alone_as_among_others(
    tools: Tools, room: Room, dropped: dict[str, bytes], expected: dict[str, list[str]]
) -> None:
    intake = drop(room, dropped)
    taken_in(tools, intake)
    assert names(tools) == expected
    if "Lescar/notes.docx" in dropped:
        assert ("Lescar/notes.docx", "refused", "not-a-pdf-file") in told(room, intake)


def test_archives_are_folders_whatever_is_in_them(tools: Tools, room: Room) -> None:
    inner = archive({"b.pdf": B, "pièces/c.pdf": C})
    intake = drop(room, {"lot.zip": archive({"a.pdf": A, "Lescar.zip": inner, "lisez-moi.txt": b"x"})})
    taken_in(tools, intake)
    assert names(tools) == {"a": ["a.pdf"], "Lescar": ["b.pdf", "pièces/c.pdf"]}
    assert ("lot.zip/lisez-moi.txt", "refused", "not-a-pdf-file") in told(room, intake)


def test_an_archive_among_other_things_is_cut_as_if_it_were_alone(tools: Tools, room: Room) -> None:
    lot = archive({"a.pdf": B, "b.pdf": C, "Lescar/budget.pdf": A, "Lescar/projet.pdf": B})
    intake = drop(room, {"a.pdf": A, "lot.zip": lot, "autre.zip": archive({"d.pdf": A}), "Pau/e.pdf": A})
    taken_in(tools, intake)
    assert names(tools) == {
        "a": ["a.pdf"],
        "a (2)": ["a.pdf"],
        "b": ["b.pdf"],
        "d": ["d.pdf"],
        "Lescar": ["budget.pdf", "projet.pdf"],
        "Pau": ["e.pdf"],
    }
    assert {path for path, _result, _reason in told(room, intake)} == {
        "a.pdf",
        "lot.zip/a.pdf",
        "lot.zip/b.pdf",
        "autre.zip/d.pdf",
        "lot.zip/Lescar",
        "Pau/e.pdf",
    }


@pytest.mark.parametrize(
    ("dropped", "expected"),
    [
        ({"a.pdf": A, "b.pdf": B}, {"Lot de mars": ["a.pdf", "b.pdf"]}),
        ({"a.pdf": A, "plus.zip": archive({"b.pdf": B})}, {"Lot de mars": ["a.pdf", "plus/b.pdf"]}),
        ({"Lescar.zip": archive({"a.pdf": A, "pièces/b.pdf": B})}, {"Lescar": ["a.pdf", "pièces/b.pdf"]}),
        ({"a.pdf": A}, {"a": ["a.pdf"]}),
        ({"Lescar/1/a.pdf": A, "Lescar/2/b.pdf": B}, {"Lescar": ["1/a.pdf", "2/b.pdf"]}),
    ],
)
def test_what_is_held_together_is_one_dossier_whatever_it_was(
    tools: Tools, room: Room, dropped: dict[str, bytes], expected: dict[str, list[str]]
) -> None:
    taken_in(tools, drop(room, dropped, Grouping.TOGETHER))
    assert names(tools) == expected


def test_what_was_not_sent_is_told_with_the_rest(tools: Tools, room: Room) -> None:
    with room.writing("person:1") as writing:
        intake = intakes.open_intake(writing, CALL, "Lot de mars")
        intakes.add_file(writing, intake.id, "a.pdf", *room.files.put(A))
        intakes.leave_out(writing, intake.id, {"Lot/notes.docx": NotSent.NOT_A_PDF, "../gros.pdf": NotSent.TOO_LARGE})
        intakes.leave_out(writing, intake.id, {"Lot/notes.docx": NotSent.NOT_A_PDF})  # the answer was lost: told again
        intakes.make_ready(writing, intake.id)
    taken_in(tools, intake)
    assert told(room, intake) == [
        ("a.pdf", "new", None),
        ("gros.pdf", "refused", "too-large"),
        ("Lot/notes.docx", "refused", "not-a-pdf-file"),
    ]
    with room.writing("person:1") as writing, pytest.raises(InvalidUpload):
        intakes.leave_out(writing, intake.id, {"tard.docx": NotSent.NOT_A_PDF})


def test_an_archive_that_does_not_open_holds_up_nothing_else(tools: Tools, room: Room) -> None:
    intake = drop(room, {"a.pdf": A, "lot.zip": b"PK rien"})
    taken_in(tools, intake)
    assert names(tools) == {"a": ["a.pdf"]}
    assert ("lot.zip", "refused", "invalid-archive") in told(room, intake)


def test_names_in_archives_lead_nowhere_else(tools: Tools, room: Room, home: Path) -> None:
    taken_in(tools, drop(room, {"lot.zip": archive({"../../../a.pdf": A, "/etc/b.pdf": B})}))
    assert sorted(names(tools)) == ["a", "etc"]
    assert not (home / "a.pdf").exists()
    assert list((home / "intakes").iterdir()) == []


def test_nothing_to_read_is_told_file_by_file(tools: Tools, room: Room) -> None:
    intake = drop(room, {"notes.txt": b"x", "budget.xlsx": b"y"})
    taken_in(tools, intake)
    assert told(room, intake) == [
        ("budget.xlsx", "refused", "not-a-pdf-file"),
        ("notes.txt", "refused", "not-a-pdf-file"),
    ]
    with tools.store.writing() as writing:
        intakes.end_those_done(writing)
    assert state(room, intake) == ("done", None)


def test_the_same_again_changes_nothing_and_other_files_wait_for_peoples_word(tools: Tools, room: Room) -> None:
    taken_in(tools, drop(room, {"a.pdf": A, "b.pdf": B}))
    again = drop(room, {"a.pdf": A, "b.pdf": C})
    taken_in(tools, again)
    assert told(room, again) == [("a.pdf", "unchanged", None), ("b.pdf", "to-settle", None)]
    known = tools.store.dossiers()
    assert [dossier.deposit for dossier in known] == [1, 1]
    waits = items(room, again)[1]
    assert (waits.dossier_id, waits.deposit) == (known[1].id, None)
    assert [(piece.name, tools.store.file(piece.sha256)) for piece in waits.pieces] == [("b.pdf", C)]


def test_a_folder_with_some_of_the_files_of_its_dossier_changes_nothing(tools: Tools, room: Room) -> None:
    taken_in(tools, drop(room, {"Lescar/a.pdf": A, "Lescar/b.pdf": B, "Pau/c.pdf": C}))
    again = drop(room, {"Lescar/b.pdf": B, "Pau/c.pdf": C})
    taken_in(tools, again)
    assert told(room, again) == [("Lescar/b.pdf", "unchanged", None), ("Pau/c.pdf", "unchanged", None)]
    assert names(tools)["Lescar"] == ["a.pdf", "b.pdf"]


def test_an_intake_for_a_dossier_adds_to_it_all_that_was_dropped(tools: Tools, room: Room) -> None:
    taken_in(tools, drop(room, {"Lescar/budget.pdf": A}))
    target = tools.store.dossiers()[0].id
    more = drop(room, {"budget.pdf": B, "pièces.zip": archive({"rib.pdf": C, "copie.pdf": A})}, target=target)
    taken_in(tools, more)
    [item] = items(room, more)
    assert (item.result.value, item.dossier_id, item.deposit) == ("added", target, 2)
    assert names(tools) == {"Lescar": ["budget.pdf", "budget (2).pdf", "pièces/rib.pdf"]}
    again = drop(room, {"autre nom.pdf": C}, target=target)
    taken_in(tools, again)
    assert [each.result.value for each in items(room, again)] == ["unchanged"]


def test_archives_of_a_folder_dropped_alone_are_folders_of_dossiers_as_elsewhere(tools: Tools, room: Room) -> None:
    lot = archive({"b.pdf": B, "Pau/c.pdf": C, "Pau/d.pdf": A})
    taken_in(tools, drop(room, {"Courrier/a.pdf": A, "Courrier/lot.zip": lot, "Courrier/Dax/e.pdf": B}))
    assert names(tools) == {"a": ["a.pdf"], "b": ["b.pdf"], "Dax": ["e.pdf"], "Pau": ["c.pdf", "d.pdf"]}


def test_an_archive_beside_one_folder_leaves_the_folder_a_dossier(tools: Tools, room: Room) -> None:
    taken_in(tools, drop(room, {"Dax/a.pdf": A, "Dax/b.pdf": B, "lot.zip": archive({"c.pdf": C})}))
    assert names(tools) == {"c": ["c.pdf"], "Dax": ["a.pdf", "b.pdf"]}


def test_an_intake_cut_off_half_way_says_in_the_end_what_it_would_have_said(tools: Tools, room: Room) -> None:
    intake = drop(room, {"a.pdf": A, "b.pdf": B})
    with tools.store.writing() as writing:
        found = intakes.take(writing)
    assert found is not None
    deposit_intake(tools, found)
    with tools.store.writing() as writing:
        writing.connection.exec_driver_sql("DELETE FROM intake_items")
    clear_scratch(tools.settings.home)
    taken_in(tools, intake)
    assert told(room, intake) == [("a.pdf", "new", None), ("b.pdf", "new", None)]


def test_a_file_altered_in_the_store_fails_the_intake_with_its_code(tools: Tools, room: Room) -> None:
    intake = drop(room, {"a.pdf": A})
    sha256, _ = room.files.put(A)
    room.files.place(sha256).write_bytes(b"other")
    taken_in(tools, intake)
    assert state(room, intake) == ("failed", "altered-file")


def test_whatever_goes_wrong_fails_this_intake_only(tools: Tools, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object, **_named: object) -> None:
        raise ValueError("le texte confidentiel d'un dossier")

    monkeypatch.setattr("flows.intake.sort_out", fails)
    intake = drop(room, {"a.pdf": A})
    taken_in(tools, intake)
    assert state(room, intake) == ("failed", "unexpected-ValueError")
