"""What minutes say of one dossier: who deliberated on it and when, what they held, what they left undone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.calls.model import Call, Level
from pipeline.text import listed
from store.people.answers import AnswerKind
from store.people.collective import CollectiveAnswer, CollectiveValue
from store.people.deliberations import AgendaItem, Session
from store.people.outcomes import Outcome, first_stage
from store.people.presences import Presence, Presences, gatherings
from store.people.stood import Answering, Stood
from web.french import counted, day, typeset
from web.views.deliberation import value_held
from web.views.naming import Naming
from web.views.outcomes import label
from web.views.panes import answer_said, items_of
from web.views.presences import named

_NO_CONFLICT = "Aucun juré présent n’a déclaré de conflit d’intérêts."
_NO_DECLARATION = "Personne n’a fait de déclaration sur ce dossier."
_IN_WORDS = "Ce que le jury en dit"
_TITLES = {AnswerKind.SYNTHESIS: "Synthèse", AnswerKind.GRID: "Faisabilité"}

Word = CollectiveValue | CollectiveAnswer | Outcome


@dataclass(frozen=True, slots=True)
class Held:
    """A marker or an item with what the jury holds; `said` is « – » when it holds nothing.

    `jurors` says how many had answered, of how many, and the quorum; empty where it was not kept.
    """

    title: str
    said: str
    comment: str
    jurors: str


@dataclass(frozen=True, slots=True)
class Part:
    """The markers, the grid or the synthesis of a dossier, and the heads of its first two columns."""

    title: str
    subject: str
    answer: str
    held: tuple[Held, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of its table; a column is there only where it says something."""
        said = (_IN_WORDS,) if self.commented else ()
        return (self.subject, self.answer, *said, *(("Jurés ayant répondu",) if self.counted else ()))

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Its lines, under these heads."""
        return tuple(
            (each.title, each.said, *((each.comment,) * self.commented), *((each.jurors,) * self.counted))
            for each in self.held
        )

    @property
    def commented(self) -> bool:
        return any(each.comment for each in self.held)

    @property
    def counted(self) -> bool:
        return any(each.jurors for each in self.held)


@dataclass(frozen=True, slots=True)
class DossierMinutes:
    """What was held of a dossier; `outcome` is « Aucune suite arrêtée » when there is none.

    `sittings` say who deliberated and when, where it was not all in one sitting with one jury. `conflicts` say who
    withdraws for a conflict of interest, that nobody does, or that nothing was declared. `missing` say what the jury
    confirmed that it went without, and what it has left undone.
    """

    number: int
    name: str
    about: str
    sittings: tuple[str, ...]
    conflicts: str
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    outcome: str
    motive: str


@dataclass(frozen=True, slots=True)
class Words:
    """What was held of all dossiers of the session, the last word on each subject; and how things stood then.

    `sessions` are those in which something was held, by number. `quorum` is how many answers this one needs.
    """

    values: Mapping[tuple[str, str], CollectiveValue]
    answers: Mapping[AnswerKind, Mapping[tuple[str, str], CollectiveAnswer]]
    outcomes: Mapping[str, Outcome]
    presences: Presences
    sessions: Mapping[int, Session]
    stood: Stood
    names: Mapping[int, str]
    quorum: int

    def sat(self, session_id: int) -> tuple[Presence, ...]:
        """Who sat in a session, for all that it held."""
        given = (answer for each in self.answers.values() for answer in each.values())
        return self.presences.sat(session_id, (*self.values.values(), *given, *self.outcomes.values()))

    def of(self, dossier_id: str) -> tuple[Word, ...]:
        """All that is held of a dossier in sessions that the reader sees, in no order."""
        values = (each for (dossier, _), each in self.values.items() if dossier == dossier_id)
        given = (each for kind in self.answers.values() for (dossier, _), each in kind.items() if dossier == dossier_id)
        outcome = self.outcomes.get(dossier_id)
        told = (*values, *given, *(() if outcome is None else (outcome,)))
        return tuple(word for word in told if word.session_id in self.presences.of_session)

    def under(self, session_id: int, dossier_id: str) -> tuple[tuple[Presence, datetime | None], ...]:
        """Those who deliberated on a dossier in a session, each with the moment of their last word; else the last."""
        ended: dict[int | None, datetime] = {}
        for word in self.of(dossier_id):
            if word.session_id == session_id:
                number = self.presences.under(word).id
                ended[number] = max(word.at, ended.get(number, word.at))
        told = self.presences.of_session[session_id]
        return tuple((each, ended[each.id]) for each in told if each.id in ended) or ((told[-1], None),)

    def withdrawn(self, session_id: int, dossier_id: str) -> tuple[str, ...]:
        """Who was there and withdrew, by name."""
        away: set[int] = set()
        for presence, at in self.under(session_id, dossier_id):
            away |= presence.attendance.present & self.stood.in_conflict(dossier_id, at)
        return named(away, self.names)


def dossier_minutes(
    item: AgendaItem, naming: Naming, session: Session, call: Call, scale: tuple[str, ...], words: Words
) -> DossierMinutes:
    """Of a dossier before a session."""
    outcome = words.outcomes.get(item.dossier_id)
    return DossierMinutes(
        number=item.position,
        name=naming.label,
        about=naming.about,
        sittings=tuple(_sittings(item.dossier_id, session, call, words)),
        conflicts=_conflicts(item.dossier_id, session, words),
        parts=(*_markers(item.dossier_id, session, call, scale, words), *_items(item.dossier_id, call, words)),
        missing=(*_gone_without(call, outcome), *_missing(item, call, words)),
        outcome=typeset(label(call, outcome.outcome)) if outcome else "Aucune suite arrêtée",
        motive=outcome.comment if outcome else "",
    )


def _sittings(dossier_id: str, session: Session, call: Call, words: Words) -> Iterator[str]:
    """Who held what and when: of earlier sessions, and of this one where its jury or its day has changed."""
    held = words.of(dossier_id)
    for session_id in sorted({word.session_id for word in held}):
        if session_id == session.id and len(words.sat(session_id)) < 2:
            continue
        where = "" if session_id == session.id else f", à la séance « {words.sessions[session_id].title} »"
        for gathered in gatherings(words.presences.of_session[session_id]):
            here = [each for each in held if each.session_id == session_id and words.presences.under(each) in gathered]
            if here:
                yield typeset(f"{_jury(gathered[0], words.names)}{where} : {_subjects(here, call)}.")
    outcome = words.outcomes.get(dossier_id)
    if outcome is not None and outcome not in held:
        yield "La suite donnée a été arrêtée dans une autre séance."


def _jury(presence: Presence, names: Mapping[int, str]) -> str:
    attendance = presence.attendance
    chair = names.get(attendance.chair, "")
    present = named(attendance.present, names)
    absent = named(presence.absent, names)
    told = f"Le {day(attendance.held_on)}, sous la présidence de {chair}, présents : {', '.join(present)}"
    return f"{told} ({len(present)})" + (f", absents : {', '.join(absent)} ({len(absent)})" if absent else "")


def _subjects(held: Sequence[Word], call: Call) -> str:
    """« 3 repères (A, B et C), 2 points de la synthèse, la suite donnée »."""
    markers = [each.title for each in call.markers if any(_of_marker(word, each.id) for word in held)]
    told = []
    if len(markers) == len(call.markers):
        told.append("tous les repères")
    elif markers:
        told.append(f"{counted(len(markers), 'repère', 'repères')} ({listed(markers)})")
    for kind, one, several in (
        (AnswerKind.SYNTHESIS, "point de la synthèse", "points de la synthèse"),
        (AnswerKind.GRID, "point de la faisabilité", "points de la faisabilité"),
    ):
        count = sum(isinstance(word, CollectiveAnswer) and word.kind is kind for word in held)
        if count:
            told.append(counted(count, one, several))
    if any(isinstance(word, Outcome) for word in held):
        told.append("la suite donnée")
    return ", ".join(told)


def _of_marker(word: Word, marker: str) -> bool:
    return isinstance(word, CollectiveValue) and word.marker == marker


def _conflicts(dossier_id: str, session: Session, words: Words) -> str:
    *_, (presence, at) = words.under(session.id, dossier_id)
    away = words.withdrawn(session.id, dossier_id)
    absent = named(presence.absent & words.stood.in_conflict(dossier_id, at), words.names)
    declared = words.stood.declared(dossier_id, at)
    told = f"Retrait pour conflit d'intérêts : {', '.join(away)}." if away else ""
    told = told or (_NO_CONFLICT if declared else _NO_DECLARATION)
    return typeset(f"{told} Absent, en conflit d'intérêts : {', '.join(absent)}." if absent else told)


def _gone_without(call: Call, outcome: Outcome | None) -> Iterator[str]:
    """Sentences on the reading that the outcome follows, and what the chair confirmed that the jury went without."""
    if outcome is None:
        return
    if outcome.jurors is not None:
        grids = counted(outcome.jurors, "grille soumise", "grilles soumises")
        told = "Suite arrêtée sans lecture de la faisabilité" if outcome.grid_unread else "Lecture de la faisabilité"
        yield typeset(f"{told} : {grids}, l’appel en demande {outcome.quorum}.")
    if outcome.lacking:
        points = counted(outcome.lacking, "point", "points")
        what = "synthèse" if outcome.outcome in first_stage(call) else "faisabilité"
        yield f"Suite arrêtée sans réponse du jury sur {points} de la {what}, ce que la présidence a confirmé."


def _missing(item: AgendaItem, call: Call, words: Words) -> Iterator[str]:
    """Sentences on what was left undone."""
    lacking = [marker.title for marker in call.markers if (item.dossier_id, marker.id) not in words.values]
    if len(lacking) == len(call.markers):
        yield "Le jury n’a arrêté la valeur collective d’aucun repère."
    elif lacking:
        yield typeset(f"Repères sans valeur collective : {', '.join(lacking)}.")
    given = words.answers.get(AnswerKind.SYNTHESIS, {})
    points = [one.text for one in items_of(call, AnswerKind.SYNTHESIS) if (item.dossier_id, one.id) not in given]
    if points and words.of(item.dossier_id):
        yield typeset(f"Synthèse sans réponse du jury : {' ; '.join(points)}.")
    if not item.settled:
        yield "La lecture de ce dossier n’a pas été arrêtée."


def _markers(dossier_id: str, session: Session, call: Call, scale: tuple[str, ...], words: Words) -> list[Part]:
    """The markers, where the jury holds a value on one at least."""
    if not any((dossier_id, marker.id) in words.values for marker in call.markers):
        return []
    levels = tuple(Level(value, "") for value in scale)
    held = []
    for marker in call.markers:
        value, title = words.values.get((dossier_id, marker.id)), typeset(marker.title)
        if value is None:
            *_, (presence, _) = words.under(session.id, dossier_id)
            found = words.stood.answering(dossier_id, marker.id, presence, None)
            told = _answered(found.jurors, found, words.quorum, scaled=True)
            held.append(Held(title, "–", "", told))
        else:
            found = words.stood.answering(dossier_id, marker.id, words.presences.under(value), value.at)
            told = _answered(value.jurors, found, value.quorum, scaled=bool(scale))
            said = value_held(value.value, levels)
            said, comment = (said, value.comment) if scale else (value.comment or said, "")
            held.append(Held(title, said, comment, told))
    return [Part("Repères", "Repère", "Valeur collective" if scale else _IN_WORDS, tuple(held))]


def _answered(jurors: int, found: Answering, quorum: int | None, *, scaled: bool) -> str:
    """« 3 sur 4, dont 1 qui ne se prononce pas (quorum : 2) »."""
    told = f"{jurors} sur {found.speaking}"
    if found.unsure and scaled:
        told += f", dont {found.unsure} qui ne se {'prononce' if found.unsure < 2 else 'prononcent'} pas"
    return typeset(told + _quorum(jurors, quorum))


def _quorum(jurors: int, quorum: int | None) -> str:
    return "" if quorum is None else f" (quorum : {quorum}{', non atteint' if jurors < quorum else ''})"


def _items(dossier_id: str, call: Call, words: Words) -> list[Part]:
    """The grid and the synthesis, where the jury holds something of them; of a text, the text is the answer."""
    parts = []
    for kind, title in _TITLES.items():
        items, answers = items_of(call, kind), words.answers.get(kind, {})
        if not any((dossier_id, item.id) in answers for item in items):
            continue
        held = []
        for item in items:
            answer, text = answers.get((dossier_id, item.id)), typeset(item.text)
            if answer is None:
                held.append(Held(text, "–", "", ""))
                continue
            there = words.stood.speaking(dossier_id, words.presences.under(answer), answer.at)
            count = answer.jurors
            told = "" if count is None else typeset(f"{count} sur {len(there)}{_quorum(count, answer.quorum)}")
            said = answer_said(answer.value, item.options, jury=True) if item.options else answer.comment
            held.append(Held(text, said, answer.comment if item.options else "", told))
        parts.append(Part(title, title, "Réponse du jury", tuple(held)))
    return parts
