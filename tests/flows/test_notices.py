from dataclasses import replace
from pathlib import Path

import pytest

from flows.inputs import LeftOut, NotRead
from flows.instruct import Instruction
from flows.notices import notices
from flows.triage import Triage
from pipeline.calls.parser import load_call


@pytest.fixture
def instruction() -> Instruction:
    triage = Triage(load_call("aquitaine-2014"), (), not_read=(), failed=())
    return Instruction(triage, known=0, resumed=False, shared=False, left_over=(), out=Path("out"))


def said(instruction: Instruction) -> list[str]:
    return [notice.replace("\u00a0", " ") for notice in notices(instruction)]


def test_a_plain_run_says_nothing(instruction: Instruction) -> None:
    assert said(instruction) == []


def test_numbers_agree(instruction: Instruction) -> None:
    assert said(replace(instruction, known=1)) == ["1 dossier inchangé : son analyse est reprise."]
    assert said(replace(instruction, known=2)) == ["2 dossiers inchangés : leurs analyses sont reprises."]


def test_a_run_at_work_elsewhere_is_not_called_cut_off(instruction: Instruction) -> None:
    assert "reprise où elle en était" in said(replace(instruction, resumed=True))[0]
    (notice,) = said(replace(instruction, resumed=True, shared=True))
    assert "Une autre commande" in notice


def test_results_of_a_dossier_that_is_gone_are_told(instruction: Instruction) -> None:
    (notice,) = said(replace(instruction, left_over=("Lescar",)))
    assert notice.startswith("Le dossier « Lescar » n'est plus dans l'entrée")
    (notice,) = said(replace(instruction, left_over=("Lescar", "Nérac")))
    assert notice.startswith("Les dossiers « Lescar » et « Nérac » ne sont plus dans l'entrée")


def test_what_is_not_read_says_why(instruction: Instruction) -> None:
    triage = replace(instruction.triage, not_read=(NotRead("a ; b.docx", LeftOut.NOT_A_PDF),))
    assert list(notices(replace(instruction, triage=triage))) == ["Non lu\u00a0: a ; b.docx – seuls les PDF sont lus"]
