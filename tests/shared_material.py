"""Where the tests find real and hostile PDFs, which are kept outside the repository."""

import os
from pathlib import Path

import pytest


def shared_folder(*parts: str) -> Path:
    """A folder of outside material (`REPERES_SHARED`, else `shared` beside the checkout); skips where missing."""
    root = Path(os.environ.get("REPERES_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    folder = root.joinpath(*parts)
    if not folder.exists():
        pytest.skip(f"outside material is not here: {'/'.join(parts) or 'shared'}")
    return folder
