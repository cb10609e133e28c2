import pytest

from store.database import Store
from store.people import views
from store.people.filters import Filter, read
from store.people.room import Room
from store.people.viewers import Viewer
from store.people.views import InvalidView, View
from tests.store.people.triage_room import CALL, Peopled, peopled

MADE = read("etat=a-instruire&departement=33&tri=-aide").filter


@pytest.fixture
def held(room: Room, store: Store) -> Peopled:
    return peopled(room, store, 1)


def _save(held: Peopled, viewer: Viewer, name: str, made: Filter, *, shared: bool = False, opens: bool = False) -> None:
    with held.room.writing(viewer.actor) as writing:
        views.save(writing, viewer, CALL, name, made, shared=shared, opens=opens)


def _names(held: Peopled, viewer: Viewer) -> list[str]:
    with held.room.reading() as reading:
        return [view.name for view in views.every(reading, viewer, CALL)]


def test_a_view_is_ones_own_unless_it_is_shared(held: Peopled) -> None:
    _save(held, held.instructor, "À moi", MADE)
    _save(held, held.instructor, "Pour tous", Filter(), shared=True)
    assert _names(held, held.instructor) == ["À moi", "Pour tous"]
    assert _names(held, held.other) == ["Pour tous"]
    with held.room.reading() as reading:
        mine = views.every(reading, held.instructor, CALL)[0]
        assert mine == View(1, "À moi", MADE, False, False, held.instructor.id, "Inès Truc")
        assert views.every(reading, held.instructor, "autre") == ()


def test_the_same_name_replaces_and_one_view_opens(held: Peopled) -> None:
    _save(held, held.instructor, "Mienne", Filter(), opens=True)
    _save(held, held.instructor, "Mienne", MADE)
    assert _names(held, held.instructor) == ["Mienne"]
    _save(held, held.instructor, "Autre", Filter(words="x"), opens=True)
    _save(held, held.instructor, "Dernière", MADE, opens=True)
    with held.room.reading() as reading:
        assert views.default(reading, held.instructor, CALL) == MADE
        assert views.default(reading, held.other, CALL) is None


def test_only_ones_own_view_is_taken_away(held: Peopled) -> None:
    _save(held, held.instructor, "Partagée", MADE, shared=True)
    with held.room.writing(held.other.actor) as writing:
        assert not views.remove(writing, held.other, 1)
    with held.room.writing(held.instructor.actor) as writing:
        assert views.remove(writing, held.instructor, 1)
    assert _names(held, held.instructor) == []


def test_a_view_needs_a_name(held: Peopled) -> None:
    for name in ("", "  ", "n" * 81):
        with pytest.raises(InvalidView):
            _save(held, held.instructor, name, MADE)
