"""The design table of the labelled dossiers, `dossiers/plan.csv`: made before they were written, so that they vary.

One row per dossier: call, split, layout, type (main, second, declared), bearer, field, place, quality, voice, required
fields that are absent, thin or not applicable, planted defects, author.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpora.collection import DOSSIERS

PLAN = DOSSIERS.root / "plan.csv"


class Split(StrEnum):
    """`test` is opened only to report."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class PlannedDossier:
    """What can be checked of a row; `absent`, `thin`, `not_applicable` are ids of required fields, `defects` codes."""

    dossier: str
    call: str
    split: Split
    layout: str
    absent: tuple[str, ...]
    thin: tuple[str, ...]
    not_applicable: tuple[str, ...]
    defects: tuple[str, ...]
    main: str | None
    second: str | None
    declared: str | None


def load_plan(path: Path = PLAN) -> dict[str, PlannedDossier]:
    """The rows by dossier.

    Raises:
        KeyError, ValueError: a column is missing, or a split is not one of `Split`.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["dossier"]: _planned(row) for row in csv.DictReader(stream, delimiter=";")}


def _planned(row: dict[str, str]) -> PlannedDossier:
    return PlannedDossier(
        dossier=row["dossier"],
        call=row["call"],
        split=Split(row["split"]),
        layout=row["layout"],
        absent=_listed(row["absent"]),
        thin=_listed(row["thin"]),
        not_applicable=_listed(row["not_applicable"]),
        defects=_listed(row["defects"]),
        main=row["main"] or None,
        second=row["second"] or None,
        declared=row["declared"] or None,
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(",") if part)
