"""The files of a dossier for the viewer, the words of its scanned pages, what a reader has selected on it."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import FileResponse, JSONResponse, Response

from pipeline.document import Document
from pipeline.geometry import BBox
from pipeline.selection import Area, in_sight, selected
from store.files import FileStore
from store.people import dossiers
from store.records import DossierFile
from web.context import Signed
from web.opened import Analysed, opened
from web.problems import NotHere, RoomProblem

router = APIRouter()

_PDF = "application/pdf"
_ALONE = "default-src 'none'; sandbox"  # a file of an applicant may hold scripts


class NothingSelected(RoomProblem):
    """The boxes hold no word that the program has read."""

    code = "nothing-selected"
    advice = "Sélectionnez des mots de la page."

    def __init__(self) -> None:
        super().__init__("Aucun mot lu par le programme ne se trouve à cet endroit.")


class SelectedRegion(BaseModel):
    """Boxes on a page: `file` from 0, `page` from 1, points from the top left."""

    model_config = ConfigDict(extra="forbid")

    file: int = Field(ge=0)
    page: int = Field(ge=1)
    boxes: list[tuple[float, float, float, float]] = Field(max_length=500)


class SelectedRegions(BaseModel):
    """What `viewer.js` tells of a selection; the text as the browser sees it is not needed."""

    regions: list[SelectedRegion] = Field(max_length=50)


@router.get("/dossiers/{dossier_id}/fichiers/{position}")
def file(
    context: Signed, dossier_id: str, position: int, empreinte: Annotated[str, Query(max_length=64)] = ""
) -> Response:
    """A PDF of the dossier, whole or by ranges; `empreinte` is the beginning of the digest that is meant."""
    with context.reading() as reading:
        files = dossiers.files(reading, context.viewer, dossier_id)
    if not 0 <= position < len(files) or not files[position].sha256.startswith(empreinte):
        raise NotHere
    return given(context.room.files, files[position])


@router.get("/dossiers/{dossier_id}/mots")
def words(context: Signed, dossier_id: str, file: int, page: int) -> Response:
    """The words that a page shows with their boxes, for pages whose text is not all in the file, or not in the order of
    reading.
    """
    document = _read(context, dossier_id).document
    seen = [document.words[index] for index in in_sight(document, _page(document, file, page))]
    found = [[*_rounded(word.box), document.text[word.span.start : word.span.end]] for word in seen]
    return JSONResponse({"words": found})


@router.post("/dossiers/{dossier_id}/selection")
def selection(context: Signed, dossier_id: str, regions: SelectedRegions) -> Response:
    """The words that lie in the boxes, as a span: what a person adds as a passage, or points at as a proof."""
    analysed = _read(context, dossier_id)
    document = analysed.document
    areas = [
        Area(_page(document, region.file, region.page), tuple(BBox(*box) for box in region.boxes))
        for region in regions.regions
    ]
    found = selected(document, areas)
    if found is None:
        raise NothingSelected
    return JSONResponse(
        {
            "document": analysed.document_digest,
            "start": found.span.start,
            "end": found.span.end,
            "quote": document.quote(found.span),
            "whole": found.whole,
        }
    )


def given(files: FileStore, meant: DossierFile) -> Response:
    """A PDF, whole or by ranges; nothing in it runs."""
    headers = {"content-security-policy": _ALONE}
    path = _checked(files, meant.sha256)
    return FileResponse(path, 200, headers, _PDF, filename=meant.name, content_disposition_type="inline")


def _read(context: Signed, dossier_id: str) -> Analysed:
    with context.reading() as reading:
        analysed = opened(context, reading, dossier_id).analysed
    if analysed is None:
        raise NotHere
    return analysed


def _page(document: Document, file: int, number: int) -> int:
    """The index of a page."""
    for index, page in enumerate(document.pages):
        if (page.file, page.number) == (file, number):
            return index
    raise NotHere


def _rounded(box: BBox) -> tuple[float, ...]:
    return tuple(round(value, 2) for value in (box.x0, box.y0, box.x1, box.y1))


def _checked(files: FileStore, sha256: str) -> Path:
    """The path of a file, its bytes verified once for as long as it is not touched: a viewer asks for many ranges."""
    try:
        seen = files.place(sha256).stat()
    except FileNotFoundError:
        return files.checked_path(sha256)
    return _hashed(files, sha256, seen.st_size, seen.st_mtime_ns)


@lru_cache(maxsize=4096)
def _hashed(files: FileStore, sha256: str, size: int, changed_ns: int) -> Path:
    return files.checked_path(sha256)
