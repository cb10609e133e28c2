"""`reperes models`: builds the models that are made at set-up, and checks that they are whole."""

from pathlib import Path

import click
from rich.markup import escape

from corpora.phrasebook import load_descriptions, load_sentences
from flows.cli.french import FrenchCommand, FrenchGroup
from flows.cli.screen import out_console
from models.encoder.card import Card, check, current_recipe, installed_folder
from pipeline.errors import BrokenModel
from pipeline.text import typeset


@click.group(cls=FrenchGroup)
def models() -> None:
    """Construit les modèles de l'installation et vérifie qu'ils sont entiers."""


@models.command("build", cls=FrenchCommand)
@click.option("--force", is_flag=True, help="Reconstruit même ce qui est déjà construit.")
def build_models(force: bool) -> None:
    """Construit l'encodeur de phrases à partir des paquets installés, sans réseau, en moins d'une minute."""
    folder = installed_folder()
    card = None if force else _current(folder)
    if card is None:
        _say("Construction de l'encodeur de phrases (une seule fois, moins d'une minute)…")
        from models.encoder.building import build  # brings torch, which takes seconds to import

        build(folder)
        card = check(folder, current_recipe())
        _say(f"Encodeur construit dans « {folder} » : {_facts(card)}.")
    else:
        _say(f"Encodeur déjà construit : {_facts(card)}.")


@models.command("check", cls=FrenchCommand)
def check_models() -> None:
    """Vérifie que l'encodeur est celui de cette version du programme et qu'aucun fichier n'est altéré."""
    card = check(installed_folder(), current_recipe())
    _say(f"Encodeur entier : {_facts(card)}, {len(card.files)} fichiers.")


@models.command("pieces", cls=FrenchCommand, hidden=True)
def choose_pieces() -> None:
    """Recalcule le vocabulaire de l'encodeur (pour qui développe : les modèles appris sont alors à refaire)."""
    from models.encoder.packed import packed_file, read_packed
    from models.encoder.vocabulary import needed_pieces, save_pieces

    texts = [sentence.text for sentence in load_sentences()] + [described.text for described in load_descriptions()]
    pieces = needed_pieces(read_packed(packed_file()).pieces, texts)
    save_pieces(pieces)
    _say(f"Vocabulaire de l'encodeur : {len(pieces)} morceaux de mots.")


def _current(folder: Path) -> Card | None:
    try:
        return check(folder, current_recipe())
    except BrokenModel:
        return None


def _facts(card: Card) -> str:
    tuned = "poids appris" if card.recipe.tuned else "poids d'origine"
    return f"{card.recipe.layers} couches, {tuned}, empreinte {card.weights[:12]}"


def _say(text: str) -> None:
    out_console().print(escape(typeset(text)), soft_wrap=True)
