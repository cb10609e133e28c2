"""Times as text: UTC, microseconds, one length, so that they sort and seal the same on every database."""

from datetime import UTC, datetime, timedelta

_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


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
    return datetime.strptime(text, _FORMAT).replace(tzinfo=UTC)
