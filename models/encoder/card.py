"""Where the encoder is built, and the card beside it: what it was made from, and the digests of its files."""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from models.encoder.packed import PACKAGE
from pipeline.errors import BrokenModel

KEPT_PIECES = Path(__file__).parent.parent / "artefacts" / "encoder" / "pieces.npy"
TUNED_WEIGHTS = KEPT_PIECES.parent / "tuned.safetensors"  # trained weights that replace the package's; may be absent
NETWORK = "encoder.onnx"
TOKENIZER = "tokenizer.json"
ADVICE = "Relancez « make install », ou « reperes models build »."

_CARD = "card.json"
_FORMAT = 1  # of the folder and of the network in it: a change of how they are made is a change of this number
_LAYERS = 4  # of 12: ADR 15


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides what the encoder is; one that was built from another recipe is out of date."""

    format: int
    source: str  # the package with the weights, and its version
    layers: int
    pieces: str  # digest of the vocabulary
    tuned: str  # digest of the trained weights, or nothing


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a built encoder.

    Attributes:
        recipe: what it was made from.
        weights: digest of its tensors and of its tokenizer, the same on every machine.
        files: digest by file name.
        versions: of the packages that made it.
        fidelity: least cosine, on probes, of the exported network with the one before it, by name.
    """

    recipe: Recipe
    weights: str
    files: Mapping[str, str]
    versions: Mapping[str, str]
    fidelity: Mapping[str, float]


def installed_folder() -> Path:
    """Where the encoder of this installation is built."""
    return Path(sys.prefix) / "share" / "reperes" / "models" / "encoder"


def current_recipe(pieces: Path = KEPT_PIECES, tuned: Path = TUNED_WEIGHTS, layers: int = _LAYERS) -> Recipe:
    """The recipe of this version of the program.

    Raises:
        BrokenModel: the vocabulary or the package with the weights is missing.
    """
    try:
        source = f"{PACKAGE} {version(PACKAGE)}"
        return Recipe(_FORMAT, source, layers, _digest_of(pieces), _digest_of(tuned) if tuned.exists() else "")
    except (OSError, PackageNotFoundError) as error:
        raise BrokenModel("Ce dont l'encodeur est fait n'est pas installé en entier.", advice=ADVICE) from error


def files_of(folder: Path) -> dict[str, str]:
    """Digest by name of every file in `folder`, its card excepted."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / _CARD)
    return {path.relative_to(folder).as_posix(): _digest_of(path) for path in paths}


def write_card(folder: Path, card: Card) -> None:
    """Writes the card of the encoder in `folder`."""
    text = json.dumps(asdict(card), indent=2, ensure_ascii=False, sort_keys=True)
    (folder / _CARD).write_text(text + "\n", encoding="utf-8")


def current_card(folder: Path, recipe: Recipe) -> Card:
    """The card of the encoder in `folder`.

    Raises:
        BrokenModel: there is no encoder here, its card is not readable, or it was made from another recipe.
    """
    try:
        fields = json.loads((folder / _CARD).read_text(encoding="utf-8"))
        card = Card(**{**fields, "recipe": Recipe(**fields["recipe"])})
    except FileNotFoundError as error:
        raise BrokenModel("L'encodeur n'est pas construit.", advice=ADVICE) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BrokenModel("La fiche de l'encodeur n'est pas lisible.", advice=ADVICE) from error
    if card.recipe != recipe:
        raise BrokenModel("L'encodeur construit n'est pas celui de cette version du programme.", advice=ADVICE)
    return card


def whole_file(folder: Path, card: Card, name: str) -> bytes:
    """What the file `name` of the encoder holds.

    Raises:
        BrokenModel: it is missing, or is not what the card says.
    """
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise BrokenModel(f"Le fichier « {name} » de l'encodeur est absent.", advice=ADVICE) from error
    if hashlib.sha256(content).hexdigest() != card.files.get(name):
        raise BrokenModel(f"Le fichier « {name} » de l'encodeur est altéré.", advice=ADVICE)
    return content


def check(folder: Path, recipe: Recipe) -> Card:
    """The card of the encoder in `folder`, once each of its files is known to be what the card says.

    Raises:
        BrokenModel: it is missing, altered, or made from another recipe.
    """
    card = current_card(folder, recipe)
    for name in card.files:
        whole_file(folder, card, name)
    return card


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
