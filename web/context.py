"""What a handler is given: who asks, a transaction to read in, and how to answer.

`Anyone` is for the doors; `Signed` for all the rest: it refuses who is not logged in, and forms without their token.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from store.journal import Writing
from store.people import logins
from store.people.accounts import Person
from store.people.logins import Login
from store.people.room import Reading, Room
from store.people.viewers import Viewer
from web import navigation, says
from web.guide.topics import topic_of
from web.problems import Forbidden, NotSignedIn, PasswordToChange
from web.security import cookies
from web.security.addresses import CHANGE_PASSWORD
from web.security.forms import check_form
from web.settings import RoomSettings
from web.templating import rendered


@dataclass(frozen=True)
class Context:
    """One request."""

    request: Request
    room: Room
    settings: RoomSettings
    login: Login | None

    @property
    def person(self) -> Person:
        """Who is logged in.

        Raises:
            NotSignedIn: nobody is.
        """
        if self.login is None:
            raise NotSignedIn
        return self.login.person

    @property
    def viewer(self) -> Viewer:
        """The same, as the store is asked."""
        return self.person.viewer

    def reading(self) -> AbstractContextManager[Reading]:
        """One moment of the store: open it once per request, and read all in it."""
        return self.room.reading()

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction in which this person writes."""
        with self.room.writing(self.viewer.actor) as writing:
            yield writing

    def require(self, allowed: bool) -> None:
        """Goes on only when a function of `web.policies` allowed it.

        Raises:
            Forbidden: it did not.
        """
        if not allowed:
            raise Forbidden

    def page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """The page that a template of `web/templates` makes, within the frame of the room."""
        said = cookies.said(self.request)
        frame = {
            "person": None if self.login is None else self.login.person,
            "csrf": "" if self.login is None else self.login.csrf,
            "nav": () if self.login is None else navigation.menu(self.login.person.viewer, self.request.url.path),
            "flash": says.told(said),
            "topic": topic_of(self.request.scope["route"].path),
        }
        answer = HTMLResponse(rendered(template, **frame, **values), status_code=status)
        if said is not None:
            cookies.unsay(answer)
        return answer

    def part(self, template: str, **values: Any) -> Response:
        """A piece of a page, for scripts that put it in its place."""
        csrf = "" if self.login is None else self.login.csrf
        return HTMLResponse(rendered(template, csrf=csrf, **values))

    def go(self, address: str, say: str | None = None, count: int | None = None) -> Response:
        """After an action: on to another page, which says once what was done (`web.says`); a script is told where."""
        script = "application/json" in self.request.headers.get("accept", "")
        answer = JSONResponse({"go": address}) if script else RedirectResponse(address, status_code=303)
        if say is not None:
            cookies.say(answer, self.settings, says.coded(say, count))
        return answer


def _context(request: Request) -> Context:
    room: Room = request.app.state.room
    settings: RoomSettings = request.app.state.settings
    token = cookies.token(request, settings)
    login = None
    if token:
        with room.reading() as reading:
            login = logins.find(reading, token)
        if login is not None and login.stale:
            with room.writing(login.person.viewer.actor) as writing:
                logins.touch(writing, token)
    return Context(request, room, settings, login)


Anyone = Annotated[Context, Depends(_context)]


_BEFORE_CHANGING = frozenset({CHANGE_PASSWORD, "/deconnexion"})


async def _signed(context: Anyone) -> Context:
    if context.login is None:
        raise NotSignedIn
    await check_form(context.request, context.login.csrf)
    if context.person.must_change_password and context.request.url.path not in _BEFORE_CHANGING:
        raise PasswordToChange
    return context


Signed = Annotated[Context, Depends(_signed)]
