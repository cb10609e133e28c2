"""What the codes of a call are called: its markers, fields, items and outcomes, by its own words."""

from collections.abc import Iterable
from itertools import chain

from pipeline.calls.model import Call, Marker, Statement
from pipeline.labels import FACT_LABELS, FINDING_LABELS, OUTCOME_LABELS, TYPE_LABELS, field_label

_LONGEST = 90  # characters of an item's wording: enough to know it


def named(call: Call | None, key: str, kind: str | None, code: str) -> str | None:
    """What a datum of an event is called, whose `key` and `kind` say what it is a code of; None where nothing does.

    Codes that all calls share need none of them.
    """
    match key, kind:
        case "key", "fact":
            return FACT_LABELS.get(code)
        case "key", "finding":
            return FINDING_LABELS.get(code.partition(":")[0])
        case "key", "note":
            about, _, of = code.partition(":")
            return "type d'innovation" if about == "type" else named(call, "key", about, of)
        case "value", "type":
            return TYPE_LABELS.get(code)
        case "outcome", _ if code in OUTCOME_LABELS:
            return OUTCOME_LABELS[code]
        case _:
            return None if call is None else _of_call(call, key, kind, code)


def _of_call(call: Call, key: str, kind: str | None, code: str) -> str | None:
    match key, kind:
        case "call", _:
            return call.short_title if code == call.id else None
        case "marker", _:
            return _called(call.markers, code)
        case ("key", "field") | ("asked", _):
            return next((field_label(field) for field in call.fields if field.id == code), None)
        case "item", "grid":
            groups = () if call.grid is None else call.grid.groups
            return _called(chain.from_iterable(group.items for group in groups), code)
        case "item", "synthesis":
            return _called(call.synthesis_items, code)
        case "outcome", _:
            return _called(call.outcomes, code)
        case _:
            return None


def _called(known: Iterable[Marker | Statement], code: str) -> str | None:
    found = next((one for one in known if one.id == code), None)
    if found is None:
        return None
    text = (found.text if isinstance(found, Statement) else found.title).strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"
