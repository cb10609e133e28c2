"""What the page of a dossier says first: how far it was read, and what it resembles."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.analysis import AnalysisStatus
from pipeline.document import Document, FileStatus, PageState
from pipeline.failures import INTERRUPTED
from pipeline.reasons import PHRASES
from pipeline.text import in_guillemets, listed
from pipeline.unread import unread_parts
from store.index import LikeDossier, Likeness, Status
from store.people.shared_files import SharedFile
from web.french import counted, typeset
from web.opened import Opened
from web.views.whys import why

_NAMED = 3
"""How many files are named at most, of those that the same other dossiers hold."""
_ON_ITS_FILES = "D’ici là, vous pouvez l’instruire sur ses pièces."


@dataclass(frozen=True, slots=True)
class Alike:
    """What other dossiers of the call hold too: ids and names; with one alone, `text` leads to its name."""

    text: str
    dossiers: tuple[tuple[str, str], ...]


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
        yield "warning", "Aucune pièce de ce dossier n’a pu être lue : rien n’y a été vérifié. Redemandez-la."
    elif unread := unread_parts(dossier.analysed.document):
        yield "warning", f"Dans ce dossier, {unread} : ce que le programme dit absent peut s’y trouver."
    if scanned := scanned_pages(dossier.analysed.document):
        known = "les mots en ont été reconnus sur l’image (OCR), certains peuvent être faux ; l’image fait foi"
        yield "info", f"Pages numérisées ({scanned}) : {known}."


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


def scanned_pages(document: Document) -> str:
    """« p. 3 à 7 », « statuts.pdf, p. 1 et bilan.pdf, p. 2 »: the pages whose words were recognised on an image."""
    told = []
    for position, file in enumerate(document.files):
        pages = [page.number for page in document.pages if page.file == position and page.state is PageState.OCR]
        if pages:
            name = f"{file.name}, " if len(document.files) > 1 else ""
            told.append(f"{name}p. {listed([_run(first, last) for first, last in _runs(pages)])}")
    return listed(told)


def alike(
    shared: Sequence[SharedFile], likenesses: Sequence[LikeDossier], names: Mapping[str, str]
) -> tuple[Alike, ...]:
    """What the dossiers like one hold too, file by file, then nearly the same text; `names` are those that the person
    may know."""
    files: dict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for file in shared:
        files[file.dossiers].append(file.name)
    near = tuple(
        (like.dossier_id, names[like.dossier_id])
        for like in likenesses
        if like.kind is Likeness.NEAR_TEXT and like.dossier_id in names
    )
    told = [Alike(_shared(held, len(others)), others) for others, held in files.items()]
    if near:
        told.append(Alike(_ending("Le texte de ce dossier est presque celui de", len(near)), near))
    return tuple(told)


def _shared(files: Sequence[str], dossiers: int) -> str:
    """« Le fichier « statuts.pdf » est aussi dans 7 dossiers », « … est aussi dans : » where there is one."""
    held = listed([in_guillemets(name) for name in files[:_NAMED]])
    if len(files) == 1:
        begun = f"Le fichier {held} est"
    elif len(files) <= _NAMED:
        begun = f"Les fichiers {held} sont"
    else:
        begun = f"{len(files)} fichiers de ce dossier, dont {held}, sont"
    return _ending(f"{begun} aussi dans", dossiers)


def _ending(begun: str, dossiers: int) -> str:
    return typeset(f"{begun} :" if dossiers == 1 else f"{begun} {counted(dossiers, 'dossier', 'dossiers')}")


def _runs(pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = pages[0]
    for page in pages[1:]:
        if page != last + 1:
            yield first, last
            first = page
        last = page
    yield first, last


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} à {last}"


def _reasons(document: Document) -> Iterator[str]:
    """Codes of why files and pages were not read."""
    yield from (file.reason for file in document.files if file.status is FileStatus.UNREADABLE and file.reason)
    yield from (page.reason for page in document.pages if page.reason)
