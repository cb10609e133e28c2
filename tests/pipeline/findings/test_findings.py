"""Each finding fires where it should, and only there."""

from dataclasses import replace

import pytest

from pipeline.analysis import Finding, TypeSuggestion
from pipeline.document import Document, FileStatus, PageState, TextSource
from pipeline.facts.read import read_dossier
from pipeline.findings import file_findings, findings
from pipeline.reasons import Note, Reason
from tests.pipeline.builders import document_from_text, document_from_texts
from tests.pipeline.facts.reading import call_named, plain_sentences, read_text

NO_TYPE = TypeSuggestion((), (0.34, 0.33, 0.33), None)
SERVICES = TypeSuggestion((), (0.34, 0.33, 0.33), "services")
SOUND = """
Porteur : Association Les Tisseurs (loi de 1901)

Siège social : 12 rue des Lilas, 33000 Bordeaux

SIREN : 732 829 320

Aide sollicitée : 32 000 €

Durée de l'action : 12 mois

# Comptes prévisionnels de l'action sur 12 mois

| Charges | Montant | Produits | Montant |
| Étude | 24 000 | Région Aquitaine – AMI | 32 000 |
| Salaires | 40 000 | Commune | 32 000 |
| TOTAL CHARGES | 64 000 | TOTAL PRODUITS | 64 000 |
"""


def found(
    sketch: str | dict[str, str], call: str = "aquitaine-2014", suggestion: TypeSuggestion = SERVICES
) -> list[Finding]:
    return list(findings(read_text(sketch, call), (), suggestion))


def codes(
    sketch: str | dict[str, str], call: str = "aquitaine-2014", suggestion: TypeSuggestion = SERVICES
) -> list[str]:
    return [finding.code for finding in found(sketch, call, suggestion)]


def only(code: str, sketch: str, call: str = "aquitaine-2014") -> Finding:
    (finding,) = [finding for finding in found(sketch, call) if finding.code == code]
    return finding


def test_a_sound_dossier_has_no_finding() -> None:
    assert codes(SOUND) == []


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("aid-above-ceiling", "32 000", "46 500"),
        ("aid-stated-differently", "# Comptes", "Nous sollicitons la Région à hauteur de 30 000 €.\n\n# Comptes"),
        ("aid-differs-from-budget", "Aide sollicitée : 32 000 €", "Aide sollicitée : 30 000 €"),
        ("budget-unbalanced", "TOTAL PRODUITS | 64 000", "TOTAL PRODUITS | 62 500"),
        (
            "budget-wrong-sum",
            "TOTAL CHARGES | 64 000 | TOTAL PRODUITS | 64 000",
            "TOTAL CHARGES | 66 400 | TOTAL PRODUITS | 66 400",
        ),
        ("accounts-horizon", "sur 12 mois", "sur 36 mois"),
        ("action-too-long", "Durée de l'action : 12 mois", "Durée de l'action : 18 mois"),
        ("seat-outside-region", "33000 Bordeaux", "76470 Le Tréport"),
        ("seat-not-found", "Siège social : 12 rue des Lilas, 33000 Bordeaux", "Nous sommes nomades."),
        (
            "bearer-not-eligible",
            "Porteur : Association Les Tisseurs (loi de 1901)",
            "Statut juridique : personne physique",
        ),
        ("invalid-siren", "732 829 320", "732 829 321"),
        ("invalid-siret", "SIREN : 732 829 320", "SIRET : 732 829 320 00075"),
        ("invalid-rna", "SIREN", "RNA : W33201\n\nSIREN"),
        ("siren-several", "SIREN : 732 829 320", "SIREN : 732 829 320\n\nSIREN : 404 833 048"),
        ("siret-not-of-siren", "SIREN : 732 829 320", "SIREN : 732 829 320\n\nSIRET : 404 833 048 00022"),
        ("after-deadline", "SIREN", "Fait à Bordeaux, le 12 septembre 2014\n\nSIREN"),
        ("action-started", "SIREN", "L'action a démarré en janvier 2014.\n\nSIREN"),
        (
            "action-over",
            "SIREN",
            "L'action s'est déroulée sur douze mois.\n\nPériode de l'action : de janvier 2013 à décembre 2013\n\nSIREN",
        ),
        ("on-the-market", "SIREN", "L'aide permettra de financer la commercialisation du service.\n\nSIREN"),
        ("annexe-missing", "SIREN", "Le détail du partenariat figure en annexe 3.\n\nSIREN"),
    ],
)
def test_a_defect_is_told(code: str, old: str, new: str) -> None:
    assert old in SOUND
    assert code in codes(SOUND.replace(old, new))


