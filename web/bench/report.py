"""What was measured, told in French as a page of Markdown."""

import os
import platform
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from web.bench.measure import Answer

TARGET = 300.0  # milliseconds of the server, for 95 pages of 100


@dataclass(frozen=True, slots=True)
class Page:
    """A page asked for several times; milliseconds."""

    name: str
    asked: int
    errors: int
    statements: int
    median: float
    p95: float
    longest: float


def pages(answers: Sequence[Answer], *, waited: bool = False) -> tuple[Page, ...]:
    """By page, in the order in which they were first asked for: the server's time, or what was waited."""
    by_name: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_name[answer.step.name].append(answer)
    return tuple(_page(name, held, waited) for name, held in by_name.items())


def table(measured: Sequence[Page]) -> str:
    """As a table of Markdown."""
    lines = [
        "| Page | Demandes | Erreurs | Requêtes SQL | Médiane (ms) | 95 % sous (ms) | Maximum (ms) |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {page.name} | {page.asked} | {page.errors} | {page.statements} "
        f"| {page.median:.0f} | {page.p95:.0f} | {page.longest:.0f} |"
        for page in measured
    ]
    return "\n".join(lines)


def machine() -> str:
    """On what it was measured."""
    load = ", ".join(f"{each:.1f}".replace(".", ",") for each in os.getloadavg())
    return f"{os.cpu_count()} cœurs, {platform.machine()}, Python {platform.python_version()}, charge {load}"


def _page(name: str, answers: Sequence[Answer], waited: bool) -> Page:
    spent = sorted(answer.waited if waited else answer.server for answer in answers)
    return Page(
        name=name,
        asked=len(answers),
        errors=sum(answer.status != 200 for answer in answers),
        statements=max(answer.statements for answer in answers),
        median=spent[len(spent) // 2],
        p95=spent[min(len(spent) - 1, int(0.95 * len(spent)))],
        longest=spent[-1],
    )
