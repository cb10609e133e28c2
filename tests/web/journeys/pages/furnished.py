"""A room with something on every page, all its texts made by one function: ordinary words, or hostile ones."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from pipeline.analysis import Analysis, Fact, MarkerEvidence, Passage
from pipeline.calls.catalogue import built_in_content
from pipeline.calls.model import Call
from pipeline.calls.parser import parse_call
from pipeline.document import Document, Span
from store import index, intakes
from store.database import Store
from store.intakes import IntakeItem, Result
from store.keys import ROOM_BATCH
from store.people import (
    accounts,
    audits,
    bulk,
    calls,
    chairing,
    collective,
    conflicts,
    decisions,
    drafts,
    labels,
    letter_drafts,
    letters,
    outcomes,
    passages,
    planning,
    scores,
    states,
    views,
)
from store.people.accounts import Person
from store.people.answers import AnswerKind
from store.people.answers import submit as submit_answer
from store.people.audits import Population
from store.people.bulk_changes import Mark
from store.people.decisions import Kind, Statement
from store.people.filters import Filter
from store.people.letter_drafts import Written
from store.people.outcomes import Confirmed
from store.people.passages import Choice, Place
from store.people.planning import Plan
from store.people.room import Room
from store.people.scores import Shown, ShownPassage
from store.people.states import State
from store.people.viewers import Role
from store.records import NewFile
from tests.web.conftest import PASSWORD
from tests.web.material import PAGES, Made, find, make_dossier, reanalyse, write_pdf

Words = Callable[[str, int], str]
"""Of a few plain words and the most characters that there may be: what is written in the room."""
Places = Mapping[str, str]
"""What stands in the addresses of pages, by name."""

_SYNTHESIS = ("rupture", "avis")


@dataclass(frozen=True, slots=True)
class Furnished:
    """The people of the room by name, and what addresses are made of."""

    people: Mapping[str, Person]
    places: Places


def furnish(room: Room, store: Store, folder: Path, words: Words) -> Furnished:
    """Fills an empty room: one call with a grid and a synthesis, dossiers, two sessions, a sample."""
    people = _people(room, words)
    content = _call_file(words)
    call = parse_call(content, "essai.toml")
    digest, _ = room.files.put(content)
    with room.writing(people["instructor"].viewer.actor) as writing:
        calls.open_call(writing, call.id, date(2030, 9, 5), digest)
        for name in ("juror", "chair", "third"):
            calls.seat(writing, call.id, people[name].id, chair=name == "chair")
    read = _read(store, folder, call, words, "Les Jardins du Lavoir")
    apart = make_dossier(store, folder, call, words("Le Moulin", 200), bearer=words("Les Ailes", 200))
    places = {"call": call.id, "dossier": read.dossier.id, "apart": apart.dossier.id, "marker": call.markers[0].id}
    places |= _deposit(room, store, folder, people, call, read, words)
    places |= _instruct(room, people, call, read, words)
    places |= _judge(room, people, call, read, apart, words)
    places |= _audit(room, people, call, words)
    return Furnished(people, places | {"person": str(people["juror"].id)})


def _people(room: Room, words: Words) -> dict[str, Person]:
    roles = {
        "administrator": Role.ADMINISTRATOR,
        "instructor": Role.INSTRUCTOR,
        "juror": Role.JUROR,
        "chair": Role.JUROR,
        "third": Role.JUROR,
        "auditor": Role.AUDITOR,
    }
    with room.writing("machine") as writing:
        return {
            name: accounts.add(writing, name, words(f"Maëlle {name}", 200), role, PASSWORD)
            for name, role in roles.items()
        }


def _call_file(words: Words) -> bytes:
    """A call of Aquitaine's with the items of a synthesis; its titles, and the first of its parts, are `words`."""
    text = built_in_content("alpc-2016").decode()
    for key in ("title", "short_title", "institution", "region"):
        text = _retold(text, key, words(key, 300))
    for part in ("fields", "markers", "sources"):
        head, found, tail = text.partition(f"[[{part}]]")
        text = head + found + _retold(tail, "title", words(part, 300))
    text = text.replace('id = "alpc-2016"', 'id = "essai-2030"')
    for item in _SYNTHESIS:
        text += f'\n[[synthesis_items]]\nid = "{item}"\nplace = "§ 2-2"\ntext = {_quoted(words(item, 300))}\n'
    return text.encode()


def _retold(text: str, key: str, said: str) -> str:
    """The first value of a key is another."""
    before, after = re.split(rf"(?m)^{key} = .*$", text, maxsplit=1)
    return f"{before}{key} = {_quoted(said)}{after}"


def _quoted(text: str) -> str:
    """As TOML writes it."""
    return json.dumps(text)