@pytest.mark.parametrize(
    ("code", "sketch", "call", "message"),
    [
        (
            "aid-above-ceiling",
            "Aide demandée : 46 500 €",
            "aquitaine-2014",
            "Aide demandée 46\u202f500\u00a0€\u00a0: au-dessus du plafond de 40\u202f000\u00a0€",
        ),
        ("accounts-horizon", "Comptes prévisionnels sur 36 mois", "alpc-2016", "Comptes sur 36 mois au lieu de 24"),
        (
            "after-deadline",
            "Fait à Pau, le 1er octobre 2016",
            "alpc-2016",
            "Dossier daté du 1er octobre 2016, après la date limite du 5 septembre 2016",
        ),
        (
            "seat-outside-region",
            "Siège social : 5 quai des Mareyeuses, 76470 Le Tréport",
            "hauts-de-france-2017",
            "Siège hors de la région\u00a0: Le Tréport, Seine-Maritime (76)",
        ),
        ("annexe-missing", "cf. annexe 2", "alpc-2016", "Annexe citée mais non jointe\u00a0: annexe 2"),
        (
            "bearer-public-law",
            "Porteur : Commune de Lens",
            "hauts-de-france-2017",
            "Porteur de droit public (commune)\u00a0: l’appel s’adresse aux personnes morales de droit privé",
        ),
    ],
)
def test_messages_are_in_french_and_point_to_the_page(code: str, sketch: str, call: str, message: str) -> None:
    finding = only(code, sketch, call)
    assert finding.message == message
    assert finding.evidence


def test_a_call_without_a_ceiling_makes_no_finding_of_it() -> None:
    assert "aid-above-ceiling" not in codes("Aide demandée : 90 000 €", "hauts-de-france-2017")


def test_a_public_bearer_is_eligible_where_the_call_says_so() -> None:
    assert "bearer-public-law" not in codes("Porteur : Commune de Pau")
    assert "bearer-not-eligible" not in codes("Porteur : Commune de Pau")


def test_a_group_of_users_needs_legal_personality_in_2016_only() -> None:
    sketch = "Porteur : Collectif d'usagers du Haut-Plateau"
    assert "bearer-not-eligible" in codes(sketch, "alpc-2016")
    assert "bearer-not-eligible" not in codes(sketch, "aquitaine-2014")
    assert "bearer-not-eligible" not in codes(sketch + "\n\nRNA : W332012345", "alpc-2016")


@pytest.mark.parametrize(
    "said",
    [
        "Notre projet a déjà bénéficié d'une aide de la Région au titre de l'innovation sociale en 2014.",
        "Le projet a été lauréat de l'AMI innovation sociale 2014.",
        "En 2015, nous avons obtenu une subvention de la Région Limousin dans le cadre de l'innovation sociale.",
    ],
)
def test_an_earlier_aid_is_told(said: str) -> None:
    assert "already-aided" in codes(said, "alpc-2016")
    assert "already-aided" not in codes(said, "aquitaine-2014")


@pytest.mark.parametrize(
    "said",
    [
        "Le projet n'a jamais bénéficié d'une aide au titre de l'innovation sociale.",
        "Nous n'avons reçu aucune subvention au titre de l'innovation sociale.",
        "Une équipe de recherche nous accompagne au titre de l'innovation sociale.",
        "La commune soutient le projet.",
    ],
)
def test_no_earlier_aid_is_made_up(said: str) -> None:
    assert "already-aided" not in codes(said, "alpc-2016")


@pytest.mark.parametrize(
    "said",
    [
        "La phase aidée se situe en amont de la commercialisation.",
        "Aucune vente n'est engagée pendant la période.",
        "L'aide ne finance pas la mise sur le marché.",
        "On n'a rien à vendre : ni logiciel, ni label, ni conseil.",
    ],
)
def test_what_precedes_the_market_is_not_doubted(said: str) -> None:
    assert "on-the-market" not in codes(said)


def test_the_declared_type_against_the_suggested_one() -> None:
    other = TypeSuggestion(("organisationnelle",), (0.1, 0.8, 0.1), "services")
    same = TypeSuggestion(("services", "territoriale"), (0.5, 0.1, 0.4), "territoriale")
    abstains = TypeSuggestion((), (0.3, 0.4, 0.3), "services")
    assert [finding.code for finding in found(SOUND, suggestion=other)] == ["type-mismatch"]
    assert codes(SOUND, suggestion=same) == []
    assert codes(SOUND, suggestion=abstains) == []


def test_a_type_not_declared_is_told_where_the_call_asks_for_it() -> None:
    assert codes(SOUND, suggestion=NO_TYPE) == ["type-not-declared"]
    assert "type-not-declared" not in codes(SOUND, "alpc-2016", NO_TYPE)


FILLING = (
    "Le détail des partenariats est le suivant, commune par commune, avec ce que chacune apporte à "
    "l'action et à son suivi. " * 2
)


@pytest.mark.parametrize(
    "sketch",
    [
        f"Voir annexe 2.\n\n\f# Annexe 2 : partenariats\n\n{FILLING}",
        {"dossier.pdf": "Voir annexe 2.", "annexe 2 - statuts.pdf": "Statuts de l'association."},
        "Voir la grille en annexe 1 de l'AMI.",
        "Les statuts sont tenus à disposition.",
        f"Les comptes figurent en annexe II.\n\n# ANNEXE 2\n\n{FILLING}",
    ],
)
def test_an_annexe_that_is_there_is_not_missing(sketch: str | dict[str, str]) -> None:
    assert "annexe-missing" not in codes(sketch)


