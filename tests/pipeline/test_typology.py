"""What the applicant declares, and what the text suggests."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from models.french import FrenchSentences
from pipeline.analysis import TypeSuggestion
from pipeline.calls.parser import load_call
from pipeline.evidence.context import readings
from pipeline.protocols import TypeReader, TypeReading
from pipeline.sentences import sentences
from pipeline.typology import declared_type, suggest_type
from pipeline.typology.suggested import rounded
from tests.pipeline.builders import document_from_text
from tests.pipeline.dossiers import DOSSIERS
from tests.pipeline.readers import WordVectors

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


class _Fixed:
    """Says the same of every dossier; of its sentences, that one in two speaks for the likeliest type."""

    name, digest = "fixed", "0"

    def __init__(self, *values: float) -> None:
        self._values = np.array(values)
        self.read_texts: list[str] = []

    def read(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> TypeReading:
        assert len(texts) == len(vectors)
        self.read_texts = list(texts)
        sides = np.where(np.arange(len(texts)) % 2, 1.0, -1.0)
        return TypeReading(self._values, sides[:, None] * np.ones(3))


def _suggestion(text: str, reader: TypeReader, declared: str | None = None) -> TypeSuggestion:
    document = document_from_text(text)
    told = readings(document, CALL, sentences(document, FrenchSentences()))
    return suggest_type(told, WordVectors(), reader, declared)


def test_a_declaration_sways_nothing() -> None:
    text = DOSSIERS["atelier"].text
    plain, declaring = _Fixed(0.8, 0.1, 0.1), _Fixed(0.8, 0.1, 0.1)
    _suggestion(text, plain)
    said = _suggestion(
        text + "\n\nNous estimons relever de l'innovation sociale territoriale.", declaring, "territoriale"
    )
    assert said.declared == "territoriale"
    assert said.suggested == ("services",)
    assert declaring.read_texts == plain.read_texts


def test_a_silent_dossier_is_not_typed() -> None:
    suggestion = _suggestion("Dossier à compléter.\n\nLe nom de la structure.", _Fixed(0.8, 0.1, 0.1))
    assert suggestion.suggested == ()
    assert suggestion.rationale == ()
    assert sum(suggestion.probabilities) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((0.8, 0.1, 0.1), ("services",)),
        ((0.05, 0.45, 0.5), ("territoriale", "organisationnelle")),
        ((0.34, 0.33, 0.33), ()),
        ((0.46, 0.40, 0.14), ("services", "organisationnelle")),
        ((0.54, 0.24, 0.22), ()),
        ((0.56, 0.25, 0.19), ("services",)),
    ],
)
def test_hybrids_and_abstention(values: tuple[float, float, float], expected: tuple[str, ...]) -> None:
    suggestion = _suggestion(DOSSIERS["epicerie"].text, _Fixed(*values))
    assert suggestion.suggested == expected
    assert len(suggestion.rationale) <= 5


def test_the_rationale_speaks_for_the_type() -> None:
    text = DOSSIERS["epicerie"].text
    reader = _Fixed(0.8, 0.1, 0.1)
    suggestion = _suggestion(text, reader)
    document = document_from_text(text)
    said = [document.quote(span) for span in suggestion.rationale]
    assert 1 <= len(said) <= 5
    assert set(said) <= set(reader.read_texts[1::2])
    assert list(suggestion.rationale) == sorted(suggestion.rationale)


@pytest.mark.parametrize("values", [(1 / 3, 1 / 3, 1 / 3), (0.99999, 0.000005, 0.000005), (0.12345, 0.54321, 0.33334)])
def test_rounded_probabilities_add_up(values: tuple[float, float, float]) -> None:
    result = rounded(np.array(values))
    assert round(sum(result), 10) == 1.0
    assert all(round(value, 4) == value for value in result)
