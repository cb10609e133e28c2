"""The pages that are walked, who sees each, and how a browser comes to one."""

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Page as Tab

NOBODY = "nobody"
_DECIDE = ("administrator", "instructor")
_READ = (*_DECIDE, "auditor")
_JURY = ("juror", "chair")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the route that answers it, where it is in the furnished room, the people whom it looks different for."""

    route: str
    address: str
    people: tuple[str, ...]


PAGES = (
    Page("/connexion", "/connexion", (NOBODY,)),
    Page("/connexion", "/connexion?suite=/appels", ("instructor",)),
    Page("/preferences", "/preferences", ("juror",)),
    Page("/preferences/mot-de-passe", "/preferences/mot-de-passe", ("juror",)),
    Page("/aide/{guide}", "/aide/salle-jury", ("juror",)),
    Page("/aide/{guide}", "/aide/salle-audit", ("auditor",)),
    Page("/aide/{guide}", "/aide/entrees-mauvaises", ("administrator",)),
    Page("/aide/{guide}", "/aide/ajouter-un-appel", ("instructor",)),
    Page("/comptes", "/comptes", ("administrator",)),
    Page("/comptes/nouveau", "/comptes/nouveau", ("administrator",)),
    Page("/comptes/{person_id}", "/comptes/{person}", ("administrator",)),
    Page("/appels", "/appels", _READ),
    Page("/appels/ouvrir", "/appels/ouvrir", ("instructor",)),
    Page("/appels/{call_id}", "/appels/{call}", ("auditor", "juror")),
    Page("/appels/{call_id}/reglages", "/appels/{call}/reglages", ("instructor",)),
    Page("/appels/{call_id}/depots", "/appels/{call}/depots", ("instructor", "auditor")),
    Page("/appels/{call_id}/dossiers", "/appels/{call}/dossiers", ("instructor", "auditor")),
    Page("/appels/{call_id}/dossiers", "/appels/{call}/dossiers?recherche=introuvable", ("instructor",)),
    Page("/appels/{call_id}/dossiers", "/appels/{call}/dossiers?recherche=habitants", ("instructor",)),
    Page("/mes-dossiers", "/mes-dossiers", ("instructor",)),
    Page("/appels/{call_id}/corrections", "/appels/{call}/corrections", ("instructor",)),
    Page("/depots/{intake_id}", "/depots/{intake}", ("instructor", "auditor")),
    *(
        Page("/dossiers/{dossier_id}", f"/dossiers/{{dossier}}#{tab}", ("instructor",))
        for tab in ("champs", "faits", "constats", "typologie", "suivi", "recherche")
    ),
    Page("/dossiers/{dossier_id}", "/dossiers/{dossier}#suivi", ("auditor",)),
    Page("/dossiers/{dossier_id}", "/dossiers/{dossier}?chercher=habitants#recherche", ("instructor",)),
    Page("/dossiers/{dossier_id}", "/dossiers/{failed}", ("instructor",)),
    Page("/dossiers/{dossier_id}/recus", "/dossiers/{dossier}/recus", ("instructor", "auditor")),
    Page("/depots/{intake_id}", "/depots/{asked}", ("instructor",)),
    Page("/appels/{call_id}/depots", "/appels/{call}/depots?dossier={dossier}", ("instructor",)),
    Page("/dossiers/{dossier_id}/courrier", "/dossiers/{dossier}/courrier", ("instructor", "auditor")),
    Page("/dossiers/{dossier_id}/courrier/envoi", "/dossiers/{dossier}/courrier/envoi", ("instructor",)),
    Page(
        "/dossiers/{dossier_id}/courriers/{number}",
        "/dossiers/{dossier}/courriers/{letter}",
        ("instructor", "auditor"),
    ),
    Page("/journal", "/journal", ("auditor",)),
    Page("/journal", "/journal?dossier={dossier}", ("administrator",)),
    Page("/audit", "/audit", ("auditor",)),
    Page("/audit/{call_id}", "/audit/{call}", ("auditor",)),
    Page(
        "/audit/{call_id}/ecarts",
        "/audit/{call}/ecarts?nature=field&verdict=corrected&programme=%22present%22&personne=%22thin%22",
        ("auditor",),
    ),
    Page("/audit/{call_id}/decisions", "/audit/{call}/decisions?sens=against", ("auditor",)),
    Page("/audit/dossiers/{dossier_id}", "/audit/dossiers/{dossier}", ("auditor",)),
    Page("/audit/{call_id}/echantillons/{sample_id}", "/audit/{call}/echantillons/{sample}", ("auditor",)),
    Page(
        "/audit/{call_id}/echantillons/{sample_id}/rapport", "/audit/{call}/echantillons/{sample}/rapport", ("auditor",)
    ),
    Page("/jury", "/jury", ("juror",)),
    Page("/jury/releve", "/jury/releve?appel={call}", ("juror",)),
    Page("/jury/dossiers/{dossier_id}", "/jury/dossiers/{dossier}", ("juror",)),
    Page("/jury/dossiers/{dossier_id}", "/jury/dossiers/{apart}", ("juror",)),
    Page("/jury/dossiers/{dossier_id}/conflit", "/jury/dossiers/{dossier}/conflit", ("juror",)),
    Page("/jury/dossiers/{dossier_id}/lecture", "/jury/dossiers/{dossier}/lecture?repere={marker}", ("juror",)),
    Page("/jury/dossiers/{dossier_id}/ma-lecture", "/jury/dossiers/{dossier}/ma-lecture", ("juror",)),
    Page("/jury/dossiers/{dossier_id}/faisabilite", "/jury/dossiers/{dossier}/faisabilite", ("juror",)),
    Page("/jury/dossiers/{dossier_id}/synthese", "/jury/dossiers/{dossier}/synthese", ("juror",)),
    Page("/deliberations", "/deliberations", ("instructor", "juror")),
    Page("/deliberations/nouvelle", "/deliberations/nouvelle", ("instructor",)),
    Page("/deliberations/nouvelle", "/deliberations/nouvelle?appel={call}", ("instructor",)),
    Page("/deliberations/{session_id}", "/deliberations/{session}", ("instructor", "chair")),
    Page("/deliberations/{session_id}", "/deliberations/{planned}", ("chair",)),
    Page("/deliberations/{session_id}/etat", "/deliberations/{planned}/etat", ("chair",)),
    Page("/deliberations/{session_id}/etat", "/deliberations/{session}/etat", ("chair",)),
    Page("/deliberations/{session_id}/presents", "/deliberations/{session}/presents", ("chair",)),
    Page("/deliberations/{session_id}/modifier", "/deliberations/{planned}/modifier", ("instructor",)),
    *(
        Page(
            "/deliberations/{session_id}/dossiers/{dossier_id}",
            f"/deliberations/{{session}}/dossiers/{{dossier}}?{part}",
            ("chair",),
        )
        for part in ("repere={marker}", "volet=suite", "volet=faisabilite", "volet=synthese", "volet=graphique")
    ),
    Page(
        "/deliberations/{session_id}/dossiers/{dossier_id}",
        "/deliberations/{session}/dossiers/{dossier}?repere={marker}",
        ("juror", "auditor"),
    ),
    Page(
        "/deliberations/{session_id}/comparaison",
        "/deliberations/{session}/comparaison?dossier={dossier}",
        ("chair",),
    ),
    Page("/deliberations/{session_id}/accord", "/deliberations/{session}/accord", ("chair",)),
    Page("/deliberations/{session_id}/proces-verbal", "/deliberations/{session}/proces-verbal", ("chair",)),
)

NO_PAGES: Mapping[str, str] = {
    "/": "leads elsewhere",
    "/aide": "leads to the page of the guide for the role",
    "/aide/images/{image}": "a picture",
    "/connexion/externe": "leads to the sign-on server",
    "/connexion/retour": "comes back from it",
    "/dossiers/{dossier_id}/fichiers/{position}": "a PDF",
    "/dossiers/{dossier_id}/recus/{deposit}/{position}": "a PDF",
    "/dossiers/{dossier_id}/mots": "JSON",
    "/dossiers/{dossier_id}/recherche": "a part of a page, which its page shows",
    "/dossiers/{dossier_id}/analyse.json": "JSON",
    "/dossiers/{dossier_id}/courriers/{number}.docx": "a document",
    "/depots/{intake_id}/a-preciser/{position}/{place}": "a PDF",
    "/depots/{intake_id}/suivi": "a part of a page, which its page shows",
    "/journal.csv": "a table",
    "/journal/verification": "a part of a page, which its page shows",
    "/audit/{call_id}/decisions.csv": "a table",
    "/audit/{call_id}/echantillons/{sample_id}/rapport.xlsx": "a workbook",
    "/appels/{call_id}/dossiers.xlsx": "a workbook",
    "/appels/{call_id}/dossiers.csv": "a table",
    "/appels/{call_id}/dossiers/extraits": "a part of a page, which its page shows",
    "/appels/{call_id}/dossiers/courriers.zip": "an archive",
    "/jury/releve.xlsx": "a workbook",
    "/deliberations/{session_id}/dossiers/{dossier_id}/etat": "JSON",
    "/deliberations/{session_id}/proces-verbal.docx": "a document",
}
"""The other addresses that are asked for by GET, and what they answer."""

_UNFOLD = "() => document.querySelectorAll('details:not([data-menu])').forEach((part) => { part.open = true; })"
_STILL = "() => document.getAnimations().forEach((one) => { try { one.finish(); } catch { one.cancel(); } })"


def come_to(tab: Tab, address: str) -> None:
    """Opens a page and all that is folded on it; where a dossier is beside, its first page is drawn."""
    tab.goto("about:blank")  # addresses that differ by their part only would not load again
    answer = tab.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    await_pages(tab)
    tab.evaluate(_UNFOLD)
    tab.evaluate(_STILL)


def await_pages(tab: Tab) -> None:
    """Where a dossier is beside what is done with it, waits until its first page is drawn."""
    if tab.locator("[data-viewer], #dossier.room-viewer").count():
        tab.locator(".viewer-page--drawn, .viewer-note").first.wait_for()
