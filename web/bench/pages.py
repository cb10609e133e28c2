"""The pages that the measure asks for, role by role; `web.bench.walk` says what stands for the names in braces."""

from collections.abc import Mapping

from store.people.viewers import Role

_TABLE = "/appels/{call}/dossiers"

PAGES: Mapping[Role, tuple[tuple[str, str], ...]] = {
    Role.INSTRUCTOR: (
        ("Appels", "/appels"),
        ("Appel", "/appels/{call}"),
        ("Appel à ouvrir", "/appels/ouvrir"),
        ("Réglages de l’appel", "/appels/{call}/reglages"),
        ("Tableau", _TABLE),
        ("Tableau, dernière page", f"{_TABLE}?page={{last}}"),
        ("Tableau, champ absent et département", f"{_TABLE}?absent=3&departement=33&departement=64"),
        ("Tableau, recherche d’un mot", f"{_TABLE}?recherche=association"),
        ("Tableau, recherche d’une expression", f"{_TABLE}?recherche=%22aide+demand%C3%A9e%22+habitants"),
        ("Tableau, extrait d’un dossier", f"{_TABLE}/extraits?recherche=association&dossier={{dossier}}"),
        ("Tableau, trié par aide", f"{_TABLE}?tri=aide"),
        ("Tableau, trié par jurés", f"{_TABLE}?tri=jury"),
        ("Tableau, trié par type retenu", f"{_TABLE}?tri=type-retenu"),
        ("Tableau, trié par étiquettes", f"{_TABLE}?tri=etiquettes"),
        ("Tableau, ressemblances", f"{_TABLE}?ressemblance=oui&tri=ressemblances"),
        (
            "Tableau, à instruire, décidé en partie, par type retenu",
            f"{_TABLE}?etat=a-instruire&decisions=en-cours&tri=type-retenu",
        ),
        ("Tableau, aide corrigée ou lue", f"{_TABLE}?aide-min=20000&tri=-aide"),
        ("Mes dossiers (instruction)", "/mes-dossiers"),
        ("Dépôts", "/appels/{call}/depots"),
        ("Dépôt", "/depots/{intake}"),
        ("Dépôt, suivi", "/depots/{intake}/suivi"),
        ("Dossier", "/dossiers/{dossier}"),
        ("Dossier, dans un filtre", "/dossiers/{dossier}?filtre=tri%3Daide"),
        ("Dossier, recherche", "/dossiers/{dossier}/recherche?chercher=habitants"),
        ("Dossier, fichiers reçus", "/dossiers/{dossier}/recus"),
        ("Dossier, PDF d’un dépôt", "/dossiers/{dossier}/recus/1/0"),
        ("Dossier, courrier", "/dossiers/{dossier}/courrier"),
        ("Dossier, PDF", "/dossiers/{dossier}/fichiers/0"),
        ("Dossier, mots d’une page", "/dossiers/{dossier}/mots?file=0&page=1"),
        ("Dossier, analyse en JSON", "/dossiers/{dossier}/analyse.json"),
        ("Corrections de l’appel", "/appels/{call}/corrections"),
        ("Délibérations", "/deliberations"),
        ("Nouvelle séance", "/deliberations/nouvelle?appel={call}"),
        ("Séance", "/deliberations/{session}"),
        ("Séance, modification", "/deliberations/{session}/modifier"),
        ("Séance, présents", "/deliberations/{session}/presents"),
        ("Préférences", "/preferences"),
        ("Aide", "/aide/salle-instruction"),
    ),
    Role.JUROR: (
        ("Bureau du juré", "/jury?appel={call}"),
        ("Bureau du juré, recherche", "/jury?appel={call}&q=association"),
        ("Bureau du juré, à lire", "/jury?appel={call}&etat=to-read"),
        ("Déclaration", "/jury/dossiers/{undeclared}"),
        ("Dossier du juré", "/jury/dossiers/{mine}"),
        ("Conflit d’intérêts", "/jury/dossiers/{mine}/conflit"),
        ("Salle de lecture", "/jury/dossiers/{mine}/lecture"),
        ("Ma lecture", "/jury/dossiers/{mine}/ma-lecture"),
        ("Grille de faisabilité", "/jury/dossiers/{second}/faisabilite"),
        ("Relevé du juré", "/jury/releve?appel={call}"),
        ("Délibérations (juré)", "/deliberations"),
        ("Séance (juré)", "/deliberations/{session}"),
        ("Dossier devant le jury", "/deliberations/{session}/dossiers/{brought}"),
        ("Dossier devant le jury, état", "/deliberations/{session}/dossiers/{brought}/etat"),
        ("Comparaison", "/deliberations/{session}/comparaison?dossier={brought}"),
        ("Accord des jurés", "/deliberations/{session}/accord"),
        ("Procès-verbal", "/deliberations/{session}/proces-verbal"),
    ),
    Role.AUDITOR: (
        ("Tableau (audit)", _TABLE),
        ("Dossier (audit)", "/dossiers/{dossier}"),
        ("Audit", "/audit"),
        ("Audit de l’appel", "/audit/{call}"),
        ("Écarts", "/audit/{call}/ecarts?{difference}"),
        ("Décisions contre le programme", "/audit/{call}/decisions?sens=against"),
        ("Décisions d’une personne", "/audit/{call}/decisions?qui={person}&vigueur=oui"),
        ("Avant le rapport", "/audit/{call}/echantillons/{sample}/rapport"),
        ("Dossier audité", "/audit/dossiers/{dossier}"),
        ("Échantillon", "/audit/{call}/echantillons/{sample}"),
        ("Journal", "/journal"),
        ("Journal, sa vérification", "/journal/verification"),
        ("Journal d’un dossier", "/journal?dossier={dossier}"),
        ("Journal d’un appel", "/journal?appel={call}"),
        ("Journal d’une personne", "/journal?acteur=person%3A{person}"),
        ("Journal, une action", "/journal?action=score-submitted"),
        ("Journal, une action rare", "/journal?action=session-planned"),
        ("Journal, un jour", "/journal?du=2016-01-01&au=2016-01-02"),
    ),
    Role.ADMINISTRATOR: (
        ("Comptes", "/comptes"),
        ("Comptes, jurés", "/comptes?role=juror"),
        ("Compte", "/comptes/{person}"),
        ("Nouveau compte", "/comptes/nouveau"),
        ("Mot de passe", "/preferences/mot-de-passe"),
        ("Journal (administration)", "/journal"),
    ),
}

