"""The network for ONNX Runtime, in 8 bits."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentence_transformers import SentenceTransformer
from torch import Tensor
from transformers import BertModel

from models.encoder.rebuilding import network_of
from models.encoder.running import INPUT, OUTPUT

_OPSET = 17


class _Whole(torch.nn.Module):
    """Pieces of one sentence, (1, number of pieces), to its vector, (1, width), of length 1.

    One sentence is run at a time, so nothing is padded and no mask is needed: traced, masks go wrong silently.
    """

    def __init__(self, network: BertModel) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor) -> Tensor:
        state = self.network.embeddings(input_ids=pieces)
        for layer in self.network.encoder.layer:
            state = layer(state, None)
        return torch.nn.functional.normalize(state.mean(dim=1), dim=1)


def export(model: SentenceTransformer, path: Path) -> None:
    """Writes the network of `model` for ONNX Runtime, in 32 bits."""
    network = network_of(model)
    network.set_attn_implementation("eager")  # plain products, that are brought to 8 bits one by one
    example = torch.arange(12).reshape(1, -1)
    with _in_silence(), torch.no_grad():
        torch.onnx.export(
            _Whole(network).eval(),
            (example,),
            str(path),
            input_names=[INPUT],
            output_names=[OUTPUT],
            dynamic_axes={INPUT: {1: "length"}},
            opset_version=_OPSET,
            dynamo=False,  # the other exporter needs one more package and gives a slower network here
        )


def to_8_bits(whole: Path, path: Path) -> None:
    """Writes the network of `whole` with weights in 8 bits, a scale for each output.

    Weights keep to 7 bits of range: processors without the instructions for 8 (VNNI) saturate their sums otherwise,
    and would give other numbers than those that have them.
    """
    with _in_silence():
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


@contextmanager
def _in_silence() -> Iterator[None]:
    """Both libraries warn of what is meant here: an older exporter, lengths fixed in a trace, no shape inference."""
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
