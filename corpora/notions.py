"""The notions behind the calls' markers (`markers.toml`): markers of different calls that mean the same share one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from corpora.collection import HERE
from pipeline.calls.catalogue import built_in_calls
from pipeline.calls.parser import load_call

NOTIONS = HERE / "markers.toml"


@dataclass(frozen=True, slots=True)
class Notion:
    """`markers` gives the marker's id in each built-in call that has it; `title` and `definition` are French."""

    id: str
    title: str
    definition: str
    markers: Mapping[str, str]


@cache
def load_notions() -> dict[str, Notion]:
    """The notions by id, in the order of the file.

    Raises:
        KeyError: a notion lacks its title or definition.
    """
    data = tomllib.loads(NOTIONS.read_text("utf-8"))
    named = [(call, marker) for call in built_in_calls() for marker in load_call(call).markers]
    return {
        id_: Notion(
            id_,
            entry["title"],
            entry["definition"],
            {call: marker.id for call, marker in named if marker.notion == id_},
        )
        for id_, entry in data.items()
    }


def notion_of(call: str, marker: str) -> Notion:
    """The notion of a call's marker.

    Raises:
        KeyError: no notion names it.
    """
    for notion in load_notions().values():
        if notion.markers.get(call) == marker:
            return notion
    raise KeyError(f"{call}/{marker}")
