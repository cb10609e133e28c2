"""Signs of markers: a code and a colour, which tell them apart in a call and relate them from one call to another."""

from dataclasses import replace

import pytest

from pipeline.calls.parser import load_call
from web.views.markers import COLOURS, signs_of

CALLS = ("alpc-2016", "aquitaine-2014", "hauts-de-france-2017")


@pytest.mark.parametrize("call_id", CALLS)
def test_no_two_markers_of_a_call_look_alike(call_id: str) -> None:
    signs = signs_of(load_call(call_id)).values()
    assert len({sign.label for sign in signs}) == len({sign.colour for sign in signs}) == len(signs) == COLOURS
    assert all(sign.label == sign.label.upper() for sign in signs)


def test_what_means_the_same_has_the_same_colour_in_all_calls() -> None:
    colours: dict[str, set[int]] = {}
    for call_id in CALLS:
        call = load_call(call_id)
        for marker in call.markers:
            assert marker.notion is not None
            colours.setdefault(marker.notion, set()).add(signs_of(call)[marker.id].colour)
    assert all(len(each) == 1 for each in colours.values())


def test_markers_of_no_known_notion_take_the_colours_that_are_left() -> None:
    call = load_call("alpc-2016")
    markers = tuple(replace(marker, notion=None) for marker in call.markers[:6]) + call.markers[6:]
    assert {sign.colour for sign in signs_of(replace(call, markers=markers)).values()} == set(range(COLOURS))
    more = (*markers, replace(markers[0], id="autre", title="Autre repère"))
    assert len(signs_of(replace(call, markers=more))) == COLOURS + 1


def test_labels_that_would_be_the_same_grow() -> None:
    call = load_call("alpc-2016")
    titles = ("Gouvernance", "Gouvernail", "Place des lieux", "Prix du lien")
    markers = tuple(replace(call.markers[0], id=str(place), title=title) for place, title in enumerate(titles))
    assert [sign.label for sign in signs_of(replace(call, markers=markers)).values()] == ["GOU", "GOUV", "PL", "PLI"]
