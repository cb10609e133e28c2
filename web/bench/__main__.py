"""`python -m web.bench fill|load`: the measures of the room, for developers of Repères."""

import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import click

from pipeline.calls.parser import load_call
from store.database import open_store
from store.people.room import open_room
from store.people.viewers import Role
from web.bench import jury_side, machine_side, measure, people_side, report, serving, walk
from web.bench.pages import PAGES
from web.bench.walk import Walker

_CALL = "alpc-2016"
_TOLD_EVERY = 1000  # dossiers
# Never that of the settings: a room that serves would be filled with chance.
_DATABASE = click.option("--database", help="Adresse d'une base PostgreSQL vide ; sans elle, un fichier SQLite.")


@click.group()
def main() -> None:
    """Mesure la salle d'examen."""


@main.command()
@click.option("--home", type=click.Path(path_type=Path), required=True, help="Dossier de travail, à créer.")
@click.option("--dossiers", type=click.IntRange(min=1), default=10_000, show_default=True)
@click.option("--jurors", type=click.IntRange(min=20), default=200, show_default=True)
@click.option("--seed", type=int, default=2016, show_default=True, help="Graine des tirages.")
@_DATABASE
def fill(home: Path, dossiers: int, jurors: int, seed: int, database: str | None) -> None:
    """Remplit une salle neuve, pour la mesure seulement."""
    if home.exists():
        raise click.UsageError(f"« {home} » existe déjà : donnez un dossier à créer.")
    begun, chance, call = time.monotonic(), Random(seed), load_call(_CALL)  # noqa: S311 (the same store each time)
    store = open_store(home, database, actor="bench")
    room = open_room(home, database)

    def tell(what: str) -> None:
        passed, spent = time.monotonic() - begun, time.process_time()
        click.echo(f"{passed:7.1f} s  {what} (calcul : {spent:.0f} s, mémoire : {serving.memory():.0f} Mo)")

    people = people_side.people_in(room, jurors)
    tell(f"{jurors} jurés")
    held = []
    for each in machine_side.fill(store, room.files, call, dossiers, chance):
        held.append(each)
        if len(held) % _TOLD_EVERY == 0 or len(held) == dossiers:
            tell(f"{len(held)} dossiers")
    ids, made = [dossier_id for dossier_id, _ in held], [one for _, one in held if one is not None]
    machine_side.drop(store, room.files, call, ids)
    people_side.instruct(room, people, call, made, chance)
    people_side.audit(room, people, call, seed)
    tell("instruction, échantillon")
    jury_side.judge(room, people, call, ids, made, chance)
    tell("lectures des jurés")
    jury_side.deliberate(room, people, call, ids, made, chance)
    tell("séances")


@main.command()
@click.option("--home", type=click.Path(path_type=Path, exists=True), required=True, help="Salle remplie par « fill ».")
@click.option("--people", type=click.IntRange(min=4), default=30, show_default=True, help="Personnes à la fois.")
@click.option("--seconds", type=click.IntRange(min=0), default=60, show_default=True, help="0 : une à une seulement.")
@click.option("--times", type=click.IntRange(min=1), default=10, show_default=True, help="Demandes de chaque page.")
@_DATABASE
def load(home: Path, people: int, seconds: int, times: int, database: str | None) -> None:
    """Demande les pages une à une, puis par plusieurs personnes à la fois ; écrit les tableaux en Markdown."""
    call = load_call(_CALL)
    crowd = walk.walkers(open_room(home, database), call, people)
    one_of_each = tuple(_most_to_show(crowd, role) for role in PAGES)
    with serving.served(home, database) as served:
        click.echo(report.machine())
        alone = measure.one_by_one(served, one_of_each, times)
        click.echo(f"\nUne personne. {report.summary(alone)} {report.above_target(alone)}\n")
        click.echo(report.alone(report.pages(alone)))
        files = report.pages(measure.exported(served, one_of_each))
        click.echo(f"\nFichiers à emporter :\n\n{report.alone(files)}")
        if seconds:
            markers = tuple(marker.id for marker in call.markers)
            begun = served.computed()
            crowded = measure.together(served, crowd, markers, seconds)
            busy = (served.computed() - begun) / (10 * seconds)
            click.echo(f"\n{report.machine()}\n\n{people} personnes pendant {seconds} s. {report.summary(crowded)}")
            click.echo(f"Le serveur a calculé {busy:.0f} % de ce temps.\n\n{report.crowded(report.pages(crowded))}")


def _most_to_show(crowd: Sequence[Walker], role: Role) -> Walker:
    return max((walker for walker in crowd if walker.role is role), key=lambda walker: len(walker.steps))


@main.command()
@click.option("--pages", type=click.IntRange(min=2), default=200, show_default=True, help="Pages du PDF.")
@click.option("--visits", type=click.IntRange(min=1), default=5, show_default=True, help="Nombre de visites.")
def pdf(pages: int, visits: int) -> None:
    """Ouvre dans Chromium un dossier d'un long PDF, puis saute à un passage lointain."""
    from web.bench import reader  # playwright and reportlab are developers'

    click.echo(f"{report.machine()}\n\n{reader.waiting(load_call(_CALL), pages, visits).told()}")


if __name__ == "__main__":
    main()
