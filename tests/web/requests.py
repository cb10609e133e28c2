"""What is sent to each address of the room: forms as its pages send them, which only a permission keeps from acting.

Names in braces are those of `Surface.names`.
"""

import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

from starlette.routing import Route

from tests.web.conftest import PASSWORD
from web.screens import ROUTERS

_A_CALL = resources.files("pipeline.calls").joinpath("data", "aquitaine-2014.toml").read_bytes()
_PDF = b"%PDF-1.4"
_JSON = {"accept": "application/json"}
_NEW = "quatre mots sans rapport"
_PLAN: Mapping[str, str | list[str]] = {
    "appel": "{call_id}",
    "title": "Troisième",
    "held_on": "2016-10-05",
    "chair": "{chair}",
    "jurors": ["{chair}", "{person_id}"],
    "dossier": ["{dossier_id}"],
}
_PRESENT: Mapping[str, str | list[str]] = {
    "held_on": "2016-09-29",
    "chair": "{chair}",
    "present": ["{person_id}"],
    "replaces": "{presence}",
}
_BOXES = [{"file": 0, "page": 1, "boxes": [[0, 0, 595, 842]]}]

SENT: Mapping[str, Mapping[str, Any]] = {
    "POST /connexion": {"data": {"login": "juror", "password": PASSWORD}},
    "POST /preferences": {"data": {"single_keys": "true"}},
    "POST /preferences/mot-de-passe": {"data": {"present": PASSWORD, "password": _NEW, "again": _NEW}},
    "GET /dossiers/{dossier_id}": {"params": {"chercher": "lavoir"}},
    "GET /dossiers/{dossier_id}/mots": {"params": {"file": "0", "page": "1"}},
    "GET /dossiers/{dossier_id}/recherche": {"params": {"chercher": "lavoir"}},
    "POST /dossiers/{dossier_id}/selection": {"json": {"regions": _BOXES}},
    "POST /dossiers/{dossier_id}/decisions": {
        "data": {"kind": "field", "key": "1", "value": "thin", "analysis": "{analysis}"}
    },
    "POST /dossiers/{dossier_id}/etat": {"data": {"state": "pieces-requested"}},
    "POST /dossiers/{dossier_id}/instruction": {"data": {"assignee": ""}},
    "POST /dossiers/{dossier_id}/etiquettes": {"data": {"name": "urgent"}},
    "POST /dossiers/{dossier_id}/notes": {"data": {"note": "Appelé ce matin."}},
    "POST /dossiers/{dossier_id}/notes/brouillon": {"data": {"kind": "field", "key": "1", "note": "À vérifier."}},
    "POST /dossiers/{dossier_id}/courrier": {"data": {"text": "Madame, Monsieur,", "version": "{letter_version}"}},
    "POST /dossiers/{dossier_id}/courrier.docx": {"data": {"text": "Madame, Monsieur,"}},
    "POST /dossiers/{dossier_id}/courrier/envoi": {"data": {"champ": "3", "version": "{letter_version}"}},
    "POST /dossiers/{dossier_id}/courriers/{number}": {"data": {"letter": "{letter}", "act": "retirer"}},
    "POST /comptes/nouveau": {"data": {"login": "quelquun", "name": "Quelqu’un", "role": "administrator"}},
    "POST /comptes/{person_id}/nom": {"data": {"name": "Un autre nom"}},
    "POST /comptes/{person_id}/role": {"data": {"role": "administrator"}},
    "POST /comptes/{person_id}/etat": {"data": {"active": "false"}},
    "GET /audit/{call_id}/ecarts": {"params": {"nature": "field", "verdict": "added", "personne": '"thin"'}},
    "POST /audit/{call_id}/echantillons": {"data": {"taille": "1", "population": "all"}},
    "POST /audit/{call_id}/echantillons/{sample_id}/controles": {
        "data": {"dossier": "{dossier_id}", "result": "conform"}
    },
    "POST /appels/ouvrir": {"data": {"call": "aquitaine-2014"}},
    "POST /appels/fichier": {"files": {"file": ("appel.toml", _A_CALL)}},
    "POST /appels/{call_id}/reglages": {"data": {"quorum": "3", "deadline": "2016-09-06"}},
    "POST /appels/{call_id}/etat": {"data": {"open": "false"}},
    "POST /appels/{call_id}/jury": {"data": {"person": "{person_id}", "place": "none"}},
    "POST /appels/{call_id}/depots/ouvrir": {"data": {"grouping": "separate"}, "headers": _JSON},
    "POST /appels/{call_id}/depots": {"data": {"grouping": "separate"}, "files": {"files": ("b.pdf", _PDF)}},
    "POST /depots/{intake_id}/fichiers": {"content": _PDF, "headers": {"x-chemin": "b.pdf", **_JSON}},
    "POST /depots/{intake_id}/ecartes": {"data": {"path": "c.docx", "reason": "not-a-pdf-file"}, "headers": _JSON},
    "POST /depots/{intake_id}/reessayer": {"data": {"dossier": ""}},
    "POST /depots/{intake_id}/reponses": {"data": {"choice": "replace", "item": "0.1.{dossier_id}"}},
    "GET /deliberations/nouvelle": {"params": {"appel": "{call_id}"}},
    "POST /deliberations/nouvelle": {"data": _PLAN},
    "POST /deliberations/{session_id}/modifier": {"data": _PLAN},
    "GET /deliberations/{session_id}/etat": {},
    "POST /deliberations/{session_id}/etat": {"data": {"etat": "closed"}},
    "POST /deliberations/{session_id}/presents": {"data": _PRESENT},
    "POST /deliberations/{session_id}/dossiers/{dossier_id}/reperes/{marker_id}": {
        "data": {"value": "Faible", "replaces": "{value}"}
    },
    "POST /deliberations/{session_id}/dossiers/{dossier_id}/items/{kind}/{item_id}": {"data": {"value": "A"}},
    "POST /deliberations/{session_id}/dossiers/{dossier_id}/suite": {
        "data": {"outcome": "non-retenu", "replaces": "{outcome}"}
    },
    "POST /deliberations/{session_id}/dossiers/{dossier_id}/arret": {"data": {"arrete": "true"}},
    "GET /deliberations/{session_id}/comparaison": {"params": {"dossier": "{dossier_id}", "avant": "oui"}},
    "GET /jury": {"params": {"q": "lavoir"}},
    "POST /jury/dossiers/{dossier_id}/declaration": {"data": {"lien": "family", "raison": "Ma sœur y travaille."}},
    "POST /jury/dossiers/{dossier_id}/soumission": {"data": {"etat": "relu", "analysis": "{analysis}"}},
    "GET /jury/dossiers/{dossier_id}/lecture": {"params": {"repere": "{marker_id}"}},
    "POST /jury/dossiers/{dossier_id}/reperes/{marker_id}/passages": {
        "data": {"choix": "kept", "document": "{document}", "start": "{start}", "end": "{end}"}
    },
    "POST /jury/dossiers/{dossier_id}/reperes/{marker_id}/brouillon": {
        "data": {"value": "Fort", "comment": "Presque.", "version": "{score}.0"}
    },
    "POST /jury/dossiers/{dossier_id}/reperes/{marker_id}/soumission": {
        "data": {"value": "Faible", "version": "{score}.0", "analysis": "{analysis}"}
    },
    "GET /jury/releve": {"params": {"appel": "{call_id}"}},
    "GET /jury/releve.xlsx": {"params": {"appel": "{call_id}"}},
    "POST /jury/dossiers/{dossier_id}/{name}/brouillon": {"data": {"value-leadership": "A", "version": "0.0"}},
    "POST /jury/dossiers/{dossier_id}/{name}/soumission": {"data": {"value-leadership": "A", "version": "0.0"}},
    "GET /appels/{call_id}/dossiers": {"params": {"recherche": "lavoir"}},
    "POST /appels/{call_id}/dossiers/actions": {
        "data": {"action": "etiquette:{label}", "portee": "filtre", "total": "2"}
    },
    "POST /appels/{call_id}/vues": {"data": {"nom": "Une vue"}},
    "POST /appels/{call_id}/colonnes": {"data": {"colonne": ["etat", "aide"]}},
}
"""What goes with a request, as the test client takes it; nothing with the others."""

