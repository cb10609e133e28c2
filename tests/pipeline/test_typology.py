"""What the applicant declares, and what the text suggests."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from models.french import FrenchSentences
from models.lexical import CueTypeClassifier
from pipeline.analysis import INNOVATION_TYPES, TypeSuggestion
from pipeline.calls.parser import load_call
from pipeline.sentences import sentences
from pipeline.typology import declared_type, suggest_type
from pipeline.typology.suggested import rounded
from tests.pipeline.builders import document_from_text
from tests.pipeline.dossiers import DOSSIERS

CALL = load_call("aquitaine-2014")


DECLARATIONS = {
    "Catégorie d'innovation sociale : innovation sociale territoriale": "territoriale",
    "Catégorie : innovation sociale de services et de produits": "services",
    "| Catégorie d'innovation | organisationnelle |": "organisationnelle",
    "[Catégorie d'innovation sociale] Territoriale": "territoriale",
    "☐ Services et produits ☒ Organisationnelle ☐ Territoriale": "organisationnelle",
    "☐ Innovation de services\n\n☐ Innovation organisationnelle\n\n☑ Innovation territoriale": "territoriale",
    "[ ] de services [x] territoriale [ ] organisationnelle": "territoriale",
    "Nous estimons relever de l'innovation de services et de produits.": "services",
    "Notre action relève d'une innovation sociale territoriale, et non organisationnelle.": "territoriale",
    "Elle ne relève pas de l'innovation de services mais de l'innovation sociale territoriale.": "territoriale",
    "# Catégorie d'innovation sociale\n\nOrganisationnelle : les salariés décident.": "organisationnelle",
    "L'innovation sociale peut être de services, organisationnelle ou territoriale. Nous nous inscrivons dans "
    "l'innovation sociale organisationnelle.": "organisationnelle",
    "Nous pensons être une innovation sociale territoriale, avec un service au bout.": "territoriale",
    "Nous pensons que c'est une innovation sociale territoriale et de services.": "territoriale",
    "Dossier remis au titre de l'innovation sociale, catégorie « services et produits »": "services",
    "Type d'innovation : on coche organisationnelle.": "organisationnelle",
    "Nous nous rangeons dans la catégorie territoriale.": "territoriale",
    "Tiroir : organisationnelle, selon les mots de votre appel.": "organisationnelle",
    "Case choisie sur le formulaire : territoriale.": "territoriale",
}


@pytest.mark.parametrize(("said", "expected"), DECLARATIONS.items())
def test_declared_type_is_read(said: str, expected: str) -> None:
    document = document_from_text(f"# Notre projet\n\nUne association de village.\n\n{said}\n\nLe reste du dossier.")
    declared, evidence = declared_type(document)
    assert declared == expected
    assert evidence
    assert all(document.quote(span) for span in evidence)


@pytest.mark.parametrize(
    "said",
    [
        "Une association de village qui ouvre un service de garde.",
        "L'innovation sociale peut être de services, organisationnelle ou territoriale.",
        "☐ Services et produits ☐ Organisationnelle ☐ Territoriale",
        "# Catégorie d'innovation sociale\n\nservices et produits organisationnelle territoriale",
        "Notre force : services rendus le soir et le dimanche.",
        "La stratégie organisationnelle du pôle et les services de la commune.",
        "Une innovation sociale de services ? Ou une innovation sociale territoriale ? Au jury de le dire.",
    ],
)
def test_nothing_is_declared_where_nothing_is_clear(said: str) -> None:
    assert declared_type(document_from_text(said)) == (None, ())


def _suggestion(text: str, declared: str | None = None) -> TypeSuggestion:
    document = document_from_text(text)
    return suggest_type(document, CALL, sentences(document, FrenchSentences()), CueTypeClassifier(), declared)


@pytest.mark.parametrize("name", sorted(DOSSIERS))
def test_the_type_of_made_up_dossiers_is_suggested(name: str) -> None:
    dossier = DOSSIERS[name]
    suggestion = _suggestion(dossier.text)
    assert suggestion.suggested[:1] == (dossier.type,)
    assert 1 <= len(suggestion.rationale) <= 5
    assert list(suggestion.rationale) == sorted(suggestion.rationale)


def test_a_declaration_sways_nothing() -> None:
    text = DOSSIERS["atelier"].text
    plain = _suggestion(text)
    declaring = _suggestion(text + "\n\nNous estimons relever de l'innovation sociale territoriale.", "territoriale")
    assert declaring.declared == "territoriale"
    assert declaring.suggested == plain.suggested
    assert declaring.probabilities == plain.probabilities


def test_a_silent_dossier_is_not_typed() -> None:
    suggestion = _suggestion("Dossier à compléter.\n\nLe nom de la structure.")
    assert suggestion.suggested == ()
    assert suggestion.rationale == ()
    assert sum(suggestion.probabilities) == pytest.approx(1.0, abs=1e-12)


class _Fixed:
    """A classifier that says the same of every text."""

    name, digest = "fixed", "0"

    def __init__(self, *values: float, labels: tuple[str, ...] = INNOVATION_TYPES) -> None:
        self.labels = labels
        self._values = values

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        return np.array([self._values] * len(texts), dtype=np.float64)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0.8, 0.1, 0.1), ("services",)),
        ((0.05, 0.45, 0.5), ("territoriale", "organisationnelle")),
        ((0.34, 0.33, 0.33), ()),
        ((0.46, 0.40, 0.14), ("services", "organisationnelle")),
        ((0.44, 0.30, 0.26), ()),
    ],
)
def test_hybrids_and_abstention(values: tuple[float, float, float], expected: tuple[str, ...]) -> None:
    document = document_from_text(DOSSIERS["epicerie"].text)
    suggestion = suggest_type(document, CALL, sentences(document, FrenchSentences()), _Fixed(*values), None)
    assert suggestion.suggested == expected
    assert len(suggestion.rationale) <= 5


def test_labels_must_be_the_three_types() -> None:
    document = document_from_text(DOSSIERS["epicerie"].text)
    with pytest.raises(ValueError, match="must know"):
        suggest_type(document, CALL, sentences(document, FrenchSentences()), _Fixed(0.5, 0.5, labels=("a", "b")), None)


@pytest.mark.parametrize("values", [(1 / 3, 1 / 3, 1 / 3), (0.99999, 0.000005, 0.000005), (0.12345, 0.54321, 0.33334)])
def test_rounded_probabilities_add_up(values: tuple[float, float, float]) -> None:
    result = rounded(np.array(values))
    assert round(sum(result), 10) == 1.0
    assert all(round(value, 4) == value for value in result)
