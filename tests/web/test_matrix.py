"""Who is answered what, at every address of the room: role by role, in one table."""

from collections.abc import Iterator, Mapping

import pytest
from httpx2 import Response

from tests.databases import Bare, Picture
from tests.web import surface as surfaces
from tests.web.requests import routes, written
from tests.web.surface import NOBODY, ROLES, Surface
from web.security.forms import SAFE
from web.security.headers import POLICY

# The columns are ROLES: nobody, administrator, instructor, juror who reads the dossier, juror in conflict with it,
# juror who was not given it, juror who reads it and chairs, auditor. 303 without a session is the way to the door;
# 409 is what a form gets whose page showed something else.
TABLE = """
                                                                              nob adm ins jur con out cha aud
GET  /                                                                        303 303 303 303 303 303 303 303
GET  /connexion                                                               200 303 303 303 303 303 303 303
POST /connexion                                                               303 303 303 303 303 303 303 303
POST /deconnexion                                                             401 303 303 303 303 303 303 303
GET  /preferences                                                             303 200 200 200 200 200 200 200
POST /preferences                                                             401 303 303 303 303 303 303 303
GET  /connexion/externe                                                       404 404 404 404 404 404 404 404
GET  /connexion/retour                                                        404 404 404 404 404 404 404 404
GET  /aide                                                                    303 303 303 303 303 303 303 303
GET  /aide/{guide}                                                            303 200 200 200 200 200 200 200
GET  /aide/images/{image}                                                     303 200 200 200 200 200 200 200
GET  /dossiers/{dossier_id}/fichiers/{position}                               303 200 200 200 404 404 200 200
GET  /dossiers/{dossier_id}/recus                                             303 200 200 403 403 403 403 200
GET  /dossiers/{dossier_id}/recus/{deposit}/{position}                        303 200 200 403 403 403 403 200
GET  /dossiers/{dossier_id}/mots                                              303 200 200 200 404 404 200 200
POST /dossiers/{dossier_id}/selection                                         401 200 200 200 404 404 200 200
GET  /dossiers/{dossier_id}                                                   303 200 200 403 403 403 403 200
GET  /dossiers/{dossier_id}/recherche                                         303 200 200 403 403 403 403 200
POST /dossiers/{dossier_id}/decisions                                         401 303 303 403 403 403 403 403
GET  /dossiers/{dossier_id}/analyse.json                                      303 200 200 403 403 403 403 200
GET  /dossiers/{dossier_id}/courrier                                          303 200 200 403 403 403 403 200
POST /dossiers/{dossier_id}/courrier                                          401 303 303 403 403 403 403 403
POST /dossiers/{dossier_id}/courrier.docx                                     401 200 200 403 403 403 403 403
GET  /dossiers/{dossier_id}/courrier/envoi                                    303 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/courrier/envoi                                    401 303 303 403 403 403 403 403
GET  /dossiers/{dossier_id}/courriers/{number}.docx                           303 200 200 403 403 403 403 200
GET  /dossiers/{dossier_id}/courriers/{number}                                303 200 200 403 403 403 403 200
POST /dossiers/{dossier_id}/courriers/{number}                                401 303 303 403 403 403 403 403
GET  /appels/{call_id}/corrections                                            303 200 200 403 403 403 403 403
POST /appels/{call_id}/corrections                                            401 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/etat                                              401 303 303 403 403 403 403 403
POST /dossiers/{dossier_id}/instruction                                       401 303 303 403 403 403 403 403
POST /dossiers/{dossier_id}/etiquettes                                        401 303 303 403 403 403 403 403
POST /dossiers/{dossier_id}/notes                                             401 303 303 403 403 403 403 403
POST /dossiers/{dossier_id}/notes/brouillon                                   401 200 200 403 403 403 403 403
POST /dossiers/{dossier_id}/nouvel-essai                                      401 303 303 403 403 403 403 403
GET  /journal                                                                 303 200 403 403 403 403 403 200
POST /journal/verifier                                                        401 303 403 403 403 403 403 303
GET  /journal/verification                                                    303 200 403 403 403 403 403 200
GET  /journal.csv                                                             303 200 403 403 403 403 403 200
GET  /comptes                                                                 303 200 403 403 403 403 403 403
GET  /comptes/nouveau                                                         303 200 403 403 403 403 403 403
POST /comptes/nouveau                                                         401 200 403 403 403 403 403 403
GET  /comptes/{person_id}                                                     303 200 403 403 403 403 403 403
POST /comptes/{person_id}/nom                                                 401 303 403 403 403 403 403 403
POST /comptes/{person_id}/role                                                401 303 403 403 403 403 403 403
POST /comptes/{person_id}/mot-de-passe                                        401 200 403 403 403 403 403 403
POST /comptes/{person_id}/etat                                                401 303 403 403 403 403 403 403
GET  /preferences/mot-de-passe                                                303 200 200 200 200 200 200 200
POST /preferences/mot-de-passe                                                401 303 303 303 303 303 303 303
GET  /audit                                                                   303 403 403 403 403 403 403 200
GET  /audit/{call_id}                                                         303 403 403 403 403 403 403 200
GET  /audit/{call_id}/ecarts                                                  303 403 403 403 403 403 403 200
GET  /audit/{call_id}/decisions                                               303 403 403 403 403 403 403 200
GET  /audit/{call_id}/decisions.csv                                           303 403 403 403 403 403 403 200
GET  /audit/dossiers/{dossier_id}                                             303 403 403 403 403 403 403 200
POST /audit/{call_id}/echantillons                                            401 403 403 403 403 403 403 303
GET  /audit/{call_id}/echantillons/{sample_id}                                303 403 403 403 403 403 403 200
POST /audit/{call_id}/echantillons/{sample_id}/controles                      401 403 403 403 403 403 403 303
GET  /audit/{call_id}/echantillons/{sample_id}/rapport                        303 403 403 403 403 403 403 200
POST /audit/{call_id}/echantillons/{sample_id}/rapport                        401 403 403 403 403 403 403 303
GET  /audit/{call_id}/echantillons/{sample_id}/rapport.xlsx                   303 403 403 403 403 403 403 200
GET  /appels                                                                  303 200 200 403 403 403 403 200
GET  /appels/ouvrir                                                           303 200 200 403 403 403 403 403
POST /appels/ouvrir                                                           401 303 303 403 403 403 403 403
POST /appels/fichier                                                          401 303 303 403 403 403 403 403
GET  /appels/{call_id}                                                        303 200 200 200 200 200 200 200
GET  /appels/{call_id}/reglages                                               303 200 200 403 403 403 403 403
POST /appels/{call_id}/reglages                                               401 303 303 403 403 403 403 403
POST /appels/{call_id}/etat                                                   401 303 303 403 403 403 403 403
POST /appels/{call_id}/jury                                                   401 303 303 403 403 403 403 403
GET  /appels/{call_id}/depots                                                 303 200 200 403 403 403 403 200
POST /appels/{call_id}/depots/ouvrir                                          401 201 201 403 403 403 403 403
POST /appels/{call_id}/depots                                                 401 303 303 403 403 403 403 403
POST /depots/{intake_id}/fichiers                                             401 201 201 403 403 403 403 403
POST /depots/{intake_id}/ecartes                                              401 201 201 403 403 403 403 403
POST /depots/{intake_id}/deposer                                              401 303 303 403 403 403 403 403
GET  /depots/{intake_id}                                                      303 200 200 403 403 403 403 200
GET  /depots/{intake_id}/suivi                                                303 200 200 403 403 403 403 200
POST /depots/{intake_id}/reessayer                                            401 303 303 403 403 403 403 403
GET  /depots/{intake_id}/a-preciser/{position}/{place}                        303 200 200 403 403 403 403 200
POST /depots/{intake_id}/reponses                                             401 303 303 403 403 403 403 403
GET  /deliberations                                                           303 403 200 200 200 200 200 200
GET  /deliberations/nouvelle                                                  303 403 200 403 403 403 403 403
POST /deliberations/nouvelle                                                  401 403 303 403 403 403 403 403
GET  /deliberations/{session_id}                                              303 403 200 200 200 404 200 200
GET  /deliberations/{session_id}/modifier                                     303 403 200 403 403 403 403 403
POST /deliberations/{session_id}/modifier                                     401 403 303 403 403 403 403 403
GET  /deliberations/{session_id}/etat                                         303 403 403 403 403 404 200 403
POST /deliberations/{session_id}/etat                                         401 403 403 403 403 404 303 403
GET  /deliberations/{session_id}/presents                                     303 403 200 403 403 404 200 403
POST /deliberations/{session_id}/presents                                     401 403 303 403 403 404 303 403
GET  /deliberations/{session_id}/dossiers/{dossier_id}                        303 403 200 200 404 404 200 200
GET  /deliberations/{session_id}/dossiers/{dossier_id}/etat                   303 403 200 200 404 404 200 200
POST /deliberations/{session_id}/dossiers/{dossier_id}/reperes/{marker_id}    401 403 403 403 403 404 303 403
POST /deliberations/{session_id}/dossiers/{dossier_id}/items/{kind}/{item_id} 401 403 403 403 403 404 303 403
POST /deliberations/{session_id}/dossiers/{dossier_id}/suite                  401 403 403 403 403 404 303 403
POST /deliberations/{session_id}/dossiers/{dossier_id}/arret                  401 403 403 403 403 404 303 403
GET  /deliberations/{session_id}/comparaison                                  303 403 200 200 303 404 200 200
GET  /deliberations/{session_id}/accord                                       303 403 200 200 200 404 200 200
GET  /deliberations/{session_id}/proces-verbal                                303 403 200 200 200 404 200 200
GET  /deliberations/{session_id}/proces-verbal.docx                           303 403 200 200 200 404 200 200
GET  /jury                                                                    303 403 403 200 200 200 200 403
GET  /jury/dossiers/{dossier_id}                                              303 403 403 200 404 404 200 403
POST /jury/dossiers/{dossier_id}/declaration                                  401 403 403 303 404 404 303 403
GET  /jury/dossiers/{dossier_id}/conflit                                      303 403 403 200 404 404 200 403
POST /jury/dossiers/{dossier_id}/soumission                                   401 403 403 409 404 404 409 403
GET  /jury/dossiers/{dossier_id}/lecture                                      303 403 403 200 404 404 200 403
POST /jury/dossiers/{dossier_id}/reperes/{marker_id}/passages                 401 403 403 200 404 404 200 403
POST /jury/dossiers/{dossier_id}/reperes/{marker_id}/brouillon                401 403 403 200 404 404 409 403
POST /jury/dossiers/{dossier_id}/reperes/{marker_id}/soumission               401 403 403 303 404 404 409 403
GET  /jury/dossiers/{dossier_id}/ma-lecture                                   303 403 403 200 404 404 200 403
GET  /jury/releve                                                             303 403 403 200 200 200 200 403
GET  /jury/releve.xlsx                                                        303 403 403 200 200 200 200 403
GET  /jury/dossiers/{dossier_id}/faisabilite                                  303 403 403 200 404 404 200 403
GET  /jury/dossiers/{dossier_id}/synthese                                     303 403 403 404 404 404 404 403
POST /jury/dossiers/{dossier_id}/{name}/brouillon                             401 403 403 200 404 404 200 403
POST /jury/dossiers/{dossier_id}/{name}/soumission                            401 403 403 303 404 404 303 403
GET  /appels/{call_id}/dossiers                                               303 200 200 403 403 403 403 200
GET  /appels/{call_id}/dossiers.xlsx                                          303 200 200 403 403 403 403 200
GET  /appels/{call_id}/dossiers.csv                                           303 200 200 403 403 403 403 200
GET  /appels/{call_id}/dossiers/extraits                                      303 200 200 403 403 403 403 200
GET  /appels/{call_id}/dossiers/courriers.zip                                 303 200 200 403 403 403 403 200
POST /appels/{call_id}/dossiers/actions                                       401 303 303 403 403 403 403 403
POST /appels/{call_id}/dossiers/actions/{number}/annuler                      401 303 303 403 403 403 403 403
POST /appels/{call_id}/vues                                                   401 303 303 403 403 403 403 403
POST /appels/{call_id}/vues/{view_id}/retirer                                 401 404 303 403 403 403 403 403
POST /appels/{call_id}/colonnes                                               401 303 303 403 403 403 403 303
GET  /mes-dossiers                                                            303 200 200 403 403 403 403 403
"""


