"""The trained reader, kept and loaded."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from models.artefact import ADVICE, keep_artefact, load_artefact
from models.reader.running import LearnedReader, Weights
from pipeline.errors import BrokenModel

READER = "reader"
"""The folder of a reader, among models."""


def keep_reader(
    folder: Path, networks: Sequence[Weights], notions: Sequence[str], parts: Sequence[str], card: Mapping[str, Any]
) -> LearnedReader:
    """Writes the reader that `networks` are; `card` must name the encoder's digest as `encoder`."""
    arrays = {f"{index}.{name}": values for index, one in enumerate(networks) for name, values in one.items()}
    keep_artefact(folder, arrays, {**card, "notions": list(notions), "parts": list(parts)})
    return load_reader(folder, str(card["encoder"]))


def load_reader(folder: Path, encoder: str) -> LearnedReader:
    """The reader of `folder`, to be given vectors of the encoder with this digest.

    Raises:
        BrokenModel: it is incomplete, altered, or was taught with another encoder.
    """
    artefact = load_artefact(folder)
    try:
        taught_with = artefact.card["encoder"]
        notions, parts = tuple(artefact.card["notions"]), tuple(artefact.card["parts"])
        networks: dict[str, dict[str, Any]] = {}
        for name, values in artefact.arrays.items():
            index, _, own = name.partition(".")
            networks.setdefault(index, {})[own] = values
    except (KeyError, TypeError):
        raise BrokenModel("La fiche du lecteur appris est incomplète.", advice=ADVICE) from None
    if taught_with != encoder:
        raise BrokenModel(
            "Le lecteur appris a été entraîné avec un autre encodeur que celui qui est installé ou nommé.",
            advice="Refaites-le avec « reperes train », ou revenez à l'encodeur d'origine (REPERES_ENCODER).",
        )
    return LearnedReader([networks[index] for index in sorted(networks, key=int)], notions, parts, artefact.digest)
