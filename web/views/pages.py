"""A list page by page, as the macro `pagination` shows it."""

from collections.abc import Callable
from dataclasses import dataclass

_NEAR = 2  # pages at each side of the one shown


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the page shown is among the others; in `links` a number of None is a gap."""

    number: int
    pages: int
    total: int
    first: int
    last: int
    links: tuple[tuple[int | None, str], ...]
    previous: str | None
    next: str | None


def within(number: int, total: int, size: int) -> int:
    """The number of a page that there is, nearest to the one asked for; 1 of an empty list."""
    return min(max(1, number), max(1, -(-total // size)))


def pages_of(number: int, total: int, size: int, href: Callable[[int], str]) -> Pages:
    """Of a list of `total` lines, `size` a page; `number` is one of its pages, `href` gives the address of each."""
    count = max(1, -(-total // size))
    links: list[tuple[int | None, str]] = []
    for page in sorted({1, count, *range(max(1, number - _NEAR), min(count, number + _NEAR) + 1)}):
        if links and (links[-1][0] or 0) < page - 1:
            links.append((None, ""))
        links.append((page, href(page)))
    return Pages(
        number=number,
        pages=count,
        total=total,
        first=(number - 1) * size + 1 if total else 0,
        last=min(number * size, total),
        links=tuple(links),
        previous=href(number - 1) if number > 1 else None,
        next=href(number + 1) if number < count else None,
    )