def _read(store: Store, folder: Path, call: Call, words: Words, name: str) -> Made:
    """A dossier of which everything that the machine says is `words`, where it is free to say it."""
    printed = words("Les habitants gardent les clefs.", 60).encode("latin-1", "ignore").decode("latin-1")
    made = make_dossier(store, folder, call, words(name, 200), pages=(*PAGES, (printed,)))
    return reanalyse(store, made, _said(made.analysis, made.document, words, printed), bearer=words(name, 200))


def _said(analysis: Analysis, document: Document, words: Words, printed: str) -> Analysis:
    span = find(document, printed.split()[0])
    span = Span(span.start, min(span.start + len(printed), len(document.text)))
    marker = analysis.markers[0]
    more = Passage(marker.id, span, document.quote(span), (words("par le sens", 200),))
    return replace(
        analysis,
        sections=tuple(replace(each, reason=words(each.reason, 5000)) for each in analysis.sections),
        findings=tuple(replace(each, message=words(each.message, 5000)) for each in analysis.findings),
        facts=(Fact("porteur", words("Les Jardins", 300), analysis.facts[0].evidence), *analysis.facts[1:]),
        provenance=replace(analysis.provenance, program_version="0.2.0"),
        markers=(MarkerEvidence(marker.id, marker.title, (*marker.passages, more)), *analysis.markers[1:]),
    )


def _deposit(
    room: Room, store: Store, folder: Path, people: Mapping[str, Person], call: Call, read: Made, words: Words
) -> dict[str, str]:
    """A deposit with a dossier, a file that is no dossier, and a dossier that failed."""
    pdf = write_pdf(folder / "forge.pdf")
    failed = store.deposit(call.id, ROOM_BATCH, words("La Forge", 200), [NewFile(words("forge", 200), pdf)])
    with store.writing() as writing:
        index.fail(writing.connection, failed.id, failed.deposit, "reading-timeout")
    digest, size = room.files.put(b"%PDF-1.4")
    with room.writing(people["instructor"].viewer.actor) as writing:
        intake = intakes.open_intake(writing, call.id, words("Courrier du matin", 200))
        intakes.add_file(writing, intake.id, words("lettre", 200), digest, size)
        intakes.make_ready(writing, intake.id)
    with store.writing() as writing:
        intakes.take(writing)
        items = (
            IntakeItem(words("Lavoir.pdf", 200), Result.NEW, None, read.dossier.id, 1),
            IntakeItem(words("Forge.pdf", 200), Result.NEW, None, failed.id, 1),
            IntakeItem(words("lettre.docx", 200), Result.REFUSED, "not-a-pdf-file"),
        )
        intakes.say(writing, intake.id, items)
    asked = _asked(room, store, people, call, read, words)
    return {"intake": str(intake.id), "failed": failed.id, "asked": asked}


def _asked(room: Room, store: Store, people: Mapping[str, Person], call: Call, read: Made, words: Words) -> str:
    """A deposit of which a dossier has the name of a known one: people have to say what it is."""
    pieces = store.keep_files([NewFile(words("projet", 190) + ".pdf", b"%PDF-1.4 autre")])
    with room.writing(people["instructor"].viewer.actor) as writing:
        intake = intakes.open_intake(writing, call.id, words("Complément", 200))
        intakes.add_file(writing, intake.id, "Lavoir/projet.pdf", pieces[0].sha256, pieces[0].size)
        intakes.make_ready(writing, intake.id)
    waits = IntakeItem(words("Lavoir", 200), Result.TO_SETTLE, dossier_id=read.dossier.id, pieces=pieces)
    with store.writing() as writing:
        intakes.take(writing)
        intakes.say(writing, intake.id, [waits])
        intakes.end_those_done(writing)
    return str(intake.id)


