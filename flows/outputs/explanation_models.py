"""What is known of the models that an analysis names: their cards, or what the rules without training do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from models.artefact import ARTEFACTS, CARD, DIGEST, load_artefact
from models.encoder.card import current_card, current_recipe, installed_folder
from pipeline.analysis import ModelUsed
from pipeline.errors import BrokenModel

RULES = {
    "phrases-francaises": "Règles écrites, sans apprentissage : coupent le texte en phrases.",
    "sacs-de-radicaux": "Règles écrites, sans apprentissage : rapprochent les textes par les mots qu'ils partagent.",
    "types-par-indices": "Règles écrites, sans apprentissage : pèsent les indices trouvés pour chaque type.",
}
"""What the models without a card do, by name."""
_RECOGNITION = (
    "Logiciel libre de reconnaissance de caractères, installé à côté du programme ; l'empreinte est celle de ses "
    "données françaises."
)
_RECOGNITION_NAME = "tesseract"
_WITHOUT_CARD = (
    "Aucune fiche de ce modèle n'est lisible ici : il a changé depuis l'analyse, ou a été choisi par l'utilisateur."
)

_LABELS = {
    "about": "description",
    "accuracy": "exactitude",
    "accuracy_when_suggested": "exactitude quand un type est suggéré",
    "applications": "candidatures écrites pour le projet",
    "applications_foreseen": "candidatures non vues",
    "calibration_error": "erreur de calibration",
    "coverage": "part des textes où un type est suggéré",
    "cues": "empreinte des indices",
    "data": "données d'apprentissage",
    "descriptions": "descriptions courtes",
    "descriptions_foreseen": "descriptions non vues",
    "dev": "mise au point",
    "dossiers": "dossiers",
    "encoder": "empreinte de l'encodeur",
    "encoder_name": "encodeur",
    "fidelity": "fidélité au modèle d'origine",
    "intended_use": "emploi prévu",
    "layers": "couches gardées",
    "libraries": "bibliothèques",
    "learned_from": "données d'apprentissage",
    "limits": "limites",
    "measures": "mesures",
    "not_for": "emploi interdit",
    "notions": "notions apprises",
    "origin": "origine",
    "parts": "parties apprises",
    "personal_data": "données personnelles",
    "phrasebook_descriptions": "descriptions courtes",
    "phrasebook_sentences": "phrases d'exemple",
    "pieces": "vocabulaire",
    "prohibited_use": "emploi interdit",
    "recipe": "fabrication",
    "seed": "graine",
    "real_descriptions": "descriptions réelles",
    "sha256": "empreinte",
    "source": "origine des poids",
    "stems": "radicaux connus",
    "texts": "textes",
    "train_dossiers": "dossiers d'apprentissage",
    "train_dossiers_foreseen": "dossiers non vus",
    "training_dossiers": "dossiers d'apprentissage",
    "tuned": "poids appris",
    "versions": "versions",
}
_LONGEST = 400  # characters of a value that is shown whole
_MOST = 12  # entries of a list that are shown
_DIGEST_LENGTH = 64


def model_notes(
    models: Sequence[ModelUsed], trained: Path = ARTEFACTS
) -> tuple[tuple[ModelUsed, tuple[str, ...]], ...]:
    """For each model, what its card says, one thing a line; `trained` is where the trained models are."""
    cards = installed_cards(trained)
    return tuple((model, _notes(model, cards.get(model.digest))) for model in models)


def installed_cards(trained: Path) -> dict[str, Mapping[str, Any]]:
    """The cards of the learned models installed here, by the digest that provenances name; a broken one has none."""
    found: dict[str, Mapping[str, Any]] = {}
    for card in sorted(trained.glob(f"*/{CARD}")):
        try:
            artefact = load_artefact(card.parent)
        except BrokenModel:
            continue
        found[artefact.digest] = artefact.card
    try:
        encoder = current_card(installed_folder(), current_recipe())
    except BrokenModel:
        return found
    kept = asdict(encoder)
    return found | {encoder.weights: {name: kept[name] for name in ("recipe", "versions", "fidelity")}}


def _notes(model: ModelUsed, card: Mapping[str, Any] | None) -> tuple[str, ...]:
    if card is not None:
        return tuple(card_told(card))
    if model.name in RULES:
        return (RULES[model.name],)
    return (_RECOGNITION if is_recognition(model) else _WITHOUT_CARD,)


def is_recognition(model: ModelUsed) -> bool:
    """Whether the model is the software that reads pictures of text."""
    return model.name.lower().startswith(_RECOGNITION_NAME)


def is_learned(model: ModelUsed) -> bool:
    """Whether the model computes with trained weights, whose last digits processors may round otherwise."""
    return model.name not in RULES and not is_recognition(model)


def card_told(card: Mapping[str, Any]) -> Iterator[str]:
    """A card in French, one entry a line; what is too long to read is counted."""
    for name, value in card.items():
        told = "" if name == DIGEST else _value(value)
        if told:
            yield f"{_label(name)} : {told}"


def _label(name: str) -> str:
    return _LABELS.get(name, name.replace("_", " "))


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        told = [(_label(str(name)), one, _value(one)) for name, one in value.items()]
        return ", ".join(
            f"{name} ({text})" if isinstance(one, Mapping) else f"{name} {text}" for name, one, text in told if text
        )
    if isinstance(value, list | tuple):
        return " ; ".join(_value(one) for one in value) if len(value) <= _MOST else f"{len(value)} entrées"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return f"{value:.4g}".replace(".", ",")
    text = "" if value is None else str(value)
    if len(text) == _DIGEST_LENGTH and " " not in text:
        return f"{text[:12]}…"
    return text if len(text) <= _LONGEST else f"{len(text.split())} mots"
