"""What a system got wrong, one thing a line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Miss:
    """`what` names what was looked at, in French; `expected` is the gold, `found` what was said."""

    call: str
    dossier: str
    what: str
    expected: str
    found: str
