from store.people.agreement import Agreement, agreement


def _levels(*rows: str) -> dict[tuple[int, str], int]:
    """A row per juror, a character per dossier: a level, or « . » for none."""
    return {
        (juror, str(dossier)): int(level)
        for juror, row in enumerate(rows)
        for dossier, level in enumerate(row)
        if level != "."
    }


def test_jurors_of_one_mind_agree_fully() -> None:
    found = agreement(_levels("0123", "0123", "0123"), 4)
    assert found == Agreement(1.0, 4, 3)


def test_near_levels_agree_more_than_far_ones() -> None:
    near, far = agreement(_levels("0123", "1123"), 4), agreement(_levels("0123", "3123"), 4)
    assert near.alpha is not None
    assert far.alpha is not None
    assert near.alpha > far.alpha


def test_two_jurors_on_one_dossier_say_nothing() -> None:
    assert agreement(_levels("1", "2"), 4) == Agreement(None, 1, 2)
    assert agreement(_levels("12", "1."), 4) == Agreement(None, 1, 2)


def test_one_answer_for_all_leaves_nothing_to_agree_on() -> None:
    assert agreement(_levels("111", "111"), 4) == Agreement(None, 3, 2)


def test_what_only_one_juror_read_is_left_aside() -> None:
    assert agreement(_levels("0123", "01.."), 4) == Agreement(1.0, 2, 2)