def _expected() -> Mapping[str, tuple[int, ...]]:
    lines = [line.split() for line in TABLE.strip().splitlines()[1:]]
    return {" ".join(words[:2]): tuple(int(word) for word in words[2:]) for words in lines}


EXPECTED = _expected()
_TOLD = frozenset({"journal", "journal_head"})
_OWN_POLICY = "default-src 'none'; sandbox"  # of applicants' files


@pytest.fixture(scope="module")
def surface(tmp_path_factory: pytest.TempPathFactory, bare: Bare) -> Iterator[Surface]:
    with surfaces.surface(tmp_path_factory.mktemp("matrix"), bare, opened=True) as made:
        yield made


def test_every_address_has_its_line_and_every_line_its_address() -> None:
    assert list(EXPECTED) == list(dict.fromkeys(EXPECTED))
    assert set(EXPECTED) == set(routes())
    assert {len(statuses) for statuses in EXPECTED.values()} == {len(ROLES)}


@pytest.mark.parametrize("route", EXPECTED)
def test_each_role_is_answered_what_the_table_says(surface: Surface, route: str) -> None:
    """Who is refused changes nothing at all, and no reading changes more than the journal."""
    method, address, more = written(route, surface.names)
    before = surface.kept.picture()
    answered = []
    for role in ROLES:
        answer = surface.ask(role, method, address, **more)
        answered.append(answer.status_code)
        _is_shut(answer)
        if role == NOBODY and method == "GET" and answer.status_code == 303:
            assert answer.headers["location"].startswith("/connexion")
        changed = _changed(before, surface.kept.picture())
        if answer.status_code >= 400:
            assert changed == frozenset(), role
        if method in SAFE:
            assert changed <= _TOLD, role
        if changed or method not in SAFE:
            surface.put_back()
    assert tuple(answered) == EXPECTED[route]


@pytest.mark.parametrize("route", [route for route in EXPECTED if route.split()[0] not in SAFE])
def test_nothing_changes_without_the_token_of_the_session(surface: Surface, route: str) -> None:
    """Nor for a page of another site, which the browser names."""
    method, address, more = written(route, surface.names)
    before = surface.kept.picture()
    able = [role for role, status in zip(ROLES[1:], EXPECTED[route][1:], strict=True) if status < 400 or status == 409]
    elsewhere = {**more, "headers": {**more.get("headers", {}), "origin": "https://ailleurs.example"}}
    assert surface.ask(able[0], method, address, **elsewhere).status_code == 403
    if route != "POST /connexion":  # the door has no session yet
        assert surface.ask(able[0], method, address, signed=False, **more).status_code == 403
    assert _changed(before, surface.kept.picture()) == frozenset()


def _changed(before: Picture, after: Picture) -> frozenset[str]:
    """The tables that do not hold the same."""
    return frozenset(table for table in before if before[table] != after[table])


def _is_shut(answer: Response) -> None:
    """The headers that every answer has."""
    assert answer.headers["content-security-policy"] in (POLICY, _OWN_POLICY)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "private, no-store"
