"""The parts of an explanation that tell what the result depends on: parameters, versions, machines."""

from collections.abc import Iterator

from flows.explain import KeptAnalysis
from flows.outputs.explanation import Entry, Part
from flows.outputs.explanation_dossier import law
from flows.outputs.explanation_models import is_learned, is_recognition, model_notes
from flows.outputs.explanation_parameters import (
    MEANINGS,
    PACKAGES,
    Constant,
    constants,
    rules_told,
    settings_told,
    told,
)
from flows.settings import Settings
from flows.version import program_version
from models.artefact import ARTEFACTS


def parameters(kept: KeptAnalysis, settings: Settings) -> Part:
    """Thresholds and weights of the code, rules of the call, settings."""
    paragraphs = [
        "Seuils et poids sont les mêmes pour tous les dossiers. Les nombres ci-dessous sont lus dans le code installé, "
        "sous le nom qui suit chacun ; les réglages sont ceux d'aujourd'hui sur cet ordinateur."
    ]
    if program_version() != kept.analysis.provenance.program_version:
        paragraphs.append(
            "Attention : l'analyse a été faite par une autre version du programme que celle qui est installée ; ses "
            "paramètres peuvent différer. « reperes run » refait l'analyse avec la version installée."
        )
    entries = [_constants(package, title) for package, title in PACKAGES.items()]
    if kept.call is not None and kept.call.checks:
        entries.append(Entry("Règles de l'appel contrôlées", notes=rules_told(kept.call)))
    entries.append(Entry("Réglages qui changent le résultat", notes=settings_told(settings)))
    what = "les paramètres de traitement et, le cas échéant, leur pondération, appliqués à la situation de l'intéressé"
    return Part("parametres", "Les paramètres en vigueur", tuple(paragraphs), tuple(entries), law=law(3, what))


def _constants(package: str, title: str) -> Entry:
    """Those with a meaning one a line, then the others together."""
    found = [constant for constant in constants() if constant.package == package]
    plain = [told(constant) for constant in found if constant.place in MEANINGS]
    others = [constant for constant in found if constant.place not in MEANINGS]
    return Entry(title, notes=(*plain, *_by_name(others)))


def _by_name(others: list[Constant]) -> Iterator[str]:
    if others:
        yield "autres, par leur nom dans le code : " + " ; ".join(told(constant) for constant in others)


def versions(kept: KeptAnalysis, settings: Settings) -> Part:
    """Program, call, and each model with what its card says."""
    provenance = kept.analysis.provenance
    return Part(
        "versions",
        "Les versions",
        ("La même version, le même appel, les mêmes modèles et les mêmes fichiers donnent le même résultat.",),
        (
            Entry("Programme", provenance.program_version),
            Entry("Fichier d'appel", kept.analysis.call, notes=tuple(_call_notes(kept))),
            Entry("Analyse gardée", notes=(f"empreinte SHA-256 : {kept.digest}",)),
            *(
                Entry(f"Modèle : {model.name}", notes=(f"empreinte : {model.digest or 'non connue'}", *notes))
                for model, notes in model_notes(provenance.models, settings.models or ARTEFACTS)
            ),
        ),
    )


def _call_notes(kept: KeptAnalysis) -> Iterator[str]:
    used = kept.analysis.provenance.call_digest
    yield f"empreinte SHA-256 : {used}"
    if kept.call is None:
        yield "ce fichier d'appel n'est pas fourni avec le programme : donné avec --call, il serait cité ici"
    elif kept.call.digest != used:
        yield "le fichier d'appel a changé depuis l'analyse : ce qui en est cité ici est sa version d'aujourd'hui"


def machines(kept: KeptAnalysis) -> Part:
    """What may differ from one machine to another."""
    models = kept.analysis.provenance.models
    learned = [model.name for model in models if is_learned(model)]
    recognition = [model.name for model in models if is_recognition(model)]
    return Part(
        "machines",
        "Ce qui peut différer d'un ordinateur à l'autre",
        ("Ni la date, ni le hasard, ni le nombre de cœurs, ni les autres dossiers n'entrent dans le résultat.",),
        tuple(_differences(learned, recognition)),
    )


def _differences(learned: list[str], recognition: list[str]) -> Iterator[Entry]:
    yield Entry(
        "Limites de lecture",
        "Sur un ordinateur lent ou chargé, la lecture d'un fichier peut être arrêtée par la limite de temps ou de "
        "mémoire : le fichier ou la page est alors dit non lu, et chaque nouvelle analyse essaie de nouveau.",
    )
    yield Entry(
        "Reconnaissance de caractères",
        f"{', '.join(recognition)} : une autre version, ou la même compilée autrement, peut lire autrement une page "
        "numérisée."
        if recognition
        else "Elle n'était pas disponible : les pages en image n'ont pas été lues. Ailleurs, elles le seraient.",
    )
    yield Entry(
        "Calculs",
        f"{', '.join(learned)} : les dernières décimales peuvent dépendre du processeur. Les parts des types sont "
        "arrondies et aucun autre nombre n'est montré ; un passage tout juste au seuil peut apparaître ou non."
        if learned
        else "Aucun modèle appris : les calculs sont des sommes dans un ordre fixe, et les parts sont arrondies.",
    )
