import random

import numpy as np
import pytest

from corpora.applications import load_applications
from store.index import NEAR_TEXT
from store.sketches import shares, sketch
from store.terms import words


@pytest.fixture(scope="module")
def applications() -> list[list[str]]:
    """The words of the corpora's applications, each on another project."""
    texts = ("\n".join(line.text for line in application.lines) for application in load_applications())
    return [[word.form for word in words(text)] for text in texts]


def drawn(forms: list[str]) -> bytes:
    made = sketch(forms)
    assert made is not None
    return made


def test_no_two_of_the_corpora_are_taken_for_one(applications: list[list[str]]) -> None:
    sketches = [drawn(forms) for forms in applications]
    nearest = max(np.sort(shares(one, sketches))[-2] for one in sketches)
    assert nearest < NEAR_TEXT / 2


@pytest.mark.parametrize("seed", range(3))
def test_copies_that_were_edited_or_cut_are_found(applications: list[list[str]], seed: int) -> None:
    random_ = random.Random(seed)
    others = [form for forms in applications for form in forms]
    for forms in applications[seed::20]:
        edited = [random_.choice(others) if random_.random() < 0.05 else form for form in forms]
        cut = forms[: round(len(forms) * 0.7)]
        assert min(shares(drawn(forms), [drawn(edited), drawn(cut)])) >= NEAR_TEXT


def test_a_sketch_is_the_same_everywhere() -> None:
    made = drawn([f"mot{number}" for number in range(200)])
    assert len(made) == 512
    assert made[:8].hex() == "12a93f0018704d00"


def test_too_short_a_text_has_none() -> None:
    assert sketch(["association", "loi", "1901"]) is None
    assert shares(b"\0" * 512, []).size == 0
