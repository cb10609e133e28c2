"""The encoder built from the weights that an installed package carries: once, at set-up, without network."""

import hashlib
import shutil
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from models.encoder.card import (
    NETWORK,
    TOKENIZER,
    TUNED_WEIGHTS,
    Card,
    Recipe,
    current_recipe,
    files_of,
    write_card,
)
from models.encoder.exporting import export, to_8_bits
from models.encoder.packed import PACKAGE, packed_file, read_packed
from models.encoder.rebuilding import network_of, read_tuned, rebuilt
from models.encoder.running import OnnxEncoder
from models.encoder.vocabulary import kept_pieces
from pipeline.errors import BrokenModel, OutputNotWritable

EXACT = 0.9999  # least cosine of the exported network with torch's, in 32 bits
FAITHFUL = 0.99  # least cosine of the network in 8 bits with the one in 32

_MAKERS = (PACKAGE, "torch", "transformers", "sentence-transformers", "tokenizers", "onnx", "onnxruntime", "numpy")
_PROBES = (
    "Budget",
    "Pièces jointes : statuts, derniers comptes approuvés, lettres de soutien des communes.",
    "L'association réunit des habitants, deux communes et un laboratoire de géographie sociale.",
    "Aucune étude n'a été menée avant le dépôt du projet, et le besoin n'est attesté que par nos bénévoles.",
    "Le montant demandé à la Région s'élève à 45 000 €, soit 38 % du coût total de l'action sur trente-six mois.",
    "Chaque semaine, une quinzaine de personnes âgées isolées sont conduites au marché par des lycéens volontaires, "
    "qui apprennent d'elles à cuisiner les légumes oubliés ; le conseil de quartier décide avec elles, en fin de "
    "trimestre, de ce qui doit être poursuivi, changé ou abandonné dans la conduite de l'action.",
)


def base(layers: int | None = None, tuned: Path | None = TUNED_WEIGHTS) -> SentenceTransformer:
    """The encoder in 32 bits, for training and for comparing; with `tuned` None, as the package has it.

    Raises:
        BrokenModel: the package's weights or the trained ones cannot be used.
    """
    layers = layers or current_recipe().layers
    return rebuilt(read_packed(packed_file()), kept_pieces(), layers, read_tuned(tuned) if tuned else {})


def build(folder: Path, layers: int | None = None) -> None:
    """Builds the encoder and puts it in `folder` once it is known to be good; what was there is replaced.

    `folder` is a sentence-transformers model, with the network for ONNX Runtime and a card beside it.

    Raises:
        BrokenModel: what it is made from is missing, or what is made of it strays too far from it.
        OutputNotWritable: the folder cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise OutputNotWritable(f"L'encodeur ne peut pas être écrit dans « {folder.parent} ».") from error
    try:
        _build_in(made, layers)
        _put(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _build_in(folder: Path, layers: int | None) -> None:
    recipe = current_recipe(layers=layers) if layers else current_recipe()
    model = base(recipe.layers)
    model.save(str(folder), create_model_card=False)
    reference = model.encode(_PROBES, prompt_name="passage", show_progress_bar=False)
    with TemporaryDirectory() as scratch:
        whole = Path(scratch) / NETWORK
        export(model, whole)
        to_8_bits(whole, folder / NETWORK)
        words = (folder / TOKENIZER).read_bytes()
        exported, small = (
            OnnxEncoder(network.read_bytes(), Tokenizer.from_buffer(words), "").encode(_PROBES)
            for network in (whole, folder / NETWORK)
        )
    fidelity = {
        "export": _least_cosine(reference, exported, EXACT),
        "8 bits": _least_cosine(exported, small, FAITHFUL),
    }
    versions = {package: version(package) for package in _MAKERS}
    write_card(folder, Card(recipe, _weights_digest(model, words, recipe), files_of(folder), versions, fidelity))


def _least_cosine(before: NDArray[np.float32], after: NDArray[np.float32], least: float) -> float:
    cosine = float((before * after).sum(axis=1).min())
    if not cosine >= least:  # also when it is not a number
        raise BrokenModel(
            f"L'encodeur construit s'écarte trop de l'original (cosinus de {cosine:.4f}, {least:.4f} attendu).",
            advice="Rétablissez les versions verrouillées des paquets en relançant « make install ».",
        )
    return round(cosine, 6)


def _weights_digest(model: SentenceTransformer, words: bytes, recipe: Recipe) -> str:
    digest = hashlib.sha256(f"{recipe.format}\n".encode())
    for name, tensor in sorted(network_of(model).state_dict().items()):
        digest.update(f"{name} {tuple(tensor.shape)}\n".encode())
        digest.update(np.ascontiguousarray(tensor.numpy()).tobytes())
    digest.update(words)
    return digest.hexdigest()


def _put(made: Path, folder: Path) -> None:
    """Replaces `folder` by `made`: never half of one and half of the other."""
    made.chmod(0o755)  # a temporary folder is its maker's only, and so are weights
    for path in made.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    former = made.with_name(f"{made.name}-former")
    if folder.exists():
        folder.rename(former)
    made.rename(folder)
    shutil.rmtree(former, ignore_errors=True)
