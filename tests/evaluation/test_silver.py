"""Types of real initiatives: by source, since types and sources go together."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation.silver import SilverReading, SilverText, evaluate_silver, load_silver
from models.french import FrenchSentences
from pipeline.protocols import TypeReading
from tests.pipeline.readers import WordVectors


class _AlwaysServices:
    name, digest = "services", "0" * 64

    def read(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> TypeReading:
        assert len(texts) == len(vectors)
        return TypeReading(np.array([0.8, 0.1, 0.1]), np.zeros((len(texts), 3)))


def test_figures_are_given_by_source_then_over_all() -> None:
    texts = [
        SilverText("labo", "services", "Une navette à la demande."),
        SilverText("labo", "services", "Un relais de colis."),
        SilverText("entreprises", "organisationnelle", "Les salariés élisent leur encadrement."),
    ]
    found = evaluate_silver(texts, SilverReading(FrenchSentences(), WordVectors(), _AlwaysServices()))
    assert list(found) == ["entreprises", "labo", ""]
    accuracies = {family: figures["types.accuracy"] for family, figures in found.items()}
    assert [round(figure.value, 2) for figure in accuracies.values()] == [0, 1, 0.67]
    assert [figure.support for figure in accuracies.values()] == [1, 2, 3]
    assert found[""]["types.coverage"].value == 1


def written(folder: Path, *lines: object) -> Path:
    path = folder / "projets.jsonl"
    path.write_text("\n\n".join(json.dumps(line) for line in lines), "utf-8")
    return path


def test_a_line_is_a_text_with_its_title(tmp_path: Path) -> None:
    line = {"famille": "labo", "type": "services", "title": "Navette", "text": "À la demande.", "other": 1}
    assert load_silver(written(tmp_path, line)) == [SilverText("labo", "services", "Navette\nÀ la demande.")]


@pytest.mark.parametrize(
    "line",
    [
        {"famille": "labo", "type": "services", "title": "Navette"},
        {"famille": "labo", "type": "technologique", "title": "Navette", "text": "…"},
        ["labo", "services"],
    ],
)
def test_another_line_is_refused(line: object, tmp_path: Path) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        load_silver(written(tmp_path, line))


def test_what_is_not_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("bonjour")
    with pytest.raises(ValueError, match="Expecting value"):
        load_silver(tmp_path / "notes.txt")
