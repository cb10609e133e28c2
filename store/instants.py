"""Times as text: UTC, microseconds, one length, so that they sort and seal the same on every database."""

import re
from datetime import UTC, datetime, timedelta

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def now() -> str:
    return written(datetime.now(UTC))


def ago(span: timedelta) -> str:
    """The time that long before now."""
    return written(datetime.now(UTC) - span)


def written(moment: datetime) -> str:
    """An aware time as text."""
    return moment.astimezone(UTC).strftime(_FORMAT)


def instant(text: str) -> datetime:
    """The aware time that `now` wrote.

    Raises:
        ValueError: not written by `now`.
    """
    # Lists hold thousands: `strptime` takes ten times as long.
    if not _WRITTEN.fullmatch(text):
        raise ValueError("not an instant of the store")
    return datetime.fromisoformat(text)
