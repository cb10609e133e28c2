"""What is evaluated: the program, and the simple methods that it is compared with.

A system may speak of fields, of types, of passages, or of several of them.
"""

from collections.abc import Mapping
from typing import Protocol

from evaluation.cases import Case
from evaluation.kinds import FoundType
from evaluation.passages import FoundPassages
from evaluation.sections import FoundSection


class SectionSystem(Protocol):
    """`name` is French, as the report shows it."""

    @property
    def name(self) -> str: ...

    def sections(self, case: Case) -> Mapping[str, FoundSection]:
        """What it says of each required field of the case's call."""
        ...


class TypeSystem(Protocol):
    @property
    def name(self) -> str: ...

    def innovation_type(self, case: Case) -> FoundType: ...


class PassageSystem(Protocol):
    @property
    def name(self) -> str: ...

    def passages(self, case: Case) -> FoundPassages:
        """What it shows at each of `passages.DEPTHS`, and its ranking."""
        ...
