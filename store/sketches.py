"""Sketches of texts: from two of them, how much of their wording two dossiers share, without reading them again.

A sketch (MinHash) keeps, for each of 128 ways to order all possible runs of words, the first one that the text holds.
Two texts agree on it as often as a run taken at random from either is in both.
"""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_ORDERS = 128
_RUN = 4  # words
_LEAST_RUNS = 60  # too short a text is like any other

_generator = np.random.Generator(np.random.PCG64(20_170_315))  # any seed; always the same one
_FACTORS = _generator.integers(0, 2**63, _ORDERS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_SHIFTS = _generator.integers(0, 2**63, _ORDERS, dtype=np.uint64)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def sketch(forms: Sequence[str]) -> bytes | None:
    """The sketch of a text given by its words (512 bytes, the same everywhere); None for one that is too short."""
    if len(forms) < _LEAST_RUNS + _RUN:
        return None
    numbers = np.fromiter((_number(form) for form in forms), dtype=np.uint64, count=len(forms))
    runs = np.zeros(len(numbers) - _RUN + 1, dtype=np.uint64)
    for place in range(_RUN):
        runs = (runs ^ numbers[place : place + len(runs)]) * _MIX
        runs ^= runs >> np.uint64(29)
    runs = np.unique(runs)
    least = [(runs * factor + shift).min() >> np.uint64(32) for factor, shift in zip(_FACTORS, _SHIFTS, strict=True)]
    return np.array(least, dtype="<u4").tobytes()


def shares(one: bytes, others: Sequence[bytes]) -> NDArray[np.float64]:
    """The share of wording, 0 to 1, that a text has in common with each of others, known by their sketches."""
    if not others:
        return np.zeros(0)
    table = np.frombuffer(b"".join(others), dtype="<u4").reshape(len(others), _ORDERS)
    same: NDArray[np.float64] = (table == np.frombuffer(one, dtype="<u4")).mean(axis=1)
    return same


@lru_cache(maxsize=100_000)
def _number(form: str) -> int:
    return int.from_bytes(blake2b(form.encode(), digest_size=8).digest(), "little")
