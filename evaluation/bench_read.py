"""How quickly PDFs are read: this program beside pdfplumber, on the same files in the same run."""

import multiprocessing
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pypdfium2

from evaluation.bench_figures import Spread, peak_bytes, ratios
from evaluation.bench_pdfs import repeat_pages
from pipeline.document import Document
from pipeline.document_codec import encode_document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from pipeline.extraction.words import read_words

BIG_PAGES = 400


@dataclass(frozen=True, slots=True)
class BenchResult:
    """Pages a second, and how many times quicker than pdfplumber's `extract_words` within each round.

    `whole` is all the reading of a dossier: words, boxes, reading order, blocks, answers, tables, and for each page
    whether it needs OCR. `words` is what pdfplumber was asked for, no more: words with their boxes.
    `peak_bytes` is the most memory that a process held which read `big_pages` pages as one dossier.
    """

    files: int
    pages: int
    rounds: int
    whole: Spread
    words: Spread
    pdfplumber: Spread
    whole_ratio: Spread
    words_ratio: Spread
    big_pages: int
    big_seconds: float
    peak_bytes: int


def bench_read(paths: Sequence[Path], repeats: int, big_pages: int = BIG_PAGES) -> BenchResult:
    """Reads all `paths` by turns with this program and with pdfplumber.

    OCR is left out: pages that need it are read as far as their own text goes, by both.

    Raises:
        ValueError: there is nothing to read, or no round to make.
    """
    if not paths or repeats < 1:
        raise ValueError("a bench needs at least one file and one round")
    pages = sum(map(_read_whole, paths))  # once unmeasured: imports, caches of the disk
    whole, words, plumber = [], [], []
    for _ in range(repeats):
        whole.append(pages / _seconds(_read_whole, paths))
        words.append(pages / _seconds(_read_words, paths))
        plumber.append(pages / _seconds(_read_with_pdfplumber, paths))
    big_seconds, peak = _read_big(paths, big_pages)
    return BenchResult(
        files=len(paths),
        pages=pages,
        rounds=repeats,
        whole=Spread.of(whole),
        words=Spread.of(words),
        pdfplumber=Spread.of(plumber),
        whole_ratio=ratios(whole, plumber),
        words_ratio=ratios(words, plumber),
        big_pages=big_pages,
        big_seconds=big_seconds,
        peak_bytes=peak,
    )


def _seconds(read: Callable[[Path], int], paths: Sequence[Path]) -> float:
    start = time.perf_counter()
    for path in paths:
        read(path)
    return time.perf_counter() - start


def _read_whole(path: Path) -> int:
    return len(_document(path).pages)


def _read_words(path: Path) -> int:
    pdf = pypdfium2.PdfDocument(path)
    try:
        for page in pdf:
            read_words(page)
            page.close()
        return len(pdf)
    finally:
        pdf.close()


def _document(path: Path) -> Document:
    return read_dossier(path.stem, [path], ReadingLimits(), None)


def _read_with_pdfplumber(path: Path) -> int:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.close()  # or it would keep every page's objects, and be slower for it
        return len(pdf.pages)


def _read_big(paths: Sequence[Path], pages: int) -> tuple[float, int]:
    """Seconds and most bytes of a new process that reads a PDF of so many pages."""
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder) / "big.pdf"
        repeat_pages(paths, pages, big)
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            return pool.submit(_measured, big).result()


def _measured(path: Path) -> tuple[float, int]:
    start = time.perf_counter()
    encode_document(_document(path))
    return time.perf_counter() - start, peak_bytes()
