"""What a verification of the store may find, and what it reports."""

from dataclasses import dataclass
from enum import StrEnum

from store.records import JournalHead


class Doubt(StrEnum):
    """What kind of thing is wrong."""

    EVENT_ALTERED = "event-altered"
    EVENTS_MISSING = "events-missing"
    CHAIN_BROKEN = "chain-broken"
    TAIL_MISSING = "tail-missing"
    HEAD_ALTERED = "head-altered"
    ANCHOR_DIFFERS = "anchor-differs"
    ANALYSIS_ALTERED = "analysis-altered"
    ANALYSIS_MISSING = "analysis-missing"
    ANALYSIS_UNTOLD = "analysis-untold"
    DOSSIER_ALTERED = "dossier-altered"
    DEPOSIT_ALTERED = "deposit-altered"
    DEPOSIT_MISSING = "deposit-missing"
    DEPOSIT_UNTOLD = "deposit-untold"
    DOCUMENT_ALTERED = "document-altered"
    WORD_ALTERED = "word-altered"
    WORD_MISSING = "word-missing"
    WORD_UNTOLD = "word-untold"
    STANDING_ALTERED = "standing-altered"
    STANDING_MISSING = "standing-missing"
    STANDING_UNTOLD = "standing-untold"
    VERIFICATION_ALTERED = "verification-altered"
    FILE_MISSING = "file-missing"
    FILE_ALTERED = "file-altered"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was put; `message` is French. `event` is where the journal breaks, if it does."""

    doubt: Doubt
    message: str
    event: int | None = None


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """How much was checked, what is wrong, and the head to note elsewhere; `words` are those of people."""

    events: int
    analyses: int
    words: int
    files: int
    problems: tuple[Problem, ...]
    head: JournalHead

    @property
    def sound(self) -> bool:
        return not self.problems

    @property
    def breaks_at(self) -> int | None:
        """The first event at which the journal itself is broken; all before it is as it was told."""
        return min((problem.event for problem in self.problems if problem.event is not None), default=None)
