"""What the measures of the room say."""

from web.bench.measure import Answer
from web.bench.report import pages, table
from web.bench.walk import Step

DESK = Step("Bureau", "/jury")


def test_pages_are_told_by_name_with_their_errors_and_slowest_times() -> None:
    answers = [Answer(DESK, 200, float(spent), spent + 5.0, 7) for spent in range(1, 101)]
    answers.append(Answer(DESK, 500, 1000.0, 1005.0, 9))
    (desk,) = pages(answers)
    assert (desk.asked, desk.errors, desk.statements) == (101, 1, 9)
    assert (desk.median, desk.p95, desk.longest) == (51.0, 96.0, 1000.0)
    (waited,) = pages(answers, waited=True)
    assert (waited.median, waited.longest) == (56.0, 1005.0)
    assert table([desk]).splitlines()[-1] == "| Bureau | 101 | 1 | 9 | 51 | 96 | 1000 |"
