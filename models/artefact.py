"""A trained model on disk: plain arrays, and a card that says what they are. Nothing in it can run code.

A folder holds `weights.safetensors` and `card.json`; the card carries the digest of the weights, and a model whose
weights are not those is refused.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from pipeline.errors import BrokenModel

WEIGHTS = "weights.safetensors"
CARD = "card.json"
DIGEST = "weights_sha256"
ADVICE = "Réinstallez le programme, ou refaites les modèles avec « reperes train »."

ARTEFACTS = Path(__file__).parent / "artefacts"


@dataclass(frozen=True, slots=True)
class Artefact:
    """`card` is what is known of the model (data, versions, measures, limits), as kept in `card.json`."""

    arrays: Mapping[str, NDArray[np.float32]]
    card: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """Of the weights: what provenances name."""
        return str(self.card[DIGEST])


def keep_artefact(folder: Path, arrays: Mapping[str, NDArray[np.float32]], card: Mapping[str, Any]) -> Artefact:
    """Writes a model: weights as half floats, its card with their digest. What was there is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    halves = {name: np.ascontiguousarray(values, dtype=np.float16) for name, values in sorted(arrays.items())}
    data = save(halves)
    whole = {**card, DIGEST: hashlib.sha256(data).hexdigest()}
    (folder / WEIGHTS).write_bytes(data)
    (folder / CARD).write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return load_artefact(folder)


def load_artefact(folder: Path) -> Artefact:
    """Reads a model whole.

    Raises:
        BrokenModel: a file is missing, is not what it should be, or was altered.
    """
    try:
        card = json.loads((folder / CARD).read_text("utf-8"))
        data = (folder / WEIGHTS).read_bytes()
        altered = hashlib.sha256(data).hexdigest() != card[DIGEST]
        arrays = {} if altered else load(data)
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).name
        raise BrokenModel(f"Le modèle « {folder.name} » est incomplet : {missing} manque.", advice=ADVICE) from None
    except (OSError, ValueError, KeyError, TypeError, SafetensorError):
        raise BrokenModel(f"Le modèle « {folder.name} » ne peut pas être lu.", advice=ADVICE) from None
    if altered:
        raise BrokenModel(
            f"Le modèle « {folder.name} » a été altéré : ses poids ne sont pas ceux de sa fiche.", advice=ADVICE
        )
    return Artefact({name: values.astype(np.float32) for name, values in arrays.items()}, card)