_INSTEAD = {
    "GET /depots/{intake_id}/a-preciser/{position}/{place}": {"intake_id": "asked"},
    "POST /depots/{intake_id}/reponses": {"intake_id": "asked"},
    "GET /deliberations/{session_id}/modifier": {"session_id": "planned"},
    "POST /deliberations/{session_id}/modifier": {"session_id": "planned"},
    "GET /dossiers/{dossier_id}/courriers/{number}": {"number": "letter"},
    "GET /dossiers/{dossier_id}/courriers/{number}.docx": {"number": "letter"},
    "POST /dossiers/{dossier_id}/courriers/{number}": {"number": "letter"},
}
"""Where an address takes another of the names than its own."""


def routes() -> tuple[str, ...]:
    """Every address of the room with its method, in the order of the screens."""
    return tuple(
        f"{method} {route.path}"
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, Route)
        for method in sorted(route.methods or ())
    )


def written(route: str, names: Mapping[str, str]) -> tuple[str, str, dict[str, Any]]:
    """Method, address and what goes with it, with these names."""
    method, path = route.split()
    for name, other in _INSTEAD.get(route, {}).items():
        path = path.replace(f"{{{name}}}", f"{{{other}}}")
    return method, _filled(path, names), {key: _filled(value, names) for key, value in SENT.get(route, {}).items()}


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    """The same with the names in their places, however deep."""
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda found: names[found[1]], value)
    if isinstance(value, Mapping):
        return {key: _filled(each, names) for key, each in value.items()}
    return [_filled(each, names) for each in value] if isinstance(value, list) else value
