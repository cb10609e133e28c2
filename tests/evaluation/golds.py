"""Small gold dossiers for the tests of the evaluation."""

from corpora.gold import GoldDefect, GoldDossier, GoldFact, GoldMarker, GoldPassage, GoldPlace, GoldSection, GoldType
from pipeline.analysis import AnalysisStatus, SectionStatus

DECISIVE = "Les locataires ont écrit le règlement avec le gardien."
USEFUL = "Ils se réunissent le premier mardi de chaque mois dans la loge."

# In the dossier that `conftest.case` reads.
BEARER = "L'association Les Jardins de Lescar, créée en 2009, compte 45 adhérents."
ACCOUNTS = "Produits : 30 000 euros, dont aide demandée 12 000 euros."


def place(starts: str, page: int = 1) -> GoldPlace:
    return GoldPlace("essai.pdf", page, starts)


def gold(name: str = "essai", **changes: object) -> GoldDossier:
    """A dossier of three fields, two markers (one of them silent), one fact and one defect."""
    content: dict[str, object] = {
        "call": "alpc-2016",
        "dossier": name,
        "status": AnalysisStatus.ANALYSED,
        "files": ("essai.pdf",),
        "sections": (
            GoldSection("1", SectionStatus.PRESENT, (place("Nous sommes une régie de quartier"),)),
            GoldSection("2", SectionStatus.ABSENT, ()),
            GoldSection("3", SectionStatus.THIN, (place("Objectifs : à compléter", 2),)),
        ),
        "innovation_type": GoldType("services", "services", None),
        "facts": (GoldFact("aide_demandee_eur", 12000, (place("12 000 €"),)),),
        "markers": (
            GoldMarker(
                "gouvernance",
                (
                    GoldPassage("essai.pdf", 1, DECISIVE, "decisive"),
                    GoldPassage("essai.pdf", 1, USEFUL, "useful"),
                ),
            ),
            GoldMarker("environnement", ()),
        ),
        "defects": (GoldDefect("aid-above-ceiling", "…", ()),),
    }
    return GoldDossier(**(content | changes))  # type: ignore[arg-type]
