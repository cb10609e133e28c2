"""Decisions as the page of a dossier sends them."""

from typing import Any

from tests.web.conftest import Browser
from tests.web.material import Made

HOSTILE = """Les <script>alert("x")</script> & 'étés' » d’{{ 7 * 7 }}"""


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’").replace("'", "’")


def form(made: Made, kind: str, key: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "key": key, "analysis": str(made.stored.id), **more}


def decide(browser: Browser, made: Made, kind: str, key: str, **more: Any) -> dict[str, Any]:
    headers = {"accept": "application/json", "x-csrf-token": browser.csrf}
    answer = browser.post(f"/dossiers/{made.dossier.id}/decisions", data=form(made, kind, key, **more), headers=headers)
    told: dict[str, Any] = answer.json()
    return {"status": answer.status_code, **told}
