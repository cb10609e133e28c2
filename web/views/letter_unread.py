"""What a letter says of the files of a dossier that could not be read: a fact, that people tick or not."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pipeline.analysis import Analysis
from pipeline.document import FileStatus
from pipeline.findings.wording import page_ranges
from pipeline.reasons import Reason
from pipeline.text import in_guillemets
from web.french import typeset

FILE = "file:"
"""What begins the key of a file, which no id of a field does."""

_OPENED, _READ = "n’a pas pu être ouvert", "n’a pas pu être lu"
_AGAIN = "merci de nous l’envoyer de nouveau"
# What a machine lacks (a limit of time, recognition that is not installed) is not asked of the applicant.
_FILES: Mapping[str, tuple[str, str, str]] = {
    Reason.ENCRYPTED: (_OPENED, "il est protégé par un mot de passe", f"{_AGAIN}, sans protection"),
    Reason.DAMAGED: (_OPENED, "il est endommagé", _AGAIN),
    Reason.NOT_A_PDF: (_OPENED, "ce n’est pas un PDF", f"{_AGAIN}, au format PDF"),
    Reason.EMPTY_FILE: (_READ, "il est vide", _AGAIN),
    Reason.NO_PAGES: (_READ, "il ne contient aucune page", _AGAIN),
    Reason.NO_TEXT: (_READ, "aucun texte n’y est lisible", f"{_AGAIN}, dans un exemplaire plus lisible"),
    Reason.TOO_LARGE: (_READ, "il est trop lourd", "merci de nous en envoyer une version allégée"),
    Reason.TOO_MANY_PAGES: (_READ, "il a trop de pages", "merci de nous en envoyer une version plus courte"),
    Reason.CRASH: (_OPENED, "il est endommagé", f"{_AGAIN}, enregistré à nouveau en PDF"),
}
_PAGES = frozenset({Reason.PAGE_DAMAGED, Reason.PAGE_TOO_LARGE, Reason.OCR_FAILED})
_BETTER = "merci d’envoyer de nouveau ce fichier, dans un exemplaire plus lisible"


@dataclass(frozen=True, slots=True)
class FileAsked:
    """A file that may be asked for again: `key` is told in the place of a field, `line` is what a letter says of it."""

    key: str
    name: str
    line: str


def file_key(sha256: str) -> str:
    """What names a file where fields are named: nothing that the applicant wrote."""
    return f"{FILE}{sha256}"


def files_to_ask(analysis: Analysis | None, held: Collection[str]) -> tuple[FileAsked, ...]:
    """The files that could not be read for what they are, in order; `held` are digests of those still there."""
    if analysis is None:
        return ()
    found: dict[str, FileAsked] = {}
    for index, file in enumerate(analysis.files):
        if file.sha256 in held:
            for line in _lines(analysis, index):
                key = file_key(file.sha256)
                found.setdefault(key, FileAsked(key, file.name, typeset(line)))
    return tuple(found.values())


def _lines(analysis: Analysis, index: int) -> Iterator[str]:
    """What is said of a file: nothing where it was read, or where the fault is not its own."""
    file = analysis.files[index]
    name = in_guillemets(file.name)
    if file.status is FileStatus.UNREADABLE:
        if file.reason is not None and file.reason in _FILES:
            what, why, please = _FILES[file.reason]
            yield f"le fichier {name} {what} ({why}) : {please}"
        return
    pages = [page.number for page in analysis.pages if page.file == index and page.reason in _PAGES]
    if len(pages) == 1:
        yield f"la {page_ranges(pages)} du fichier {name} n’a pas pu être lue : {_BETTER}"
    elif pages:
        yield f"les {page_ranges(pages)} du fichier {name} n’ont pas pu être lues : {_BETTER}"
