"""The two collections of dossiers: the samples that `make demo` runs, and the labelled dossiers of the evaluation.

Both are laid out alike, under `root`:

    sources/<call>/<dossier>/   what the author wrote: `recipe.toml`, `gold.toml`, texts, drawings
    gold/<call>/<dossier>.json  labels with their pages, made by rendering
    second/{labels,gold}/       the same of a second annotator, for some dossiers
    <call>/<dossier>.pdf        the dossier as an applicant sends it (or a folder of that name holding several PDFs)
"""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Collection:
    """`root` is the folder of the collection; all its places derive from it."""

    name: str
    root: Path

    @property
    def sources(self) -> Path:
        return self.root / "sources"

    @property
    def gold(self) -> Path:
        return self.root / "gold"

    @property
    def second_labels(self) -> Path:
        return self.root / "second" / "labels"

    @property
    def second_gold(self) -> Path:
        return self.root / "second" / "gold"


SAMPLES = Collection("samples", HERE / "samples")
DOSSIERS = Collection("dossiers", HERE / "dossiers")
COLLECTIONS = (SAMPLES, DOSSIERS)
