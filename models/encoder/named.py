"""An encoder of the user's choice: any sentence-transformers model, in a folder or on a hub."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.encoder import allow_hub
from models.encoder.card import files_of
from pipeline.errors import BrokenModel

if TYPE_CHECKING:  # torch takes seconds to import: only for those who name a model
    from sentence_transformers import SentenceTransformer

_ADVICE = "Corrigez la variable REPERES_ENCODER, ou retirez-la pour garder l'encodeur habituel."
_MODULES = "modules.json"  # what makes a folder a sentence-transformers model
_NOT_NEEDED = ["*.onnx", "*.bin", "*.h5", "*.msgpack", "*.ot", "openvino/*", "onnx/*"]  # the same weights otherwise


class NamedEncoder:
    """Sentence vectors of a model that the user named (`pipeline.protocols.Encoder`).

    They are those of the model in 32 bits; their last digits may change with the machine and with the other texts.
    """

    def __init__(self, name: str, digest: str, model: "SentenceTransformer") -> None:
        self.name = name
        self.digest = digest
        self._model = model

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Array (number of texts, dimension), rows of length 1, or 0 for a text without a letter or a figure."""
        vectors = np.zeros((len(texts), self._model.get_embedding_dimension() or 0), dtype=np.float32)
        read = [place for place, text in enumerate(texts) if any(map(str.isalnum, text))]
        if read:
            vectors[read] = self._model.encode(
                [texts[place] for place in read], normalize_embeddings=True, show_progress_bar=False
            )
        return vectors


def load_named(name: str, threads: int | None = None) -> NamedEncoder:
    """The model that `name` names: a folder, or a model of a hub, fetched once and then read without network.

    Raises:
        BrokenModel: there is no such model, or it cannot be loaded.
    """
    folder = Path(name).expanduser()
    if not folder.is_dir():
        folder = _fetched(name)
    if not (folder / _MODULES).is_file():
        raise BrokenModel(f"« {name} » n'est pas un modèle de sentence-transformers.", advice=_ADVICE)
    try:
        model = _opened(folder, threads)
    except Exception as error:  # any of four libraries, each with its own errors
        raise BrokenModel(f"L'encodeur « {name} » ne peut pas être chargé.", advice=_ADVICE) from error
    digest = hashlib.sha256(repr(sorted(files_of(folder).items())).encode()).hexdigest()
    return NamedEncoder(name, digest, model)


def _opened(folder: Path, threads: int | None) -> "SentenceTransformer":
    import torch
    from sentence_transformers import SentenceTransformer

    if threads:
        torch.set_num_threads(threads)
    # Weights that are data, never a program: no pickle, no code of the model's own.
    return SentenceTransformer(
        str(folder),
        device="cpu",
        trust_remote_code=False,
        local_files_only=True,
        model_kwargs={"use_safetensors": True},
    )


def _fetched(name: str) -> Path:
    allow_hub()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except HFValidationError as error:
        raise BrokenModel(f"« {name} » n'est ni un dossier, ni le nom d'un modèle.", advice=_ADVICE) from error
    except OSError:  # not fetched yet
        pass
    try:
        return Path(snapshot_download(name, ignore_patterns=_NOT_NEEDED))
    except Exception as error:  # of the network, of the hub or of the disk
        raise BrokenModel(
            f"L'encodeur « {name} » n'est pas un dossier, et n'a pas pu être téléchargé.", advice=_ADVICE
        ) from error
