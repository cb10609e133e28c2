"""What was measured, told in French as a page of Markdown."""

import os
import platform
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from web.bench.visitor import Answer

TARGET = 300.0  # milliseconds of the server, for 95 answers of 100


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds, of the same thing several times."""

    median: float
    p95: float
    longest: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page asked for several times: how many answers, how many that were not as they should, among which those that
    were refused since someone else was quicker are apart; statements at most."""

    name: str
    asked: int
    errors: int
    refused: int
    statements: int
    server: Spent
    computed: Spent
    waited: Spent


def pages(answers: Sequence[Answer]) -> tuple[Page, ...]:
    """By page, in the order in which they were first asked for."""
    by_name: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_name[answer.step.name].append(answer)
    return tuple(_page(name, held) for name, held in by_name.items())


def alone(measured: Sequence[Page]) -> str:
    """As a table of Markdown: the server's time beside what it computed in it."""
    lines = [
        "| Page | Requêtes SQL | Médiane (ms) | 95 % sous (ms) | Maximum (ms) | calcul, médiane | calcul, 95 % sous |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {page.name} | {page.statements} | {page.server.median:.0f} | {page.server.p95:.0f} "
        f"| {page.server.longest:.0f} | {page.computed.median:.0f} | {page.computed.p95:.0f} |"
        for page in measured
    ]
    return "\n".join(lines)


def crowded(measured: Sequence[Page]) -> str:
    """As a table of Markdown: the server's time, and what people waited."""
    lines = [
        "| Page | Demandes | Erreurs | Refus | Médiane (ms) | 95 % sous (ms) | Maximum (ms) | attendu, 95 % sous |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {page.name} | {page.asked} | {page.errors} | {page.refused} | {page.server.median:.0f} "
        f"| {page.server.p95:.0f} | {page.server.longest:.0f} | {page.waited.p95:.0f} |"
        for page in measured
    ]
    return "\n".join(lines)


def summary(answers: Sequence[Answer]) -> str:
    """All the answers together: errors, what was refused since someone else was quicker, and the server's time."""
    spent = _spent([answer.server for answer in answers])
    failed = [answer.step.name for answer in answers if _failed(answer)]
    told = f"{len(answers)} réponses, {len(failed)} erreur(s)"
    told += f" ({', '.join(sorted(set(failed)))})" if failed else ""
    told += f", {sum(answer.refused for answer in answers)} refus"
    return f"{told}. Temps du serveur : médiane {spent.median:.0f} ms, 95 % sous {spent.p95:.0f} ms."


def above_target(answers: Sequence[Answer]) -> str:
    """The pages above the target when one person asks, in the server's time and in what it computed."""
    measured, spent = pages(answers), _spent([answer.computed for answer in answers])
    slow = [page.name for page in measured if page.server.p95 > TARGET]
    heavy = [page.name for page in measured if page.computed.p95 > TARGET]
    return (
        f"Calcul : médiane {spent.median:.0f} ms, 95 % sous {spent.p95:.0f} ms. Au-dessus de {TARGET:.0f} ms à 95 % : "
        f"{len(slow)} pages sur {len(measured)} en temps du serveur ; en calcul, {', '.join(heavy) or 'aucune'}."
    )


def machine() -> str:
    """On what it is measured, and how busy that was of late with all that runs there."""
    load = " ; ".join(f"{each:.1f}".replace(".", ",") for each in os.getloadavg())
    cores = os.cpu_count()
    return f"{cores} cœurs, {platform.machine()}, Python {platform.python_version()}, charge (1, 5, 15 min) : {load}"


def _page(name: str, answers: Sequence[Answer]) -> Page:
    return Page(
        name=name,
        asked=len(answers),
        errors=sum(map(_failed, answers)),
        refused=sum(answer.refused for answer in answers),
        statements=max(answer.statements for answer in answers),
        server=_spent([answer.server for answer in answers]),
        computed=_spent([answer.computed for answer in answers]),
        waited=_spent([answer.waited for answer in answers]),
    )


def _failed(answer: Answer) -> bool:
    return not answer.fine and not answer.refused


def _spent(times: Sequence[float]) -> Spent:
    ordered = sorted(times)
    return Spent(ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], ordered[-1])
