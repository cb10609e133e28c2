"""The settings of who reads and analyses dossiers: environment variables that start with REPERES_. None is needed."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipeline.extraction.limits import ReadingLimits
from store.settings import StoreSettings, settings_of

MEBIBYTE = 1024 * 1024


class Settings(StoreSettings):
    """How dossiers are read, and who runs the tasks."""

    task_runner: Literal["threads", "processes", "dask"] = "threads"
    workers: int = Field(default_factory=lambda: min(os.cpu_count() or 1, 8), ge=1, le=256)
    dask_address: str | None = None  # a running scheduler; without it, workers on this machine
    ocr: bool = True
    encoder: str | None = None  # a sentence-transformers model, in a folder or on a hub; without it, the project's
    models: Path | None = None  # trained models (`reperes train`); without it, the installation's
    max_file_mb: int = Field(default=200, ge=1)
    max_pages: int = Field(default=1500, ge=1)
    max_seconds: int = Field(default=900, ge=5)
    max_memory_mb: int = Field(default=1024, ge=256)

    def reading_limits(self) -> ReadingLimits:
        """What one dossier may cost."""
        return ReadingLimits(
            file_bytes=self.max_file_mb * MEBIBYTE,
            pages=self.max_pages,
            seconds=float(self.max_seconds),
            memory_bytes=self.max_memory_mb * MEBIBYTE,
        )


def load_settings() -> Settings:
    """The settings of this process.

    Raises:
        InvalidSetting: names the variable at fault and what is expected.
    """
    return settings_of(Settings)
