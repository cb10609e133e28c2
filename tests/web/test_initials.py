"""Initials of jurors: the same person's are the same before all dossiers of a session."""

from web.views.seats import initials, seats_of

NAMES = {1: "Jeanne Juret", 2: "Jean Jullien", 3: "Awa Diop", 4: "Jules Jurand", 5: "Odile", 6: "Odile"}


def test_no_two_are_the_same_whatever_the_order() -> None:
    given = initials(NAMES)
    assert given == {1: "JJure", 2: "JJul", 3: "AD", 4: "JJura", 5: "Odile5", 6: "Odile6"}
    assert initials(dict(reversed(NAMES.items()))) == given


def test_they_do_not_depend_on_who_withdraws_or_has_answered() -> None:
    there, jury = {1: NAMES[1], 3: NAMES[3]}, (1, 2, 3)
    of_all = {
        seat.person_id: seat.initials
        for withdrawn, answered in ((frozenset({1}), ()), (frozenset({3}), (2,)), (frozenset(), ()))
        for seat in seats_of(there, withdrawn, NAMES, answered, jury)
    }
    assert of_all == {1: "JJur", 2: "JJul", 3: "AD"}
