"""`python -m web.bench fill|load`: the measures of the room, for developers of Repères."""

import time
from pathlib import Path
from random import Random

import click

from pipeline.calls.parser import load_call
from store.database import open_store
from store.people.room import open_room
from web.bench import machine_side, people_side

_CALL = "alpc-2016"


@click.group()
def main() -> None:
    """Mesure la salle d'examen."""


@main.command()
@click.option("--home", type=click.Path(path_type=Path), required=True, help="Dossier de travail, à créer.")
@click.option("--dossiers", type=click.IntRange(min=1), default=10_000, show_default=True)
@click.option("--jurors", type=click.IntRange(min=20), default=200, show_default=True)
@click.option("--seed", type=int, default=2016, show_default=True, help="Graine des tirages.")
def fill(home: Path, dossiers: int, jurors: int, seed: int) -> None:
    """Remplit une salle neuve, pour la mesure seulement."""
    if home.exists():
        raise click.UsageError(f"« {home} » existe déjà : donnez un dossier à créer.")
    begun, chance, call = time.monotonic(), Random(seed), load_call(_CALL)  # noqa: S311 (the same store each time)
    store = open_store(home, actor="bench")
    room = open_room(home)

    def tell(what: str) -> None:
        click.echo(f"{time.monotonic() - begun:7.1f} s  {what}")

    people = people_side.people_in(room, jurors)
    tell(f"{jurors} jurés")
    held = list(machine_side.fill(store, room.files, call, dossiers, chance))
    tell(f"{len(held)} dossiers")
    ids, made = [dossier_id for dossier_id, _ in held], [one for _, one in held if one is not None]
    people_side.instruct(room, people, call, made, chance)
    tell("instruction")
    people_side.judge(room, people, call, ids, made, chance)
    tell("lectures des jurés")
    people_side.deliberate(room, people, call, ids, chance)
    tell("séances")


if __name__ == "__main__":
    main()
