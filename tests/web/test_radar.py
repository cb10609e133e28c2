import re

from web.templating import environment
from web.views.radar import Line, radar

MARKERS = ("Un", "Deux", "Trois", "Quatre")
SCALE = ("Bas", "Haut")


def test_a_line_goes_through_every_value_and_closes() -> None:
    (trace,) = radar(MARKERS, SCALE, [Line("A", ("Bas", "Haut", "Bas", "Haut"))]).traces
    assert trace.path.count("M") == 4
    assert [point.said for point in trace.points] == [
        "A, Un : Bas", "A, Deux : Haut", "A, Trois : Bas", "A, Quatre : Haut",
    ]  # fmt: skip


def test_a_missing_value_leaves_a_gap() -> None:
    (trace,) = radar(MARKERS, SCALE, [Line("A", ("Bas", None, "Bas", "Haut"))]).traces
    assert trace.path.count("M") == 2
    assert len(trace.points) == 3


def test_the_first_axis_points_up_and_levels_are_apart() -> None:
    graph = radar(MARKERS, SCALE, [Line("A", ("Bas", None, None, None)), Line("B", ("Haut", None, None, None))])
    low, high = (float(re.findall(r"[\d.]+", trace.points[0].path)[1]) for trace in graph.traces)
    assert high < low < graph.height / 2


def test_dossiers_differ_by_more_than_colour() -> None:
    graph = radar(MARKERS, SCALE, [Line(name, ("Bas",) * 4) for name in "ABCD"])
    shapes = {re.sub(r"[\d.]+", "", trace.points[0].path) for trace in graph.traces}
    assert len(shapes) == 4
    assert [trace.look for trace in graph.traces] == ["0", "1", "2", "3"]


def test_answers_of_before_are_drawn_first_and_have_no_shape() -> None:
    lines = [Line("A", ("Bas",) * 4), Line("Juré", ("Haut",) * 4, before=True)]
    graph = radar(MARKERS, SCALE, lines)
    before, after = graph.traces
    assert (before.look, before.key, after.look) == ("juror", "", "0")
    assert re.sub(r"[\d.]+", "", after.key) == re.sub(r"[\d.]+", "", after.points[0].path)
    assert graph.heads == ("A", "Juré")


def test_names_of_levels_hide_nothing_of_the_traces() -> None:
    graph = radar(MARKERS, SCALE, [Line("A", ("Bas",) * 4)])
    shown = '{% from "deliberations/radar.html.j2" import radar %}{{ radar(graph, "Un dossier") }}'
    drawn = environment().from_string(shown).render(graph=graph)
    assert drawn.rindex("radar__level") < drawn.index("radar__line")
    assert f'd="{graph.traces[0].key}"' in drawn
