"""Which section of the guide speaks of a screen: the one place that says so."""

from collections.abc import Mapping

TOPICS: Mapping[str, tuple[str, str]] = {
    # address, as its route is written: page, section ("": the whole page)
    "/preferences": ("salle", "ce-qui-est-commun-a-tous-les-roles"),
    "/comptes": ("salle-administration", "les-comptes"),
    "/appels": ("salle-administration", "les-appels"),
    "/appels/{call_id}/depots": ("salle-instruction", "deposer"),
    "/appels/{call_id}/dossiers": ("salle-instruction", "trier"),
    "/appels/{call_id}/corrections": ("salle-instruction", "rendre-service-au-programme-par-choix"),
    "/depots": ("salle-instruction", "deposer"),
    "/mes-dossiers": ("salle-instruction", "trier"),
    "/dossiers": ("salle-instruction", "instruire-un-dossier"),
    "/dossiers/{dossier_id}/recus": ("salle-instruction", "ajouter-des-pieces-revoir-ce-qui-a-ete-recu"),
    "/dossiers/{dossier_id}/courrier": ("salle-instruction", "demander-des-pieces"),
    "/dossiers/{dossier_id}/courriers": ("salle-instruction", "demander-des-pieces"),
    "/jury": ("salle-jury", ""),
    "/jury/releve": ("salle-jury", "relire-et-imprimer"),
    "/jury/dossiers": ("salle-jury", "avant-d-ouvrir-le-conflit-d-interets"),
    "/jury/dossiers/{dossier_id}/lecture": ("salle-jury", "la-salle-de-lecture"),
    "/jury/dossiers/{dossier_id}/ma-lecture": ("salle-jury", "relire-et-imprimer"),
    "/jury/dossiers/{dossier_id}/faisabilite": ("salle-jury", "faisabilite-et-synthese-selon-l-appel"),
    "/jury/dossiers/{dossier_id}/synthese": ("salle-jury", "faisabilite-et-synthese-selon-l-appel"),
    "/deliberations": ("salle-deliberation", ""),
    "/deliberations/nouvelle": ("salle-deliberation", "prevoir-la-seance-instruction"),
    "/deliberations/{session_id}/modifier": ("salle-deliberation", "prevoir-la-seance-instruction"),
    "/deliberations/{session_id}/etat": ("salle-deliberation", "ouvrir-la-seance-presidence"),
    "/deliberations/{session_id}/presents": (
        "salle-deliberation",
        "reprendre-un-autre-jour-ou-avec-d-autres-presents",
    ),
    "/deliberations/{session_id}/dossiers": ("salle-deliberation", "devant-un-dossier"),
    "/deliberations/{session_id}/comparaison": ("salle-deliberation", "voir-ensemble"),
    "/deliberations/{session_id}/accord": ("salle-deliberation", "voir-ensemble"),
    "/deliberations/{session_id}/proces-verbal": ("salle-deliberation", "clore"),
    "/audit": ("salle-audit", "audit"),
    "/audit/dossiers": ("salle-audit", "un-dossier"),
    "/journal": ("salle-audit", "journal"),
}
"""An address that has no line of its own has that of the one above it."""


def topic_of(route: str) -> str:
    """Where in the guide the page at a route is spoken of; empty where nowhere."""
    while route:
        if route in TOPICS:
            name, section = TOPICS[route]
            return f"/aide/{name}#{section}" if section else f"/aide/{name}"
        route = route.rpartition("/")[0]
    return ""
