"""Canonical JSON: one value, one sequence of bytes, whatever the order in which its keys were set."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


def canonical_json(value: Json) -> bytes:
    """UTF-8, keys sorted by code point, no white space, shortest form of numbers; text is kept as it is.

    Raises:
        ValueError: a number that is not finite, a lone surrogate.
    """
    return _ENCODER.encode(value).encode()


def digest(content: bytes) -> str:
    """SHA-256 in lower-case hexadecimal (64 characters)."""
    return sha256(content).hexdigest()


def digest_of(value: Json) -> str:
    """SHA-256 of the canonical JSON of `value`."""
    return digest(canonical_json(value))
