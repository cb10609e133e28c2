"""One person's browser, which notes what each answer took."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx2

from web.bench.forms import Form
from web.bench.serving import Served
from web.bench.walk import Step, Walker
from web.problems import Conflicting

_TOLD = re.compile(r'app;dur=([0-9.]+), store;desc="([0-9]+)"')
_PATIENCE = 60.0  # seconds
_AS_SCRIPT = {"accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing asked for: milliseconds as the server tells them, as it computed, as the asker waited; statements.

    `fine` says that it came as it should: a page, or where to go on after a form. `refused` says that it did not since
    someone else had changed the same thing meanwhile, which the room tells: no error. What the server tells is 0 where
    no answer came; `computed` is of this answer only when nobody else asks.
    """

    step: Step
    fine: bool
    server: float
    computed: float
    waited: float
    statements: int
    refused: bool = False


class Visitor:
    """A walker before the room. `answers` grows with each question."""

    def __init__(self, served: Served, walker: Walker) -> None:
        self.answers: list[Answer] = []
        self._served = served
        cookies = {"reperes": walker.token}
        self._browser = httpx2.Client(base_url=served.address, cookies=cookies, timeout=_PATIENCE)

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.close()

    def get(self, step: Step) -> str:
        """A page; empty when it did not come."""
        answer = self._ask(step, "GET", {}, {}, 200)
        return "" if answer is None else answer.text

    def post(self, name: str, form: Form, values: Mapping[str, str]) -> str:
        """A form sent with what a person added to it; gives where to go on, empty when it was refused."""
        answer = self._ask(Step(name, form.action), "POST", {}, {**form.hidden, **values}, 303)
        return "" if answer is None else answer.headers["location"]

    def post_as_script(self, name: str, form: Form, values: Mapping[str, str]) -> dict[str, Any]:
        """The same, as the scripts of the room send it; empty when it was refused."""
        headers = {**_AS_SCRIPT, "x-csrf-token": form.hidden.get("csrf", "")}
        answer = self._ask(Step(name, form.action), "POST", headers, {**form.hidden, **values}, 200)
        told: dict[str, Any] = {} if answer is None else answer.json()
        return told

    def _ask(
        self, step: Step, method: str, headers: Mapping[str, str], data: Mapping[str, str], expected: int
    ) -> httpx2.Response | None:
        computed, begun = self._served.computed(), time.perf_counter()
        try:
            answer = self._browser.request(method, step.address, headers=dict(headers), data=dict(data) or None)
        except httpx2.HTTPError:
            self.answers.append(Answer(step, False, 0.0, 0.0, 1000 * (time.perf_counter() - begun), 0))
            return None
        waited = 1000 * (time.perf_counter() - begun)
        told = _TOLD.fullmatch(answer.headers.get("server-timing", ""))
        server, statements = (float(told[1]), int(told[2])) if told else (0.0, 0)
        fine, refused = answer.status_code == expected, answer.status_code == Conflicting.status
        computed = self._served.computed() - computed
        self.answers.append(Answer(step, fine, server, computed, waited, statements, refused))
        return answer if fine else None
