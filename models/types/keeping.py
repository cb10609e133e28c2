"""The trained classifier of types, kept and loaded."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from models.artefact import ADVICE, keep_artefact, load_artefact
from models.types.running import LearnedTypes, Weights
from models.types.traces import trace_finder
from pipeline.errors import BrokenModel

TYPES = "types"
"""The folder of a classifier of types, among models."""


def keep_types(folder: Path, weights: Weights, stems: Sequence[str], card: Mapping[str, Any]) -> LearnedTypes:
    """Writes what was taught; `card` must name the encoder's digest as `encoder`."""
    whole = {**card, "cues": trace_finder().digest, "stems": " ".join(stems)}
    keep_artefact(folder, weights, whole)
    return load_types(folder, str(card["encoder"]))


def load_types(folder: Path, encoder: str) -> LearnedTypes:
    """The classifier of `folder`, to be given vectors of the encoder with this digest.

    Raises:
        BrokenModel: it is incomplete, altered, or was taught with another encoder or with other cues.
    """
    artefact = load_artefact(folder)
    try:
        taught_with, cues = artefact.card["encoder"], artefact.card["cues"]
        stems = str(artefact.card["stems"]).split()
    except KeyError:
        raise BrokenModel("La fiche du modèle des types est incomplète.", advice=ADVICE) from None
    if taught_with != encoder:
        raise BrokenModel(
            "Le modèle des types a été entraîné avec un autre encodeur que celui qui est installé ou nommé.",
            advice="Refaites-le avec « reperes train », ou revenez à l'encodeur d'origine (REPERES_ENCODER).",
        )
    if cues != trace_finder().digest:
        raise BrokenModel("Le modèle des types a été entraîné avec d'autres indices.", advice=ADVICE)
    return LearnedTypes(artefact.arrays, stems, artefact.digest)
