import pytest

from corpora.gold import GoldFact, GoldMarker, GoldPassage, GoldPlace, GoldSection, GoldType
from evaluation.cases import Case, LabelledDossier, make_cases
from flows.tools import load_models
from pipeline.analyse import analyse
from pipeline.analysis import Provenance, SectionStatus
from pipeline.calls.parser import load_call
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from tests.evaluation.golds import ACCOUNTS, gold
from tests.flows.dossiers import write_dossier


def _at(starts: str) -> GoldPlace:
    return GoldPlace("Lescar.pdf", 1, starts)


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A small dossier of Aquitaine, read and analysed by the real program, with some of its labels."""
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
    models = load_models()
    (made,) = make_cases(
        [LabelledDossier(labels, "lettre", (path,), load_call("aquitaine-2014"))],
        lambda name, paths: read_dossier(name, paths, ReadingLimits()),
        lambda document, call: analyse(document, call, models, Provenance("0.1.0", call.digest, ())),
        models,
    )
    return made