@pytest.mark.parametrize(
    "sketch",
    [
        "Le budget détaillé est joint en annexe.",
        "Voir annexe 2.\n\n# Liste des annexes\n\nAnnexe 2 : partenariats",
        f"Cf. annexe 1 et cf. annexe 2.\n\n# Annexe 1\n\n{FILLING}",
        {"dossier.pdf": "Voir annexe 2.", "statuts.pdf": "Statuts de l'association."},
    ],
)
def test_an_annexe_that_is_only_announced_is_missing(sketch: str | dict[str, str]) -> None:
    assert codes(sketch).count("annexe-missing") == 1


def _findings_of(document: Document) -> list[Finding]:
    readings = read_dossier(document, call_named("aquitaine-2014"), plain_sentences(document))
    return list(findings(readings, (), SERVICES))


def test_a_file_that_cannot_be_read_is_told_with_advice() -> None:
    document = document_from_texts({"dossier.pdf": SOUND, "comptes.pdf": "x"})
    files = (
        document.files[0],
        replace(document.files[1], status=FileStatus.UNREADABLE, text_source=None, reason=Reason.ENCRYPTED),
    )
    (finding,) = _findings_of(replace(document, files=files))
    assert finding.code == "unreadable-file"
    assert finding.message.startswith("comptes.pdf\u00a0: Le fichier est protégé par un mot de passe. Demandez")


@pytest.mark.parametrize("note", list(Note))
def test_what_was_noticed_in_a_file_is_told(note: Note) -> None:
    document = document_from_text(SOUND)
    (finding,) = _findings_of(replace(document, files=(replace(document.files[0], notes=(note,)),)))
    assert finding.code == f"file-{note}"


def test_pages_that_were_not_read_are_told_together() -> None:
    document = document_from_text(SOUND)
    page = replace(document.pages[0], state=PageState.FAILED, reason=Reason.OCR_MISSING)
    pages = (document.pages[0], *(replace(page, number=number) for number in (2, 4, 5, 6)))
    (finding,) = _findings_of(replace(document, pages=pages))
    assert finding.code == "unread-pages"
    assert finding.message.startswith("essai.pdf, pages 2, 4 à 6\u00a0: Texte en image non lu")


@pytest.mark.parametrize(("reason", "expected"), [(Reason.OCR_MISSING, 1), (Reason.NO_TEXT, 2)])
def test_what_the_whole_file_says_is_not_said_again_of_its_pages(reason: Reason, expected: int) -> None:
    document = document_from_text(SOUND)
    pages = tuple(replace(page, state=PageState.FAILED, reason=Reason.OCR_MISSING) for page in document.pages)
    files = (replace(document.files[0], status=FileStatus.UNREADABLE, text_source=None, reason=reason),)
    assert len(file_findings(replace(document, files=files, pages=pages))) == expected


@pytest.mark.parametrize(("confidence", "expected"), [(0.45, ["page-uncertain-ocr"]), (0.93, [])])
def test_a_page_read_with_doubt_is_told(confidence: float, expected: list[str]) -> None:
    document = document_from_text(SOUND)
    read = replace(
        document,
        pages=tuple(replace(page, state=PageState.OCR) for page in document.pages),
        words=tuple(replace(word, confidence=confidence) for word in document.words),
        files=(replace(document.files[0], text_source=TextSource.OCR),),
    )
    assert [finding.code for finding in _findings_of(read)] == expected


def test_an_empty_dossier_says_nothing_about_its_content() -> None:
    document = replace(document_from_text("x"), text="", body_end=0, words=(), lines=(), blocks=())
    assert _findings_of(document) == []


def test_the_same_dossier_gives_the_same_findings_in_the_same_order() -> None:
    sketch = SOUND.replace("32 000", "46 500").replace("33000 Bordeaux", "76470 Le Tréport")
    assert found(sketch) == found(sketch)
    assert codes(sketch).index("aid-above-ceiling") < codes(sketch).index("seat-outside-region")


def test_a_sum_is_not_doubted_on_a_page_read_by_ocr() -> None:
    document = document_from_text(SOUND.replace("| Étude | 24 000", "| Étude | 14 000"))
    assert "budget-wrong-sum" in [finding.code for finding in _findings_of(document)]
    by_ocr = replace(document, pages=tuple(replace(page, state=PageState.OCR) for page in document.pages))
    assert "budget-wrong-sum" not in [finding.code for finding in _findings_of(by_ocr)]


def test_a_table_that_may_lack_its_top_is_not_said_to_be_wrong() -> None:
    top = "# Comptes prévisionnels\n\nÉtude préalable 24 000 €\n\nMatériel et outils 9 000 €"
    table = "| Salaires | 40 000 | Commune | 32 000 |\n| Frais | 1 000 | Région Aquitaine – AMI | 32 000 |"
    total = "| TOTAL CHARGES | 74 000 | TOTAL PRODUITS | 64 000 |"
    cut = f"{top}\f{table}\n{total}"
    assert "budget-wrong-sum" not in codes(cut)
    assert "budget-wrong-sum" in codes(f"# Comptes prévisionnels\n\n{table}\n{total}")
