"""The parts of an explanation that tell what the text speaks of: the type, the passages by marker, the findings."""

from collections.abc import Iterator

from flows.outputs.explanation import Entry, Part
from flows.outputs.explanation_dossier import Quoting
from flows.outputs.explanation_parameters import value_of
from pipeline.analysis import INNOVATION_TYPES
from pipeline.contract import AnalysisOut, InnovationTypeOut, MarkerOut
from pipeline.labels import TYPE_LABELS, suggested_text
from pipeline.text import decimal, listed, plural

_SHARES = (
    (0.95, "presque tout ce qui parle d'un type"),
    (0.70, "une grande part de ce qui parle d'un type"),
    (0.55, "plus de la moitié"),
    (0.45, "environ la moitié"),
    (0.38, "moins de la moitié"),
    (0.29, "environ un tiers"),
    (0.20, "environ un quart"),
    (0.08, "une petite part"),
    (0.0, "presque rien"),
)
_EVEN = 0.001  # shares nearer than this to one another were not computed, or tell nothing


def innovation_type(result: AnalysisOut, quoting: Quoting) -> Part:
    """What was suggested and by how much, the passages that speak for it, and what the applicant declared."""
    kind = result.innovation_type
    declared = TYPE_LABELS[kind.declared] if kind.declared else "non trouvé dans le dossier"
    paragraphs = [
        f"Type suggéré : {suggested_text(kind.suggested)}. Type déclaré par le porteur : {declared}.",
        "Chaque part dit combien le texte parle de ce type plutôt que des deux autres ; elle ne dit rien de la valeur "
        "du projet. Le type déclaré n'entre pas dans le calcul.",
        *_rule(),
    ]
    if _is_even(kind):
        paragraphs.append("Les trois parts sont égales : le texte en dit trop peu pour que le calcul penche.")
    return Part("type", "Le type d'innovation sociale", tuple(paragraphs), tuple(_types(kind, quoting)))


def _rule() -> Iterator[str]:
    """How shares become a suggestion, with the thresholds of the code; nothing where the code has others."""
    names = ("HYBRID_GAP", "HYBRID_LEAST", "HYBRID_CLEAR", "LEAST")
    gap, second, clear, least = (value_of(f"typology.suggested.{name}") for name in names)
    if gap and second and clear and least:
        yield (
            f"Deux types sont suggérés quand leurs parts diffèrent de moins de {gap}, que la seconde atteint {second} "
            f"et qu'elle dépasse la troisième d'au moins {clear} ; sinon un seul, quand sa part atteint {least} ; "
            "sinon rien n'est tranché."
        )


def _is_even(kind: InnovationTypeOut) -> bool:
    shares = kind.probabilities.model_dump().values()
    return not kind.suggested and max(shares) - min(shares) < _EVEN


def _types(kind: InnovationTypeOut, quoting: Quoting) -> Iterator[Entry]:
    shares = kind.probabilities.model_dump()
    passages = quoting.quotes(kind.rationale)
    alone = kind.suggested[0] if len(kind.suggested) == 1 else None
    for name in INNOVATION_TYPES:
        text = f"{decimal(100 * shares[name], 1)} % – {share_in_words(shares[name])}"
        notes = () if name in kind.suggested else ("aucun passage gardé : ce type n'est pas suggéré",)
        yield Entry(TYPE_LABELS[name], text, notes=notes, quotes=passages if name == alone else ())
    if len(kind.suggested) > 1:
        both = listed([f"« {TYPE_LABELS[name]} »" for name in kind.suggested])
        yield Entry(f"Passages qui parlent pour {both}", quotes=passages)


def share_in_words(share: float) -> str:
    """A share between 0 and 1, as it is said: « environ la moitié »."""
    return next(words for least, words in _SHARES if share >= least)


def markers(result: AnalysisOut, quoting: Quoting) -> Part:
    """For each marker, the passages shown and why, or that nothing was found."""
    most = value_of("evidence.selection.MOST")
    at_most = f" (au plus {most})" if most else ""
    return Part(
        "reperes",
        "Les passages par repère",
        (
            f"Les passages{at_most} sont dans l'ordre du dossier, y compris ceux qui plaident contre. Après chacun : "
            "pourquoi il est montré.",
            "« Aucun passage » veut dire que le programme n'a rien trouvé qui en parle assez clairement : ni que le "
            "dossier n'en dit rien, ni que le projet y répond mal. Le lecteur cherche alors lui-même.",
        ),
        tuple(_marker(marker, quoting) for marker in result.markers),
    )


def _marker(marker: MarkerOut, quoting: Quoting) -> Entry:
    quotes = tuple(quoting.quote(passage, ", ".join(passage.cues)) for passage in marker.passages)
    count = plural(len(quotes), "passage", "passages") if quotes else "Aucun passage trouvé."
    return Entry(marker.title, count, quotes=quotes)


def findings(result: AnalysisOut, quoting: Quoting) -> Part:
    """What a person should look at."""
    said = "Un constat appelle un regard ; il ne décide rien et ne bloque rien."
    none = "" if result.findings else " Aucun constat pour ce dossier."
    entries = tuple(
        Entry(found.message, quotes=quoting.quotes(found.evidence), notes=(f"code : {found.code}",))
        for found in result.findings
    )
    return Part("constats", "Les constats", (f"{said}{none}",), entries)
