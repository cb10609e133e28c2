"""A dossier opened by someone who may: what was deposited, its call, and the analysis with the document it points into.

Documents and analyses are decoded once and kept for the next pages: they never change, for they are known by digest.
"""

from dataclasses import dataclass
from functools import lru_cache

from pipeline.analysis import Analysis, Provenance
from pipeline.analysis_codec import decode_analysis
from pipeline.calls.model import Call, Marker
from pipeline.calls.parser import load_call, parse_call
from pipeline.document import Document
from pipeline.document_codec import decode_document
from store.files import FileStore
from store.index import Status
from store.people import calls, dossiers
from store.people.calls import RoomCall
from store.people.room import Reading
from store.records import Dossier, StoredAnalysis
from web.context import Context
from web.problems import NotHere

_DOCUMENTS_KEPT = 24  # of some 20 MB each at most


@dataclass(frozen=True, slots=True)
class Analysed:
    """What the machine said, and what it points into; `document_digest` tells one reading from another."""

    id: int
    digest: str
    analysis: Analysis
    document: Document
    document_digest: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier; `analysed` is None until it is, or when it failed (`reason` is then a code)."""

    dossier: Dossier
    status: Status
    reason: str | None
    call: Call
    room_call: RoomCall
    analysed: Analysed | None

    def scale_of(self, marker: Marker) -> tuple[str, ...]:
        """The values that a juror may enter for a marker: the call's own, else what the jury agreed on, else none."""
        return tuple(level.value for level in marker.levels) or self.room_call.scale


def opened(context: Context, reading: Reading, dossier_id: str) -> Opened:
    """The dossier, as the person who asks may open it.

    Raises:
        NotHere: it does not exist, or not for this person.
    """
    sheet = dossiers.sheet(reading, context.viewer, dossier_id)
    if sheet is None:
        raise NotHere
    room_call, call = called(context, reading, sheet.dossier.call)
    made = sheet.analysis
    analysed = None if made is None else _analysed(context.room.files, made)
    return Opened(sheet.dossier, sheet.status, sheet.reason, call, room_call, analysed)


def called(context: Context, reading: Reading, call_id: str) -> tuple[RoomCall, Call]:
    """A call of the room that the person sees, with its texts.

    Raises:
        NotHere: there is none.
    """
    room_call = calls.find(reading, context.viewer, call_id)
    if room_call is None:
        raise NotHere
    return room_call, texts_of(context.room.files, room_call)


def texts_of(files: FileStore, room_call: RoomCall) -> Call:
    """All that a call says."""
    return _built_in(room_call.id) if room_call.file is None else _added(files, room_call.file)


def provenance_of(made: StoredAnalysis) -> Provenance:
    """What made an analysis: the program, the call's file, the models."""
    return _analysis(made.digest, made.content).provenance


def analysis_of(made: StoredAnalysis) -> Analysis:
    """What an analysis says."""
    return _analysis(made.digest, made.content)


def document_of(files: FileStore, digest: str) -> Document:
    """The document of this digest."""
    return _document(files, digest)


def _analysed(files: FileStore, made: StoredAnalysis) -> Analysed:
    analysis = _analysis(made.digest, made.content)
    return Analysed(made.id, made.digest, analysis, document_of(files, made.document), made.document)


@lru_cache(maxsize=64)
def _built_in(call_id: str) -> Call:
    return load_call(call_id)


@lru_cache(maxsize=64)
def _added(files: FileStore, digest: str) -> Call:
    return parse_call(files.read(digest), digest)


@lru_cache(maxsize=_DOCUMENTS_KEPT)
def _document(files: FileStore, digest: str) -> Document:
    return decode_document(files.read(digest))


_analyses: dict[str, Analysis] = {}
_ANALYSES_KEPT = 200


def _analysis(digest: str, content: bytes) -> Analysis:
    known = _analyses.get(digest)
    if known is None:
        known = decode_analysis(content)
        while len(_analyses) >= _ANALYSES_KEPT:
            _analyses.pop(next(iter(_analyses)), None)
        _analyses[digest] = known
    return known
