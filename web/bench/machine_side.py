"""What the machine would have put in the store: deposits, documents, analyses, index; content drawn by chance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from random import Random

from pipeline.analysis import (
    Analysis,
    AnalysisStatus,
    Fact,
    Finding,
    MarkerEvidence,
    Passage,
    Provenance,
    Section,
    SectionStatus,
    TypeSuggestion,
)
from pipeline.analysis_codec import encode_analysis
from pipeline.calls.model import Call
from pipeline.document import Document, Span
from pipeline.document_codec import encode_document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from store import analyses, index, intakes
from store import dossiers as deposited
from store.canonical import digest
from store.database import Store
from store.files import FileStore
from store.index import IndexEntry, Wording
from store.intakes import IntakeItem, Result
from store.journal import Writing
from store.keys import ROOM_BATCH, analysis_key, document_key
from store.records import Dossier, DossierFile
from store.terms import Word, words

OPENABLE = 40
"""How many dossiers have files that can be opened; the files of the others are named, not kept."""

REASON = "Tiré au sort pour la mesure."

_AT_ONCE = 250  # dossiers of a transaction
_DROPPED = 1000  # dossiers of a deposit
_WAITING = 10  # one of so many is not analysed yet
_COPIES = 100  # one of so many holds the same file as the one before
_LEAST_SENTENCES = 8
_PROOF = 25  # characters
_WORDS = 1200  # of each dossier in the full text
_TOWNS = ("Bergerac", "Guéret", "Langon", "Marmande", "Melle", "Nérac", "Niort", "Oloron", "Saintes", "Tulle")
_DEPARTMENTS = ("16", "17", "19", "23", "24", "33", "40", "47", "64", "79", "86", "87")
_CODES = ("aid-above-ceiling", "annexe-missing", "budget-unbalanced", "duration-too-long")
_SUGGESTED = (("services",), ("organisationnelle",), ("territoriale",), ("services", "territoriale"), ())
_STATUSES = (SectionStatus.PRESENT,) * 4 + (SectionStatus.THIN, SectionStatus.ABSENT)
_VERSION = "bench"


@dataclass(frozen=True, slots=True)
class Analysed:
    """A dossier of the room and its last analysis, with a stretch of its document for each marker that has one."""

    dossier_id: str
    analysis: int
    document: str  # digest
    passages: tuple[Passage, ...]
    fields: tuple[tuple[str, SectionStatus], ...]
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]
    suggested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sample:
    content: bytes
    document: Document
    digest: str  # of the document as it is kept
    sentences: tuple[Span, ...]
    words: tuple[Word, ...]


def fill(
    store: Store, files: FileStore, call: Call, count: int, chance: Random
) -> Iterator[tuple[str, Analysed | None]]:
    """Puts `count` dossiers in the room: the id of each, with its analysis where it has one."""
    samples = _samples(files, call)
    for start in range(0, count, _AT_ONCE):
        numbers = range(start, min(start + _AT_ONCE, count))
        named = [_file(files, number, samples[number % len(samples)]) for number in numbers]
        with store.writing() as writing:
            made = [
                _dossier(writing, call, number, file, samples[number % len(samples)], chance)
                for number, file in zip(numbers, named, strict=True)
            ]
        yield from made


def drop(store: Store, files: FileStore, call: Call, ids: Sequence[str]) -> None:
    """The deposits that these dossiers would have come in, of a thousand each."""
    for start in range(0, len(ids), _DROPPED):
        content = f"archive {start}".encode()
        with store.writing() as writing:
            intake = intakes.open_intake(writing, call.id, f"Dépôt {1 + start // _DROPPED}").id
            intakes.add_file(writing, intake, "candidatures.zip", *files.put(content))
            intakes.make_ready(writing, intake)
            intakes.take(writing)
            found = [
                IntakeItem(f"{each[:12]}.pdf", Result.NEW, None, each, 1) for each in ids[start : start + _DROPPED]
            ]
            intakes.say(writing, intake, found)


def one(store: Store, files: FileStore, call: Call, path: Path, document: Document, start: int) -> str:
    """Puts a dossier of one file in the room, all of whose proofs are the few words at `start`; gives its id."""
    kept, _size = files.put(encode_document(document))
    proof = Span(start, start + _PROOF)
    sample = _Sample(path.read_bytes(), document, kept, (proof,) * _LEAST_SENTENCES, tuple(words(document.body)))
    file = DossierFile("candidature.pdf", *files.put(path))
    with store.writing() as writing:
        return _dossier(writing, call, 0, file, sample, Random(0))[0]  # noqa: S311


def _samples(files: FileStore, call: Call) -> Sequence[_Sample]:
    """The dossiers of one file that come with the program, read."""
    found = []
    with resources.as_file(resources.files("corpora") / "samples" / call.id) as folder:
        for path in sorted(folder.glob("*.pdf")):
            document = read_dossier(path.stem, [path], ReadingLimits(), None)
            spans = tuple(block.span for block in document.blocks if 60 <= len(block.span) <= 400)
            if len(spans) >= _LEAST_SENTENCES:  # the scanned one has no text without OCR
                kept, _size = files.put(encode_document(document))
                found.append(_Sample(path.read_bytes(), document, kept, spans, tuple(words(document.body))))
    return found


def _file(files: FileStore, number: int, sample: _Sample) -> DossierFile:
    original = number - 1 if number % _COPIES == 1 else number
    content = sample.content + f"\n% {original}\n".encode()
    sha256 = files.put(content)[0] if number < OPENABLE else digest(content)
    return DossierFile("candidature.pdf", sha256, len(content))


def _dossier(
    writing: Writing, call: Call, number: int, file: DossierFile, sample: _Sample, chance: Random
) -> tuple[str, Analysed | None]:
    name = f"Dossier {number:05} de {chance.choice(_TOWNS)}"
    dossier = deposited.deposit(writing, call.id, ROOM_BATCH, name, [file])
    if number % _WAITING == _WAITING - 1:
        return dossier.id, None
    deposited.point_document(writing, dossier.id, document_key(dossier, _VERSION), sample.digest)
    analysis = _analysis(call, dossier, sample, chance)
    key = analysis_key(sample.digest, analysis.provenance)
    stored = analyses.append(writing, dossier.id, key, sample.digest, encode_analysis(analysis))
    begin = chance.randrange(max(1, len(sample.words) - _WORDS))
    said = Wording((*words(name), *sample.words[begin : begin + _WORDS]), None)
    index.put(writing.connection, _entry(dossier, analysis, stored.id, sample, chance), said)
    return dossier.id, Analysed(
        dossier_id=dossier.id,
        analysis=stored.id,
        document=sample.digest,
        passages=tuple(marker.passages[0] for marker in analysis.markers if marker.passages),
        fields=tuple((section.id, section.status) for section in analysis.sections),
        facts=analysis.facts,
        findings=analysis.findings,
        suggested=analysis.innovation_type.suggested,
    )


def _analysis(call: Call, dossier: Dossier, sample: _Sample, chance: Random) -> Analysis:
    document = sample.document

    def some(most: int) -> tuple[Span, ...]:
        return tuple(sorted(chance.sample(sample.sentences, chance.randint(0, most))))

    return Analysis(
        dossier=dossier.name,
        call=call.id,
        files=tuple(replace(file, name="candidature.pdf") for file in document.files),
        pages=document.pages,
        status=AnalysisStatus.ANALYSED,
        sections=tuple(
            Section(field.id, field.title, chance.choice(_STATUSES), REASON, some(2)) for field in call.fields
        ),
        innovation_type=TypeSuggestion(chance.choice(_SUGGESTED), (0.3, 0.3, 0.4), None, some(1)),
        markers=tuple(
            MarkerEvidence(
                marker.id,
                marker.title,
                tuple(Passage(marker.id, span, document.quote(span), ("par le sens",)) for span in some(8)),
            )
            for marker in call.markers
        ),
        facts=(Fact("porteur", f"Association {chance.randrange(400)}", some(1)),),
        findings=tuple(
            Finding(code, "À vérifier : tiré au sort pour la mesure.", some(1))
            for code in _CODES
            if chance.random() < 0.3
        ),
        provenance=Provenance(_VERSION, call.digest, ()),
    )


def _entry(dossier: Dossier, analysis: Analysis, number: int, sample: _Sample, chance: Random) -> IndexEntry:
    aid = chance.randrange(2_000, 60_000, 500)
    return IndexEntry(
        dossier_id=dossier.id,
        deposit=dossier.deposit,
        analysis=number,
        document=sample.digest,
        unreadable=False,
        partly_read=chance.random() < 0.1,
        pages=len(sample.document.pages),
        pages_unread=0,
        bearer=str(analysis.facts[0].value),
        department=chance.choice(_DEPARTMENTS),
        commune=chance.choice(_TOWNS),
        aid_eur=aid,
        budget_eur=2 * aid,
        duration_months=chance.choice((12, 24, 36)),
        suggested=analysis.innovation_type.suggested,
        declared=chance.choice(("services", "territoriale", None, None)),
        provenance=analysis.provenance,
        fields={section.id: section.status for section in analysis.sections},
        findings={finding.code: 1 for finding in analysis.findings},
        text="",
        wording="",
    )
