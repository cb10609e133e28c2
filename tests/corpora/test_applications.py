"""The applications written as text: enough of everything, in decent French, and no sentence of a dossier."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from corpora.applications import (
    FIELD_PARTS,
    MOST_NOTIONS,
    PARTS,
    Application,
    InvalidApplication,
    decisive_counts,
    load_application,
    load_applications,
)
from corpora.notions import load_notions
from corpora.registry import application_problems, load_registry, measured_applications
from evaluation.near_duplicates import near_duplicates
from pipeline.analysis import INNOVATION_TYPES
from pipeline.calls.catalogue import built_in_calls
from pipeline.protocols import LineKind
from pipeline.text import fold
from tests.corpora.corpus_texts import official_wording, sentences_by_dossier

MOST_DECISIVE = 3
# What every applicant writes: the call's name, closing words of a letter.
_FORMULA = re.compile(r"appel a manifestation|\bami\b.*innovation sociale|agreer")
# `about` says which were made to look as if read by OCR: their typography is spoilt on purpose.
_READ_BY_OCR = re.compile(r"\bocr\b|numeris|scann|fautes de lecture")
_NOT_TYPESET = re.compile(r"'|\.\.\.|(?<!\|) {2,}(?!\|)|\w[;?!»](?!\d)|«\w|\d[A-Za-z]{4}")


@cache
def applications() -> list[Application]:
    return load_applications()


@cache
def clean_texts() -> list[tuple[str, str]]:
    """Names and lines of the applications that were not spoilt."""
    return [
        (application.name, line.text)
        for application in applications()
        if not _READ_BY_OCR.search(fold(application.about))
        for line in application.lines
    ]


def test_they_are_as_registered() -> None:
    assert application_problems(load_registry()) == []


def test_they_are_for_training_only() -> None:
    assert load_registry().applications.split == "train"


def test_each_call_and_type_is_seen_often() -> None:
    calls = Counter(application.call for application in applications())
    types = Counter(application.types[0] for application in applications())
    pairs = Counter((application.call, application.types[0]) for application in applications())
    assert min(calls[call] for call in built_in_calls()) >= 70
    assert min(types[kind] for kind in INNOVATION_TYPES) >= 80
    assert min(pairs[call, kind] for call in built_in_calls() for kind in INNOVATION_TYPES) >= 20
    assert sum(len(application.types) == 2 for application in applications()) >= 45


def test_each_notion_is_borne_often_and_missed_often() -> None:
    bears = Counter(notion for one in applications() for line in one.lines for notion in line.bears)
    decisive = Counter(notion for one in applications() for notion in decisive_counts(one))
    for notion in load_notions():
        assert bears[notion] >= 250, notion
        assert decisive[notion] >= 90, notion
    silent = [one.name for one in applications() if len(decisive_counts(one)) < len(load_notions())]
    assert len(silent) >= 150


def test_each_part_is_answered_often_and_the_fields_announced_at_times() -> None:
    lines = [line for one in applications() for line in one.lines if line.kind is not LineKind.HEADING]
    answered = Counter(part for line in lines for part in line.answered)
    announced = Counter(part for line in lines for part in line.announced)
    for part in PARTS:
        assert answered[part] >= 100, part
    assert sum(announced[part] for part in FIELD_PARTS) >= 200


def test_few_lines_are_decisive_for_a_notion() -> None:
    counts = {(one.name, notion): count for one in applications() for notion, count in decisive_counts(one).items()}
    assert [place for place, count in counts.items() if count > MOST_DECISIVE] == []


def test_each_is_as_long_as_a_short_dossier() -> None:
    words = [sum(len(line.text.split()) for line in one.lines) for one in applications()]
    assert min(words) >= 700
    assert max(len(line.text) for one in applications() for line in one.lines) <= 900


def test_a_heading_without_an_answer_in_the_whole_application_is_announced_only() -> None:
    for application in applications():
        prose = [line for line in application.lines if line.kind is not LineKind.HEADING]
        answered = frozenset[str]().union(*(line.answered for line in prose))
        headings = [line for line in application.lines if line.kind is LineKind.HEADING]
        for line in headings:
            assert (line.answered & frozenset(FIELD_PARTS)) <= answered, (application.name, line.text)
            assert not line.announced & answered, (application.name, line.text)


def test_those_not_read_by_ocr_are_typeset() -> None:
    assert [(name, text) for name, text in clean_texts() if _NOT_TYPESET.search(text)] == []


def test_quotation_marks_close() -> None:
    marks = Counter[str]()
    for name, text in clean_texts():
        marks[name] += text.count("«") - text.count("»")
    assert [name for name, left in marks.items() if left] == []


def test_their_addresses_lead_nowhere() -> None:
    addresses = [word for _, text in clean_texts() for word in re.findall(r"\S+@\S+", text)]
    assert [one for one in addresses if not one.strip(").,;>").endswith(".example")] == []


def test_no_sentence_is_shared_with_a_dossier_or_another_application() -> None:
    """Only where is told, never the dossier's words: some are of the test split."""
    sentences = {
        application.name: [line.text for line in application.lines if line.kind is not LineKind.ROW]
        for application in applications()
    }
    pairs = near_duplicates({**sentences_by_dossier(), **sentences}, official=official_wording())
    shared = [
        (pair.first, pair.second)
        for pair in pairs
        if {pair.first, pair.second} & sentences.keys()
        and not all(_FORMULA.search(fold(text)) for text in (pair.first_text, pair.second_text))
    ]
    assert shared == []


