"""Passwords: kept as argon2id only, and long enough to be worth it."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pipeline.errors import UsageProblem

SHORTEST = 12  # characters, as the French data protection authority asks of passwords alone
LONGEST = 200
_CONSONANTS = "bcdfghjklmnprstvz"
_VOWELS = "aeiou"
_hasher = PasswordHasher()
_NOBODY = _hasher.hash("nobody has this password")
_few = BoundedSemaphore(4)  # each takes 64 MiB: all the threads of a server at once would take some GB


class WeakPassword(UsageProblem):
    """Too short, or too long to be hashed in reasonable time."""

    code = "weak-password"
    advice = "Choisissez une phrase : quatre ou cinq mots sans rapport entre eux font un bon mot de passe."


def sealed(password: str) -> str:
    """The hash to keep.

    Raises:
        WeakPassword: shorter than `SHORTEST` characters, or longer than `LONGEST`.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"Un mot de passe compte de {SHORTEST} à {LONGEST} caractères.")
    return _hasher.hash(password)


def invented() -> str:
    """A password that can be read aloud: four words of three syllables, some 77 bits of chance."""
    return "-".join("".join(_syllable() for _ in range(3)) for _ in range(4))


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)


def is_right(kept: str | None, password: str) -> bool:
    """Whether `password` is the one that was kept; takes as long for an account that does not exist."""
    try:
        with _few:
            _hasher.verify(kept or _NOBODY, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def sealed_anew(kept: str, password: str) -> str | None:
    """Another hash of a right password, whose former one was made by other settings than today's; else None."""
    return _hasher.hash(password[:LONGEST]) if _hasher.check_needs_rehash(kept) else None
