"""Who looks: a person with one role."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is there for."""

    ADMINISTRATOR = "administrator"
    INSTRUCTOR = "instructor"
    JUROR = "juror"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person on whose behalf the store is asked."""

    id: int
    role: Role

    @property
    def actor(self) -> str:
        """As the journal names this person."""
        return f"person:{self.id}"
