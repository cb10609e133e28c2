"""What the page of a dossier says first: how far it was read, and what it resembles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.analysis import AnalysisStatus
from pipeline.document import Document, FileStatus, PageState
from pipeline.failures import INTERRUPTED
from pipeline.reasons import PHRASES
from pipeline.unread import unread_parts
from store.index import LikeDossier, Likeness, Status
from web.french import counted, typeset
from web.opened import Opened
from web.views.whys import why

_ON_ITS_FILES = "D’ici là, vous pouvez l’instruire sur ses pièces."


@dataclass(frozen=True, slots=True)
class Alike:
    """Another dossier of the call with the same files or nearly the same text."""

    dossier: str
    name: str
    text: str


def reading_code(dossier: Opened) -> str:
    """How far the dossier is read: a code of `french.STATUSES["reading"]`, or `failed`."""
    if dossier.status is not Status.ANALYSED or dossier.analysed is None:
        return dossier.status.value
    return "partly-read" if unread_parts(dossier.analysed.document) else "analysed"


def notices(dossier: Opened) -> Iterator[tuple[str, str]]:
    """Kinds and texts of what must be known before the dossier is judged on what the program says."""
    if dossier.status is Status.FAILED:
        told = why(dossier.reason or INTERRUPTED)
        yield "error", f"La lecture de ce dossier a échoué. {told.said} {told.advice} {_ON_ITS_FILES}"
    elif dossier.status is Status.WAITING:
        yield "info", "Ce dossier attend d’être lu par le programme ; vous pouvez déjà l’instruire sur ses pièces."
    if dossier.analysed is None:
        return
    if dossier.analysed.analysis.status is AnalysisStatus.UNREADABLE:
        yield "warning", "Aucune pièce de ce dossier n’a pu être lue : ce que le programme dit absent peut s’y trouver."
    elif unread := unread_parts(dossier.analysed.document):
        yield "warning", f"Dans ce dossier, {unread} : ce que le programme dit absent peut s’y trouver."


def unread_to_jurors(dossier: Opened) -> str:
    """What of the dossier was not read and why, to who reads it; empty when all was, or when it was never read."""
    if dossier.analysed is None:
        return ""
    document = dossier.analysed.document
    unread = unread_parts(document)
    if not unread:
        return ""
    whys = " ".join(PHRASES[reason].said for reason in dict.fromkeys(_reasons(document)))
    return typeset(f"{unread[:1].upper()}{unread[1:]} : aucun passage n'en est proposé. {whys}")


def scanned_to_jurors(dossier: Opened) -> str:
    """How many pages are images whose words were recognised, to who reads them; empty without any."""
    if dossier.analysed is None:
        return ""
    count = sum(page.state is PageState.OCR for page in dossier.analysed.document.pages)
    if not count:
        return ""
    pages = counted(count, "page numérisée", "pages numérisées")
    return typeset(
        f"{pages} : les mots en ont été reconnus sur l'image (OCR), certains peuvent être faux ; l'image fait foi."
    )


def alike(likenesses: Sequence[LikeDossier], names: Mapping[str, str]) -> tuple[Alike, ...]:
    """The dossiers like one, among those whose names the person may know."""
    return tuple(
        Alike(
            like.dossier_id,
            names[like.dossier_id],
            "Un fichier de ce dossier est aussi dans :"
            if like.kind is Likeness.SAME_FILE
            else "Le texte de ce dossier est presque celui de :",
        )
        for like in likenesses
        if like.dossier_id in names
    )


def _reasons(document: Document) -> Iterator[str]:
    """Codes of why files and pages were not read."""
    yield from (file.reason for file in document.files if file.status is FileStatus.UNREADABLE and file.reason)
    yield from (page.reason for page in document.pages if page.reason)
