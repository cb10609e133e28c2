"""Corrections as a file: JSON lines, the first of which says what they are."""

import json
from collections.abc import Iterator, Mapping, Sequence

from pipeline.calls.model import Call
from store.people.corrections import ChosenPassage, Correction
from store.people.decisions import Kind
from web.views.machine import SETTLEMENTS

_ABOUT = (
    "Ce que des personnes ont corrigé de ce que Repères avait dit des dossiers d’un appel, sans le nom de personne. "
    "Une ligne par correction. nature « champ », « fait » ou « type » : programme et personne disent chacun leur mot "
    "(programme : null, un fait qu’il n’avait pas lu). nature « constat » : une personne le dit sans problème. "
    "nature « passage » : gardé, écarté ou ajouté par un juré pour un repère. "
    "document : empreinte de la lecture du dossier. Les textes viennent de dossiers confidentiels. "
    "« reperes train --also » n’en lit rien tel quel : il faut en faire des candidatures étiquetées ligne à ligne "
    "(guide d’annotation, partie 8)."
)
_NATURES = {Kind.FIELD: "champ", Kind.FACT: "fait", Kind.FINDING: "constat", Kind.TYPE: "type"}
_CHOICES = {"kept": "gardé", "aside": "écarté", "added": "ajouté"}


def json_lines(call: Call, corrections: Sequence[Correction], passages: Sequence[ChosenPassage]) -> bytes:
    """The bytes of the file (UTF-8)."""
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in _lines(call, corrections, passages)).encode()


def _lines(
    call: Call, corrections: Sequence[Correction], passages: Sequence[ChosenPassage]
) -> Iterator[Mapping[str, object]]:
    yield {"lisez-moi": _ABOUT, "appel": call.id, "empreinte_appel": call.digest}
    for one in corrections:
        nature = _NATURES[one.kind]
        about = {"nature": nature, **({nature: one.key} if one.key else {})}
        person = SETTLEMENTS[str(one.person)] if one.kind is Kind.FINDING else one.person
        yield {**about, "document": one.document, "programme": one.machine, "personne": person}
    for passage in passages:
        yield {
            "nature": "passage",
            "repere": passage.marker,
            "document": passage.document,
            "debut": passage.start,
            "fin": passage.end,
            "texte": passage.quote,
            "choix": _CHOICES[passage.choice],
        }
