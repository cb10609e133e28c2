import pytest

from corpora.gold import GoldFact, GoldMarker, GoldPassage, GoldPlace, GoldSection, GoldType
from evaluation.cases import Case, LabelledDossier, make_cases
from flows.tools import load_models
from pipeline.analysis import (
    Analysis,
    AnalysisStatus,
    Fact,
    MarkerEvidence,
    Passage,
    Provenance,
    Section,
    SectionStatus,
    TypeSuggestion,
)
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.document import Document
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from tests.evaluation.golds import ACCOUNTS, BEARER, gold
from tests.flows.dossiers import write_dossier
from tests.pipeline.builders import span_of


def _at(starts: str) -> GoldPlace:
    return GoldPlace("Lescar.pdf", 1, starts)


def _analysed(document: Document, call: Call) -> Analysis:
    """What is said of the dossier, by hand: what the program would say may change with it, and is tested elsewhere."""
    said = {"1": BEARER, "8": ACCOUNTS}
    return Analysis(
        dossier=document.name,
        call=call.id,
        files=document.files,
        pages=document.pages,
        status=AnalysisStatus.ANALYSED,
        sections=tuple(
            Section(field.id, field.title, SectionStatus.PRESENT, "Dit.", (span_of(document, said[field.id]),))
            if field.id in said
            else Section(field.id, field.title, SectionStatus.ABSENT, "Non dit.")
            for field in call.fields
        ),
        innovation_type=TypeSuggestion(("services",), (0.6, 0.1, 0.3), None),
        markers=tuple(
            MarkerEvidence(
                marker.id,
                marker.title,
                (Passage(marker.id, span_of(document, ACCOUNTS), ACCOUNTS, ("Un montant.",)),)
                if marker.id == "ressources"
                else (),
            )
            for marker in call.markers
        ),
        facts=(
            Fact("porteur", "Les Jardins de Lescar", (span_of(document, "Les Jardins de Lescar"),)),
            Fact("aide_demandee_eur", 12000, (span_of(document, "12 000 euros"),)),
        ),
        findings=(),
        provenance=Provenance("0.1.0", call.digest, ()),
    )


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A small dossier of Aquitaine, with some of its labels."""
    path = tmp_path_factory.mktemp("evaluation") / "Lescar.pdf"
    write_dossier(path, "Lescar")
    labels = gold(
        "Lescar",
        call="aquitaine-2014",
        files=("Lescar.pdf",),
        sections=(
            GoldSection("1", SectionStatus.PRESENT, (_at("L'association Les Jardins"),)),
            GoldSection("3", SectionStatus.ABSENT, ()),
            GoldSection("8", SectionStatus.THIN, (_at("Charges : 30 000"),)),
        ),
        innovation_type=GoldType(None, "services", None),
        facts=(GoldFact("aide_demandee_eur", 12000, (_at("12 000 euros"),)),),
        markers=(
            GoldMarker("ressources", (GoldPassage("Lescar.pdf", 1, ACCOUNTS, "decisive"),)),
            GoldMarker("gouvernance", ()),
        ),
        defects=(),
        headings=(_at("1. Présentation du porteur"), _at("2. Historique de l'action")),
    )
    (made,) = make_cases(
        [LabelledDossier(labels, "lettre", (path,), load_call("aquitaine-2014"))],
        lambda name, paths: read_dossier(name, paths, ReadingLimits()),
        _analysed,
        load_models(),
    )
    return made
