"""Options that several commands have."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def how_many(name: str, usual: int, help_text: str) -> Callable[[Command], Command]:
    """An option `--name N`, at least one, `usual` where it is not given."""
    return click.option(
        f"--{name}", name, metavar="N", type=click.IntRange(min=1), default=usual, show_default=True, help=help_text
    )