EXPORTS: Mapping[Role, tuple[tuple[str, str], ...]] = {
    Role.INSTRUCTOR: (
        ("Tableau en CSV, tous les dossiers", f"{_TABLE}.csv"),
        ("Courriers de tous les dossiers", f"{_TABLE}/courriers.zip"),
        ("Tableau en XLSX, tous les dossiers", f"{_TABLE}.xlsx"),
    ),
    Role.JUROR: (
        ("Relevé du juré en XLSX", "/jury/releve.xlsx?appel={call}"),
        ("Procès-verbal en DOCX", "/deliberations/{session}/proces-verbal.docx"),
    ),
    Role.AUDITOR: (
        ("Rapport d’audit en XLSX", "/audit/{call}/echantillons/{sample}/rapport.xlsx"),
        ("Décisions en CSV, toutes", "/audit/{call}/decisions.csv"),
        ("Journal en CSV, tous les événements", "/journal.csv"),
    ),
}
"""Files to take away, which take the time that they take: told apart from pages."""

NOT_ASKED: Mapping[str, str] = {
    "/": "leads elsewhere",
    "/aide": "leads to the page of the guide for the role",
    "/aide/images/{image}": "a file, for which the store is asked nothing",
    "/connexion": "for who is not logged in: it asks the store nothing",
    "/connexion/externe": "leads to the sign-on server",
    "/connexion/retour": "is come to from the sign-on server",
    "/deliberations/{session_id}/etat": "for the chair alone, once a session: the walk does not say who chairs",
    "/dossiers/{dossier_id}/courrier/envoi": "the same is read as for the letter that is being written",
    "/dossiers/{dossier_id}/courriers/{number}": "the same is read as for the letter that is being written",
    "/dossiers/{dossier_id}/courriers/{number}.docx": "one letter: those of all dossiers are asked for",
    "/depots/{intake_id}/a-preciser/{position}/{place}": "no deposit of the measure waits for an answer",
    "/jury/dossiers/{dossier_id}/synthese": "this call has no synthesis; the feasibility grid is the same page",
}
"""Addresses of the room that are not asked for, with why."""
