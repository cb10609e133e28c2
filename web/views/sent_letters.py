"""Letters that people say they sent, as pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.calls.model import Call
from pipeline.text import in_guillemets
from store.people.letters import Asked, Letter, Sent
from store.records import Dossier
from web.french import day, typeset
from web.views.letter_unread import FILE, file_key
from web.views.triage_words import field_titles


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said of a letter: that it was sent, its other days, that it was not sent after all."""

    name: str
    at: datetime
    text: str
    replaced: bool


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter; `asked` are titles of fields. `sent_on` is None when it was not sent after all, `late` when pieces are
    still awaited after the last day by which a reply was expected. `words` are newest first; `digest` is of the text.
    """

    number: int
    href: str
    sent_on: date | None
    expected: date | None
    late: bool
    name: str
    asked: tuple[str, ...]
    words: tuple[Word, ...]
    text: str
    digest: str
    standing: int

    @property
    def title(self) -> str:
        """« Courrier du 3 mars 2026 »; of one that was not sent, the day that was first said."""
        return f"Courrier du {day(self.sent_on or self.words[-1].at)}"


def sent_letters(call: Call, dossier: Dossier, sent: Sequence[Sent], over: bool) -> tuple[SentLetter, ...]:
    """The letters of a dossier, newest first; `over`: it is overdue, as `letters.overdue` has it."""
    titles = {**field_titles(call), **{file_key(file.sha256): in_guillemets(file.name) for file in dossier.files}}
    return tuple(_shown(one, dossier.id, titles, over) for one in reversed(sent))


def in_time(asked: Asked | None) -> str:
    """What is said of pieces that had been asked for: « reçu dans le délai demandé »; empty of what had not been."""
    if asked is None:
        return ""
    if asked.expected is None:
        return "reçu après notre demande, qui ne donnait pas de date"
    when = "dans le" if asked.in_time else "après le"
    return typeset(f"reçu {when} délai demandé (réponse attendue le {day(asked.expected)})")


def _shown(sent: Sent, dossier_id: str, titles: Mapping[str, str], over: bool) -> SentLetter:
    now = sent.now
    return SentLetter(
        number=sent.number,
        href=f"/dossiers/{dossier_id}/courriers/{sent.number}",
        sent_on=now.sent_on,
        expected=now.expected,
        late=over and now.sent_on is not None and now.expected is not None,
        name=sent.versions[0].name,
        asked=tuple(titles.get(field) or _gone(field) for field in now.asked),
        words=tuple(Word(one.name, one.at, _said(one), one is not now) for one in reversed(sent.versions)),
        text=now.text,
        digest=sent.digest,
        standing=now.id,
    )


def _gone(asked: str) -> str:
    """What is said of a field that the call has no more, or of a file that the applicant has replaced since."""
    return "un fichier remplacé depuis" if asked.startswith(FILE) else asked


def _said(letter: Letter) -> str:
    if letter.sent_on is None:
        return "Finalement non envoyé."
    reply = "aucune réponse attendue" if letter.expected is None else f"réponse attendue le {day(letter.expected)}"
    return typeset(f"Envoyé le {day(letter.sent_on)}, {reply}.")