HEAD = ("# call: alpc-2016", "# type: services", "# second: territoriale", "# about: Une épicerie")


def written(folder: Path, *rows: str) -> Path:
    path = folder / "epicerie.tsv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    application = load_application(written(tmp_path, *HEAD, "p\taction,~comptes\tbesoin! ancrage\tIci, rien n’ouvre."))
    (line,) = application.lines
    assert (application.name, application.types) == ("epicerie", ("services", "territoriale"))
    assert (line.kind, line.text) == (LineKind.PARAGRAPH, "Ici, rien n’ouvre.")
    assert (sorted(line.answered), sorted(line.announced)) == (["action"], ["comptes"])
    assert (sorted(line.bears), sorted(line.decisive)) == (["ancrage", "besoin"], ["besoin"])
    assert decisive_counts(application) == {"besoin": 1}


def test_what_is_not_as_registered_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, *HEAD, "p\taction\t\tIci, rien n’ouvre.")
    registry = replace(load_registry(), applications=measured_applications(tmp_path))
    assert application_problems(registry, tmp_path) == []
    path.write_text(path.read_text("utf-8") + "+\taction\t\tEncore.\n", "utf-8")
    lines, words, digest = application_problems(registry, tmp_path)
    assert (lines, words) == (
        "applications: lines is 2, registered as 1",
        "applications: words is 4, registered as 3",
    )
    assert digest.startswith("applications: sha256 is ")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("p\taction\tTexte.", "line 5: 3 columns"),
        ("x\taction\t\tTexte.", "line 5: kind 'x'"),
        ("p\taction\t\t ", "line 5: no text"),
        ("p\tdivers\tjoie\tTexte.", "line 5: unknown: divers, joie"),
        ("p\taction,~action\tbesoin besoin!\tTexte.", "line 5: twice: action, besoin"),
        ("p\taction\tbesoin ancrage service rupture\tTexte.", f"line 5: {MOST_NOTIONS + 1} notions"),
    ],
)
def test_a_line_that_is_not_as_it_should_be_is_refused(tmp_path: Path, row: str, problem: str) -> None:
    with pytest.raises(InvalidApplication) as refused:
        load_application(written(tmp_path, *HEAD, row))
    assert refused.value.problems == [problem]


def test_a_head_that_is_not_as_it_should_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidApplication, match="head lacks second, about"):
        load_application(written(tmp_path, *HEAD[:2]))
    wrong = ("# call: bretagne", "# type: technique", "# second: technique", "# about:")
    with pytest.raises(InvalidApplication, match="unknown call bretagne; unknown type technique; unknown type"):
        load_application(written(tmp_path, *wrong))
