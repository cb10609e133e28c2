"""Pages made of the room's own frame and pieces, and a little site that serves them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from threading import Condition
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from store.people.viewers import Role
from web.security.headers import SafeHeaders
from web.templating import environment

WEB = Path(str(resources.files("web")))


@dataclass(frozen=True)
class Someone:
    """What the frame shows of a person."""

    id: int = 7
    name: str = "Éléonore d’Aubigné-Faÿ"
    role: Role = Role.INSTRUCTOR
    single_keys: bool = True


IMPORTS = """
{% from "macros/pieces.html.j2" import icon, status_badge, notice, empty, date, pagination %}
{% from "macros/pieces.html.j2" import proof_link, quote, progress %}
{% from "macros/forms.html.j2" import csrf_field, field, textarea, select, choices, checkbox, error_summary, saved %}
{% from "macros/words.html.j2" import machine, human %}
"""


def piece(source: str, **values: Any) -> str:
    """What a template of these words makes, with all macros at hand."""
    return environment().from_string(IMPORTS + source).render(**values).strip()


def whole_page(main: str, *, bar: str = "") -> str:
    """A page of the room around `main`, which is template source."""
    source = f'{{% extends "base.html.j2" %}}{IMPORTS}{{% block title %}}Essai{{% endblock %}}'
    source += f"{{% block main %}}<h1>Essai</h1>{main}{{% endblock %}}{{% block bar %}}{bar}{{% endblock %}}"
    return environment().from_string(source).render(person=Someone(), csrf="jeton", nav=(), flash=())


@dataclass(frozen=True)
class Posted:
    """A form that was sent, and the token it came with."""

    path: str
    fields: Mapping[str, str]
    token: str


Answer = tuple[int, Mapping[str, Any]]


@dataclass
class Site:
    """What a browser is answered: `pages` by path, the room's static files, and forms by `answer` (status and JSON)."""

    pages: dict[str, list[str]] = field(default_factory=dict)  # each asking takes the next; the last one stays
    posted: list[Posted] = field(default_factory=list)
    answer: Callable[[Posted], Answer] = lambda _: (200, {})
    _arrived: Condition = field(default_factory=Condition)

    def received(self, count: int = 1) -> list[Posted]:
        """What was sent, once so many forms were."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.posted) >= count, timeout=60)
        return self.posted

    def _page(self, request: Request) -> Response:
        pages = self.pages[request.url.path]
        return HTMLResponse(pages[0] if len(pages) == 1 else pages.pop(0))

    async def _form(self, request: Request) -> Response:
        async with request.form() as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
        posted = Posted(request.url.path, fields, request.headers.get("x-csrf-token", ""))
        status, said = self.answer(posted)
        with self._arrived:
            self.posted.append(posted)
            self._arrived.notify_all()
        return JSONResponse(said, status_code=status)

    def application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/favicon.ico", lambda _: Response(status_code=204)),
                Mount("/statique", StaticFiles(directory=WEB / "static")),
                Route("/{path:path}", self._page, methods=["GET"]),
                Route("/{path:path}", self._form, methods=["POST"]),
            ],
            middleware=[Middleware(SafeHeaders, by_tls=False)],
        )
