"""How many statements the database was asked, which a list must not need more of because it is longer."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event


@dataclass(slots=True)
class Asked:
    """Statements executed so far; beginnings and ends of transactions are none."""

    statements: int = 0


_asked: ContextVar[Asked | None] = ContextVar("asked", default=None)


@contextmanager
def counting() -> Iterator[Asked]:
    """Counts what is asked within, in threads given a copy of this context as well."""
    asked = Asked()
    token = _asked.set(asked)
    try:
        yield asked
    finally:
        _asked.reset(token)


def counted(engine: Engine) -> None:
    """Has the statements of this engine counted."""
    event.listen(engine, "before_cursor_execute", _count)


def _count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    asked = _asked.get()
    if asked is not None and not statement.startswith("BEGIN"):
        asked.statements += 1
