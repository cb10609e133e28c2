"""The calls that come with the program."""

from importlib import resources
from importlib.resources.abc import Traversable


def built_in_calls() -> tuple[str, ...]:
    """Ids of the calls of the installation, sorted."""
    suffix = ".toml"
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(suffix) for name in names if name.endswith(suffix)))


def built_in_content(call_id: str) -> bytes:
    """The bytes of a built-in call's file.

    Raises:
        FileNotFoundError: no built-in call has this id.
    """
    return (_folder() / f"{call_id}.toml").read_bytes()


def _folder() -> Traversable:
    return resources.files("pipeline.calls") / "data"
