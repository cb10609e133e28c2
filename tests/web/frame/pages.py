"""Pages made of the room's own frame and pieces, and a server of paper that a browser is given instead of a network."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, Route

from store.people.viewers import Role
from web.security.headers import POLICY
from web.templating import environment

WEB = Path(str(resources.files("web")))
ORIGIN = "http://room.test"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


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
class Paper:
    """Answers what a page asks: `pages` by path, static files, and forms by `answer` (status and JSON)."""

    pages: dict[str, Sequence[str]] = field(default_factory=dict)  # each asking takes the next; the last one stays
    posted: list[Posted] = field(default_factory=list)
    answer: Callable[[Posted], Answer] = lambda _: (200, {})

    def serve(self, page: Page) -> None:
        page.route(f"{ORIGIN}/**", self._handle)

    def _handle(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.method == "POST":
            self._post(route, path)
        elif path in self.pages:
            now, *later = self.pages[path]
            self.pages[path] = later or [now]
            headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
            route.fulfill(status=200, headers=headers, body=now)
        else:
            file = WEB / "static" / path.removeprefix("/statique/")
            route.fulfill(status=200, content_type=TYPES[file.suffix], body=file.read_bytes())

    def _post(self, route: Route, path: str) -> None:
        token = route.request.headers.get("x-csrf-token", "")
        self.posted.append(Posted(path, _fields(route), token))
        status, said = self.answer(self.posted[-1])
        route.fulfill(status=status, content_type="application/json", body=json.dumps(said))


def _fields(route: Route) -> dict[str, str]:
    """The fields of a form, however it was sent."""
    kind = route.request.headers.get("content-type", "")
    text = route.request.post_data or ""
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(text, keep_blank_values=True))
    boundary = kind.partition("boundary=")[2]
    parts = [part.partition("\r\n\r\n") for part in text.split(f"--{boundary}")[1:-1]]
    return {head.partition('name="')[2].partition('"')[0]: value.removesuffix("\r\n") for head, _, value in parts}
