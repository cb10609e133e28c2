"""Vectors kept by sentence: formulas, headings and letters come back from dossier to dossier."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from pipeline.protocols import Encoder

_KEPT = 20_000  # vectors: 30 MB of 384 numbers


class KeptVectors:
    """An encoder that never encodes the same text twice, as long as its vector is kept (`pipeline.protocols.Encoder`).

    Texts themselves are not kept, only their digests. The vectors used longest ago go first.
    """

    def __init__(self, encoder: Encoder, most: int = _KEPT) -> None:
        self._encoder = encoder
        self._most = most
        self._vectors: OrderedDict[bytes, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The encoder's."""
        return self._encoder.name

    @property
    def digest(self) -> str:
        """The encoder's."""
        return self._encoder.digest

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Array (number of texts, dimension), as the encoder gives it."""
        keys = [_key(text) for text in texts]
        with self._lock:
            found = {key: self._vectors[key] for key in keys if key in self._vectors}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if new or not texts:
            vectors = self._encoder.encode(list(new.values()))
            if not texts:
                return vectors
            found.update(zip(new, vectors, strict=True))
        self._keep(keys, found)
        return np.stack([found[key] for key in keys])

    def _keep(self, keys: Sequence[bytes], found: dict[bytes, NDArray[np.float32]]) -> None:
        with self._lock:
            for key in keys:
                self._vectors[key] = found[key]
                self._vectors.move_to_end(key)
            while len(self._vectors) > self._most:
                self._vectors.popitem(last=False)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
