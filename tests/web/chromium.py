"""What tests with a browser share: Chromium, windows that are watched, applications served on the loopback only."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

SLOWNESS = float(os.environ.get("REPERES_SLOW_BROWSER", "1"))
"""How many times slower than it is the browser makes the machine: tests must hold on a slow one."""
_PATIENCE = 30_000  # milliseconds: tests wait for what must come, however long it takes on a busy machine

expect.set_options(timeout=_PATIENCE)


@contextmanager
def launched() -> Iterator[Browser]:
    """Debian's Chromium; the test is skipped where there is none."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Windows:
    """Windows of a browser, each with cookies of its own, and what went wrong in them.

    `troubles` are errors and warnings of the console (a refusal by the content policy is one), exceptions of scripts,
    failed requests, requests to another host. `expected` are words of the troubles that a test makes on purpose.
    """

    browser: Browser
    troubles: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    _open: list[BrowserContext] = field(default_factory=list)

    def open(self, address: str, *, width: int = 1300, height: int = 850, **more: Any) -> Page:
        """The page of a new one, on what is served at `address`; `more` is Playwright's.

        Whatever a test does with its locators, or expects of them, waits until the scripts of the page have run.
        """
        context = self.browser.new_context(
            base_url=address, locale="fr-FR", viewport={"width": width, "height": height}, **more
        )
        self._open.append(context)
        context.set_default_timeout(_PATIENCE)
        self._watch(context, urlsplit(address).netloc)
        page = context.new_page()
        page.add_locator_handler(page.locator("html:not([data-ready])"), lambda: None)
        if SLOWNESS > 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWNESS})
        return page

    def close(self) -> None:
        """Closes them all."""
        while self._open:
            self._open.pop().close()

    def unforeseen(self) -> list[str]:
        """The troubles that the test did not expect."""
        return [trouble for trouble in self.troubles if not any(words in trouble for words in self.expected)]

    def _watch(self, context: BrowserContext, host: str) -> None:
        tell = self.troubles.append
        context.on("weberror", lambda error: tell(str(error.error)))
        context.on("console", lambda told: tell(told.text) if told.type in ("error", "warning") else None)
        context.on("request", lambda asked: tell(f"asked of {asked.url}") if _leaves(asked.url, host) else None)
        # A request that a page gives up by being left is no failure.
        context.on(
            "requestfailed",
            lambda asked: tell(f"{asked.failure}: {asked.url}") if asked.failure != "net::ERR_ABORTED" else None,
        )


@contextmanager
def watched(browser: Browser) -> Iterator[Windows]:
    """Windows of this browser, closed at the end, where no unforeseen trouble may have been met."""
    windows = Windows(browser)
    try:
        yield windows
    finally:
        windows.close()
    assert windows.unforeseen() == [], windows.unforeseen()


def _leaves(url: str, host: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.netloc != host


@contextmanager
def served(application: Any) -> Iterator[str]:
    """The address of an ASGI application while it is served, on a free port; it ends with a slash."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
