"""Forms in which jurors answer: what they wrote stands in them, and nothing that they did not."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.calls.model import Level
from store.people.answers import NOT_APPLICABLE
from store.people.drafts import Draft
from web.prose import LONGEST

CANNOT_SAY = "cannot-say"
"""What a form sends for « Je ne peux pas me prononcer »; it is kept as no value."""

_DIGITS = 9  # keys that single places have

Option = tuple[str, str, str]
"""Value, label, and what is said under the label."""


def options_of(levels: tuple[Level, ...], *, if_relevant: bool = False) -> tuple[Option, ...]:
    """The levels in their order, then what stands beside a scale; no option at all without levels."""
    if not levels:
        return ()
    beside = [(CANNOT_SAY, "Je ne peux pas me prononcer", "")]
    if if_relevant:
        beside.insert(0, (NOT_APPLICABLE, "Sans objet", "ce groupe n'est lu que s'il est pertinent"))
    return (*((level.value, level.value, level.wording) for level in levels), *beside)


def keys_of(options: tuple[Option, ...]) -> dict[str, str]:
    """The digit that reaches each option: a value that is a digit has its own, words have their place."""
    digits = {code: code for code, _label, _more in options if len(code) == 1 and code.isdecimal()}
    if digits:
        return digits
    return {code: str(place) for place, (code, _label, _more) in enumerate(options, 1) if place <= _DIGITS}


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gave to one question: `value` as forms send it, empty when nothing is chosen."""

    value: str
    comment: str

    @property
    def kept(self) -> str | None:
        """The value as the store keeps it."""
        return None if self.value in ("", CANNOT_SAY) else self.value


def given_again(value: str | None, comment: str, options: tuple[Option, ...]) -> Given:
    """What was submitted, as the form shows it: without value on a scale, the person could not say."""
    return Given(CANNOT_SAY if value is None and options else value or "", comment)


def drafted(draft: Draft | None) -> Given | None:
    """What a draft of one question holds."""
    return None if draft is None else Given(draft.content.get("value", ""), draft.content.get("comment", ""))


def fault_of(given: Given, options: tuple[Option, ...]) -> str:
    """What keeps it from being submitted, in French; empty when nothing does."""
    if len(given.comment) > LONGEST:
        return f"Le commentaire dépasse {LONGEST} caractères."
    if not options:
        return "" if given.comment.strip() else "Écrivez un commentaire : cet appel n'a pas d'échelle."
    if not given.value:
        return "Choisissez une valeur, ou indiquez que vous ne pouvez pas vous prononcer."
    return "" if given.value in {code for code, _label, _more in options} else "Cette valeur n'est pas de l'échelle."


@dataclass(frozen=True, slots=True)
class Version:
    """What a form was made from: the last answer submitted (0: none) and the version of the draft (0: none)."""

    submitted: int
    draft: int

    def __str__(self) -> str:
        return f"{self.submitted}.{self.draft}"


def version_of(text: str) -> Version:
    """What a form sent back; a malformed one is none that could be current."""
    submitted, _, draft = text.partition(".")
    if submitted.isascii() and submitted.isdigit() and draft.isascii() and draft.isdigit():
        return Version(int(submitted), int(draft))
    return Version(-1, -1)


def told_apart(mine: Mapping[str, Draft], subject: str, submitted: int | None) -> Version:
    """The version of a form now."""
    draft = mine.get(subject)
    return Version(submitted or 0, draft.version if draft else 0)
