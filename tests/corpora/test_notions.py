"""Every marker of every call has one notion, and every notion names markers that there are."""

import pytest

from corpora.notions import load_notions, notion_of
from pipeline.calls.catalogue import built_in_calls
from pipeline.calls.parser import load_call


@pytest.mark.parametrize("name", built_in_calls())
def test_each_marker_of_a_call_has_its_own_notion(name: str) -> None:
    markers = {marker.id for marker in load_call(name).markers}
    named = [notion.markers[name] for notion in load_notions().values() if name in notion.markers]
    assert sorted(named) == sorted(markers)
    assert len({notion_of(name, marker).id for marker in markers}) == len(markers)


def test_notions_name_known_calls_and_say_what_counts() -> None:
    for notion in load_notions().values():
        assert notion.markers.keys() <= set(built_in_calls())
        assert notion.markers
        assert len(notion.definition.split()) >= 10


def test_markers_of_the_same_meaning_share_a_notion() -> None:
    assert notion_of("aquitaine-2014", "ressources") is notion_of("alpc-2016", "viabilite-economique")


def test_an_unknown_marker_has_none() -> None:
    with pytest.raises(KeyError, match="alpc-2016/couleur"):
        notion_of("alpc-2016", "couleur")
