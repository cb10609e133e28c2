"""A person who has a keyboard and nothing else."""

from playwright.sync_api import Page, expect

_SKIP = "Aller au contenu"
_STOP = """() => {
  const on = document.activeElement;
  if (!on || on === document.body) return null;
  const before = window.formerStop;
  window.formerStop = on;
  const drawn = (part) => {
    const style = part && getComputedStyle(part);
    return Boolean(style) && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const {top, bottom, left, right} = on.getBoundingClientRect();
  const words = on.ariaLabel || on.labels?.[0]?.textContent || on.textContent;
  return {
    words: words.trim().replace(/\\s+/g, " "),
    // The parts of a field of a date are the browser's own.
    seen: drawn(on) || drawn(on.closest(".choice")) || on.type === "date",
    near: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
    onward: !before?.isConnected || before === on || Boolean(before.compareDocumentPosition(on) & 4), // follows it
    ordered: on.tabIndex <= 0,
  };
}"""


class Keyboard:
    """Types on a page; every stop of the tabulation must be seen, and follow the order of reading."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def follow(self, key: str = "Enter") -> None:
        """A key that leads to another page, which is there with its scripts."""
        with self.page.expect_navigation():
            self.press(key)

    def go_to(self, words: str, *, most: int = 200, back: bool = False) -> None:
        """Goes on by tabulation until the stop whose words begin so."""
        met: list[str] = []
        self._forget()
        for _ in range(most):
            stop = self._next(back=back)
            met.append(stop or "(nothing)")
            if stop is not None and stop.startswith(words):
                return
        raise AssertionError(f"never came to {words}, by {met}")

    def tour(self, most: int = 400) -> list[str]:
        """The stops of the whole page after the link that skips to its content, until the page is left."""
        self.page.locator(".skip").focus()
        self._forget()
        met: list[str] = []
        while len(met) < most:
            stop = self._next()
            if stop is None or stop == _SKIP:
                return met
            met.append(stop)
        raise AssertionError(f"held in {met[-5:]}")

    def focused(self, words: str) -> None:
        """Holds the focus to be on something of these words."""
        expect(self.page.locator(":focus")).to_contain_text(words)

    def _forget(self) -> None:
        self.page.evaluate("() => { window.formerStop = null; }")

    def _next(self, *, back: bool = False) -> str | None:
        self.page.keyboard.press("Shift+Tab" if back else "Tab")
        stop = self.page.evaluate(_STOP)
        if stop is None:
            return None
        words = str(stop["words"])
        assert stop["seen"], f"the focus is not seen on {words}"
        assert stop["near"], f"the focus is out of the window on {words}"
        assert stop["ordered"]
        assert back or stop["onward"] or words == _SKIP, f"{words} comes before what was left"
        return words
