"""Sentences for training, written for the project: `phrasebook/markers/<notion>.tsv` and `phrasebook/types.tsv`.

Sentences of a notion speak of it plainly or weakly, for or against; near misses use its words and mean something else.
Descriptions of projects are labelled with their type, two for a hybrid, none where no type can be told.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpora.collection import HERE
from corpora.gold import squash
from corpora.notions import load_notions
from pipeline.analysis import INNOVATION_TYPES

PHRASEBOOK = HERE / "phrasebook"
LEAST_SENTENCES = 120
LEAST_NEAR_MISSES = 60
LEAST_DESCRIPTIONS = 120
LEAST_MIXED = 60  # hybrid or without any type


class Stance(StrEnum):
    FOR = "for"
    AGAINST = "against"
    NEAR_MISS = "near-miss"  # its words, another meaning


@dataclass(frozen=True, slots=True)
class MarkerSentence:
    """A sentence and the notion that it speaks of, or seems to; `strong` when it speaks of it plainly."""

    notion: str
    stance: Stance
    strong: bool
    text: str


@dataclass(frozen=True, slots=True)
class ProjectDescription:
    """A short description; `types` holds one type, two for a hybrid, none when it cannot be told."""

    types: tuple[str, ...]
    text: str


def load_sentences(folder: Path = PHRASEBOOK) -> list[MarkerSentence]:
    """The sentences of every notion, in the order of the notions and of the files.

    Raises:
        KeyError, ValueError: a file does not hold the columns `stance`, `strength`, `text`, or an unknown stance.
        OSError: a notion has no file.
    """
    return [sentence for notion in load_notions() for sentence in _of_notion(notion, folder)]


def _of_notion(notion: str, folder: Path) -> Iterator[MarkerSentence]:
    for row in _rows(folder / "markers" / f"{notion}.tsv"):
        yield MarkerSentence(notion, Stance(row["stance"]), row["strength"] == "strong", row["text"])


def load_descriptions(folder: Path = PHRASEBOOK) -> list[ProjectDescription]:
    """The descriptions of projects, in the order of the file.

    Raises:
        KeyError, ValueError: the file does not hold the columns `types`, `text`, or an unknown type.
    """
    return [ProjectDescription(_types(row["types"]), row["text"]) for row in _rows(folder / "types.tsv")]


def _types(cell: str) -> tuple[str, ...]:
    types = tuple(part for part in cell.split("+") if part != "none")
    unknown = set(types) - set(INNOVATION_TYPES)
    if unknown:
        raise ValueError(f"unknown types: {', '.join(sorted(unknown))}")
    return types


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)


def problems(sentences: list[MarkerSentence], descriptions: list[ProjectDescription]) -> list[str]:
    """What falls short of what the phrasebook promises: too few texts, or the same text twice."""
    found = []
    spoken = Counter(one.notion for one in sentences if one.stance is not Stance.NEAR_MISS)
    missed = Counter(one.notion for one in sentences if one.stance is Stance.NEAR_MISS)
    for notion in load_notions():
        if spoken[notion] < LEAST_SENTENCES:
            found.append(f"{notion}: {spoken[notion]} sentences instead of {LEAST_SENTENCES}")
        if missed[notion] < LEAST_NEAR_MISSES:
            found.append(f"{notion}: {missed[notion]} near misses instead of {LEAST_NEAR_MISSES}")
    kinds = Counter(one.types[0] if len(one.types) == 1 else "mixed" for one in descriptions)
    for kind, least in (*((kind, LEAST_DESCRIPTIONS) for kind in INNOVATION_TYPES), ("mixed", LEAST_MIXED)):
        if kinds[kind] < least:
            found.append(f"{kind}: {kinds[kind]} descriptions instead of {least}")
    texts = [*(one.text for one in sentences), *(one.text for one in descriptions)]
    counts = Counter(squash(text) for text in texts)
    found += [f"twice: {text[:60]}" for text in texts if counts[squash(text)] > 1]
    return found
