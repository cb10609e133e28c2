"""Lists page by page, and the menu that says where one is."""

import pytest

from store.people.viewers import Role, Viewer
from web.navigation import menu
from web.views.pages import pages_of, within


@pytest.mark.parametrize(
    ("number", "total", "shown"), [(1, 0, 1), (0, 10, 1), (9, 10, 1), (2, 101, 2), (3, 101, 3), (4, 101, 3)]
)
def test_the_page_shown_is_one_that_there_is(number: int, total: int, shown: int) -> None:
    assert within(number, total, 50) == shown


def test_pages_that_are_far_are_left_out() -> None:
    pages = pages_of(10, 1000, 50, lambda number: f"?page={number}")
    assert [number for number, _ in pages.links] == [1, None, 8, 9, 10, 11, 12, None, 20]
    assert (pages.first, pages.last) == (451, 500)
    assert (pages.previous, pages.next) == ("?page=9", "?page=11")


def test_the_ends_of_a_list() -> None:
    pages = pages_of(2, 51, 50, str)
    assert (pages.first, pages.last, pages.previous, pages.next) == (51, 51, "1", None)
    empty = pages_of(1, 0, 50, str)
    assert (empty.first, empty.last, empty.pages) == (0, 0, 1)


@pytest.mark.parametrize(
    ("role", "path", "label", "itself"),
    [
        (Role.AUDITOR, "/audit", "Audit", True),
        (Role.AUDITOR, "/audit/dossiers/1", "Audit", False),
        (Role.AUDITOR, "/journal", "Journal", True),
        (Role.INSTRUCTOR, "/depots/3/suivi", "Appels", False),
        (Role.INSTRUCTOR, "/dossiers/1/courrier", "Appels", False),
        (Role.JUROR, "/jury/dossiers/1/lecture", "Mes dossiers", False),
        (Role.JUROR, "/deliberations/1", "Délibérations", False),
        (Role.ADMINISTRATOR, "/comptes/nouveau", "Comptes", False),
    ],
)
def test_the_menu_marks_the_part_that_a_page_belongs_to(role: Role, path: str, label: str, itself: bool) -> None:
    current = [(entry.label, entry.itself) for entry in menu(Viewer(1, role), path) if entry.current]
    assert current == [(label, itself)]


def test_the_menu_marks_nothing_elsewhere() -> None:
    assert not any(entry.current for entry in menu(Viewer(1, Role.JUROR), "/preferences"))
