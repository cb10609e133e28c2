"""The parameters in force, read where they are used: the code's own constants, the settings, the call's rules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from flows.settings import Settings
from pipeline.calls.model import Call
from pipeline.text import in_guillemets

PACKAGES = {
    "completeness": "Champs demandés",
    "typology": "Type suggéré",
    "evidence": "Passages par repère",
}
"""Folders of `pipeline` whose public constants are the thresholds and weights of what is said of a dossier."""

MEANINGS = {
    "completeness.decision.FOLLOWS_PLAN": "part des champs annoncés d'où l'on tient que le dossier suit le plan",
    "completeness.decision.LEAST_AMOUNTS": "montants à partir desquels un budget est tenu pour chiffré",
    "completeness.decision.SHORT": "mots d'une réponse qui n'est qu'un nom ou un stade",
    "completeness.decision.SUBSTANCE": "mots qui répondent sous l'intitulé propre du champ, quels qu'ils soient",
    "completeness.decision.COMMITTED": "mots qui y répondent quand s'y trouve un chiffre, une liste ou un nom",
    "completeness.decision.RICH": "indices de sens différents par lesquels une seule phrase répond",
    "completeness.decision.WHOLE_STORY": "mots qui, à la place du résumé, racontent l'action",
    "typology.suggested.LEAST": "part à partir de laquelle un type est suggéré",
    "typology.suggested.HYBRID_GAP": "écart au-dessous duquel deux types sont aussi proches l'un que l'autre",
    "typology.suggested.HYBRID_LEAST": "part que le second doit atteindre pour que deux types soient suggérés",
    "typology.suggested.HYBRID_CLEAR": "écart que le second doit alors avoir avec le troisième",
    "typology.suggested.LEAST_WORDS": "mots sur le projet au-dessous desquels aucun type n'est suggéré",
    "typology.suggested.MOST_RATIONALE": "passages montrés au plus pour le type",
    "evidence.selection.MOST": "passages montrés au plus par repère",
    "evidence.selection.MOST_WORDS": "mots au-delà desquels des phrases voisines ne sont plus réunies",
    "evidence.selection.SAME": "ressemblance à partir de laquelle deux phrases disent la même chose",
    "evidence.weighing.STRONG": "poids d'un indice clair",
    "evidence.weighing.WEAK": "poids d'un indice faible",
    "evidence.weighing.FADING": "ce que compte chaque indice de plus, rapporté au précédent",
    "evidence.weighing.UNDER_HEADING": "poids ajouté sous un intitulé qui annonce le repère",
    "evidence.weighing.IN_FIELD": "poids ajouté dans la réponse au champ où l'on en parle d'habitude",
    "evidence.weighing.OF_BEARER": "ce qui reste du poids là où le porteur est présenté",
    "evidence.weighing.NEARNESS": "poids d'une ressemblance entière avec le repère",
    "evidence.weighing.LEARNED": "seuils au-dessous desquels rien n'est montré, avec le lecteur appris",
    "evidence.weighing.BY_WORDS": "seuils au-dessous desquels rien n'est montré, par les mots seuls",
}
"""What constants mean, by module and name; one that has no entry is shown by its name alone."""

SETTINGS = {
    "ocr": "lecture des pages numérisées (OCR)",
    "encoder": "encodeur nommé à la place de celui du programme",
    "models": "modèles appris nommés à la place de ceux du programme",
    "max_file_mb": "taille d'un fichier, en Mo, au-delà de laquelle il n'est pas ouvert",
    "max_pages": "nombre de pages au-delà duquel un fichier n'est pas lu",
    "max_seconds": "temps de lecture, en secondes, au-delà duquel elle est arrêtée",
    "max_memory_mb": "mémoire de lecture, en Mo, au-delà de laquelle elle est arrêtée",
}
"""The settings that change what is read or said."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A numeric constant of the code: `place` is « evidence.selection.MOST », `value` as it is shown in French."""

    package: str
    place: str
    value: str


@cache
def constants() -> tuple[Constant, ...]:
    """Every public numeric constant at the head of a module of `PACKAGES`, in the order of the code."""
    return tuple(
        Constant(package, f"{package}.{module}.{name}", value)
        for package in PACKAGES
        for module, source in _modules(resources.files("pipeline") / package)
        for name, value in numeric_constants(source)
    )


def value_of(place: str) -> str | None:
    """The value of a constant, None where the code has no such one any more."""
    return next((constant.value for constant in constants() if constant.place == place), None)


def _modules(folder: Traversable) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.name.endswith(".py"):
            yield entry.name.removesuffix(".py"), entry.read_text("utf-8")


def numeric_constants(source: str) -> Iterator[tuple[str, str]]:
    """Name and value of each `NAME = 1.5`, `A, B = 1, 2` or `BAR = Bar(least=0.1)` at the top of a module."""
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        target, value = node.targets[0], node.value
        pairs = [(target, value)]
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = list(zip(target.elts, value.elts, strict=False))
        for name, given in pairs:
            shown = _shown(given)
            if isinstance(name, ast.Name) and name.id.isupper() and not name.id.startswith("_") and shown:
                yield name.id, shown


def _shown(value: ast.expr) -> str:
    """A number, or the named numbers of a record; empty for anything else."""
    if isinstance(value, ast.Constant) and isinstance(value.value, int | float) and not isinstance(value.value, bool):
        return str(value.value).replace(".", ",")
    if isinstance(value, ast.Call) and value.keywords and not value.args:
        fields = [(keyword.arg, _shown(keyword.value)) for keyword in value.keywords]
        if all(shown for _, shown in fields):
            return ", ".join(f"{name} {shown}" for name, shown in fields)
    return ""


def told(constant: Constant) -> str:
    """« passages montrés au plus par repère : 8 (evidence.selection.MOST) »."""
    meaning = MEANINGS.get(constant.place)
    return f"{meaning} : {constant.value} ({constant.place})" if meaning else f"{constant.place} = {constant.value}"


def settings_told(settings: Settings) -> tuple[str, ...]:
    """Each setting that changes the result, with its value and whether it is the usual one."""
    return tuple(_setting_told(settings, name, meaning) for name, meaning in SETTINGS.items())


def _setting_told(settings: Settings, name: str, meaning: str) -> str:
    value = getattr(settings, name)
    shown = ("oui" if value else "non") if isinstance(value, bool) else "aucun" if value is None else str(value)
    usual = "valeur habituelle" if value == Settings.model_fields[name].default else "valeur choisie ici"
    return f"{meaning} : {shown} (REPERES_{name.upper()}, {usual})"


def rules_told(call: Call) -> tuple[str, ...]:
    """The rules of the call that the program checks, in the call's words, with where they are written."""
    return tuple(f"{_quoted(check.wording)} ({check.source.place})" for check in call.checks)


def _quoted(wording: str) -> str:
    """An official wording in one line: its list, if it has one, is set off by dashes."""
    return in_guillemets(" – ".join(" ".join(part.split()) for part in wording.split("\n\n")))
