"""The built encoder, run: tokenizer and ONNX Runtime alone, without torch and without network.

Activations are brought to 8 bits by the range of what is run at once, so that a sentence run among others would get
a vector that depends on them (cosines down to 0.995 with the one that it gets alone). So one sentence is run at a
time: nothing is padded, threads share the sentences, and a sentence has one vector whatever stands around it.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.encoder.card import (
    ADVICE,
    NETWORK,
    TOKENIZER,
    Card,
    current_card,
    current_recipe,
    installed_folder,
    whole_file,
)
from models.encoder.tokenizing import LONGEST, PROMPT
from pipeline.errors import BrokenModel

INPUT, OUTPUT = "pieces", "vector"

_ERRORS_ONLY = 3
_READ_CHARACTERS = 600  # of a text: more than LONGEST pieces ever cover, or nearly, and a bound on a text without end


class OnnxEncoder:
    """Sentence vectors by ONNX Runtime (`pipeline.protocols.Encoder`).

    Args:
        network: the network, in the ONNX format.
        words: the tokenizer.
        digest: of the weights and of the tokenizer.
        threads: sentences run at once; all the processors without it. It never changes a vector.
    """

    name = "multilingual-e5-small, abrégé"

    def __init__(self, network: bytes, words: Tokenizer, digest: str, threads: int | None = None) -> None:
        self.digest = digest
        self.threads = threads or os.cpu_count() or 1
        self._words = words
        self._words.no_padding()
        self._words.enable_truncation(LONGEST)
        self._session = onnxruntime.InferenceSession(network, _options(), providers=["CPUExecutionProvider"])
        self.dimension = int(self._session.get_outputs()[0].shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Array (number of texts, dimension), rows of length 1, or 0 for a text without a letter or a figure."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        read = [place for place, text in enumerate(texts) if any(map(str.isalnum, text))]
        encodings = self._words.encode_batch([PROMPT + texts[place][:_READ_CHARACTERS] for place in read])
        run = partial(self._run, vectors)
        if self.threads == 1 or len(read) < 2:
            for place, encoding in zip(read, encodings, strict=True):
                run(place, encoding.ids)
        else:
            with ThreadPoolExecutor(self.threads) as threads:
                list(threads.map(run, read, (encoding.ids for encoding in encodings)))
        return vectors

    def _run(self, vectors: NDArray[np.float32], place: int, pieces: list[int]) -> None:
        vectors[place] = self._session.run([OUTPUT], {INPUT: np.array([pieces], dtype=np.int64)})[0][0]


def load_encoder(folder: Path | None = None, threads: int | None = None) -> OnnxEncoder:
    """The encoder built in `folder`, or the installation's.

    Raises:
        BrokenModel: it is missing, altered, or not that of this version of the program.
    """
    folder = folder or installed_folder()
    return opened(folder, current_card(folder, current_recipe()), threads)


def opened(folder: Path, card: Card, threads: int | None = None) -> OnnxEncoder:
    """The encoder in `folder`, of which `card` is known to be right.

    Raises:
        BrokenModel: a file is missing, altered, or cannot be run.
    """
    network, words = whole_file(folder, card, NETWORK), whole_file(folder, card, TOKENIZER)
    try:
        return OnnxEncoder(network, Tokenizer.from_buffer(words), card.weights, threads)
    except Exception as error:  # neither library documents what it raises of a file that it cannot use
        raise BrokenModel("L'encodeur construit ne peut pas être utilisé ici.", advice=ADVICE) from error


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # sentences are too short to be shared between threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    return options