def _instruct(room: Room, people: Mapping[str, Person], call: Call, read: Made, words: Words) -> dict[str, str]:
    which, viewer = read.dossier.id, people["instructor"].viewer
    analysis = read.stored.id
    note = words("Vu en annexe.", 5000)
    present = {"status": "present", "reason": words("Dit en page 1.", 5000)}
    signalled = {"message": words("Aide à vérifier.", 5000)}
    with room.writing(viewer.actor) as writing:
        for said in (
            Statement(Kind.FIELD, call.fields[0].id, "thin", note, present, analysis),
            Statement(Kind.FIELD, call.fields[1].id, "present", note, present, analysis),
            Statement(Kind.FACT, "porteur", words("Les Jardins réunis", 300), note, {"value": "Les Jardins"}, analysis),
            Statement(Kind.FINDING, "aid-above-ceiling", "noted", note, signalled, analysis),
            Statement(Kind.TYPE, "", ["territoriale"], note, {"suggested": ["services"], "declared": None}, analysis),
            Statement(Kind.NOTE, "", None, note),
        ):
            decisions.decide(writing, viewer, which, said)
        label = labels.named(writing, call.id, words("à revoir", 60))
        labels.put(writing, [which], label.id)
        states.entrust(writing, [which], viewer.id)
        bulk.apply(writing, viewer, call.id, [which], 1, Mark(State.PIECES_REQUESTED))
        views.save(writing, viewer, call.id, words("Les miens", 60), Filter(), shared=True, opens=False)
        asked = tuple(field.id for field in call.fields[:2])
        for version in (0, 2):
            written = Written(words("Il manque les statuts.", 5000), letters.today(), asked)
            kept = letter_drafts.save(writing, viewer, which, written, version)
            if not version:
                letter = letters.send(writing, viewer, which, kept, asked, letters.today(), letters.today())
                before = letters.today() - timedelta(days=1)
                letters.correct(writing, viewer, which, letter, before, before)
        other = people["administrator"].viewer
        letter_drafts.save(writing, other, which, Written(words("Il manque le budget.", 5000), None, asked), kept)
    return {"letter": str(letter)}


def _judge(
    room: Room, people: Mapping[str, Person], call: Call, read: Made, apart: Made, words: Words
) -> dict[str, str]:
    """The first dossier is retained in an open session; the other waits for a second one and for declarations."""
    which = read.dossier.id
    jury = tuple(people[name].id for name in ("chair", "juror", "third"))
    instructor, chair = people["instructor"].viewer, people["chair"].viewer

    def plan(dossier_id: str) -> int:
        planned = Plan(words("Jury d’essai", 200), date(2030, 10, 5), jury[0], jury, (dossier_id,))
        with room.writing(instructor.actor) as writing:
            return planning.plan(writing, instructor, call.id, planned)

    held, planned = plan(which), plan(apart.dossier.id)
    for name in ("chair", "juror", "third"):
        _answer(room, people[name], call, read, words)
    comment = words("Le jury s’accorde.", 5000)
    with room.writing(chair.actor) as writing:
        chairing.start(writing, chair, held)
        for marker in call.markers:
            collective.set_value(writing, chair, held, which, marker.id, value="Fort", comment=comment, replaces=None)
        outcomes.set_outcome(
            writing, chair, held, which, call, "retenu", comment, None, confirmed=Confirmed(synthesis=True)
        )
        for kind, item, value in ((AnswerKind.GRID, "leadership", "A"), (AnswerKind.SYNTHESIS, "avis", None)):
            collective.set_answer(
                writing, chair, held, which, call, kind, item, value=value, comment=comment, replaces=None
            )
    _answer_further(room, people["juror"], call, which, words)
    return {"session": str(held), "planned": str(planned)}


def _answer(room: Room, person: Person, call: Call, read: Made, words: Words) -> None:
    which, viewer = read.dossier.id, person.viewer
    place = Place(read.stored.document, read.analysis.markers[0].passages[0].span, "")
    place = replace(place, quote=read.document.quote(place.span))
    shown = Shown(read.stored.id, read.stored.document, (ShownPassage(place.span, Choice.ASIDE),))
    with room.writing(viewer.actor) as writing:
        conflicts.declare(writing, viewer, which, None)
        passages.choose(writing, viewer, which, call.markers[0].id, place, Choice.ASIDE, words("Hors sujet.", 1000))
        for marker in call.markers:
            comment = words("Lu avec soin.", 5000)
            scores.submit(writing, viewer, which, marker.id, value="Fort", comment=comment, shown=shown, replaces=None)
        content = {"value": "", "comment": words("À relire.", 5000)}
        drafts.save(writing, viewer, which, f"marker:{call.markers[3].id}", content, 0)


def _answer_further(room: Room, person: Person, call: Call, which: str, words: Words) -> None:
    """The grid and the synthesis, once the dossier is retained."""
    with room.writing(person.viewer.actor) as writing:
        for kind, item, value in ((AnswerKind.GRID, "leadership", "A"), (AnswerKind.SYNTHESIS, "avis", None)):
            comment = words("Une équipe sûre.", 5000)
            submit_answer(writing, person.viewer, which, call, kind, item, value=value, comment=comment, replaces=None)


def _audit(room: Room, people: Mapping[str, Person], call: Call, words: Words) -> dict[str, str]:
    auditor = people["auditor"].viewer
    with room.writing(auditor.actor) as writing:
        sample = audits.draw(writing, auditor, call.id, 2, Population.ALL, 5)
        first = audits.drawn(writing, auditor, sample)[0]
        for result in (audits.Result.CONFORM, audits.Result.DIFFERS):
            audits.record(writing, auditor, sample, first.dossier_id, result, words("Relu en entier.", 2000))
    return {"sample": str(sample)}
