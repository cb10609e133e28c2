"""Times as text, and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from store.instants import instant, written


@pytest.mark.parametrize("micros", [0, 1, 999_999])
def test_what_is_written_is_read_again(micros: int) -> None:
    moment = datetime(2016, 2, 29, 23, 59, 59, micros, UTC)
    assert instant(written(moment)) == moment
    assert instant(written(moment)).tzinfo is UTC
    assert len(written(moment)) == 27


def test_the_hour_is_that_of_utc() -> None:
    paris = datetime(2016, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=1)))
    assert written(paris) == "2016-01-01T00:00:00.000000Z"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2016-01-01",
        "2016-01-01T00:00:00Z",
        "2016-01-01T00:00:00.000000",
        "2016-01-01 00:00:00.000000Z",
        "2016-01-01T00:00:00.000000+00:00",
        "2016-W01-1T00:00:00.000000Z",
        "2016-02-30T00:00:00.000000Z",
        "2016-01-01T24:00:01.000000Z",
        "٢٠١٦-01-01T00:00:00.000000Z",
    ],
)
def test_nothing_else_is_an_instant(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (whichever of the two that read it)
        instant(text)
