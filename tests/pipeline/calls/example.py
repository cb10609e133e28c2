"""The invented call of the user guide, which the tests read as a user would write it, and the mistakes made in it."""

import tomllib
from pathlib import Path

GUIDE = Path(__file__).parents[3] / "docs" / "utilisateur" / "ajouter-un-appel.md"
EXAMPLE = GUIDE.with_name("exemple-appel.toml")
MISTAKES = tomllib.loads((Path(__file__).parent / "data" / "mistakes.toml").read_text("utf-8"))["mistake"]


def changed(old: str, new: str) -> bytes:
    """The example's bytes with the first `old` replaced by `new`."""
    text = EXAMPLE.read_text("utf-8")
    assert old in text, f"the example no longer holds {old!r}"
    return text.replace(old, new, 1).encode()
