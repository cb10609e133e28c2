"""What tests do with the viewer and see of it."""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import FloatRect, Page

from pipeline.document import Document, Span
from pipeline.geometry import BBox
from tests.web.viewer.printed import MARKED

Box = tuple[float, float, float, float]
Highlight = dict[str, Any]

_TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# What is drawn again meanwhile breaks its animation off: that one is over too, and another may have begun.
_STILL = """async () => {
  while (document.getAnimations().length)
    await Promise.allSettled(document.getAnimations().map((one) => one.finished));
}"""

_PICTURE = """async ({file, page}) => {
  await viewer.goToPlace({file, page});
  const frame = document.querySelector(`.viewer-page[data-file="${file}"][data-page="${page}"]`);
  const canvas = () => frame.querySelector(".viewer-canvas");
  const sharp = () => canvas() && canvas().width === Math.round(frame.offsetWidth * devicePixelRatio);
  const ready = () => sharp() && frame.querySelector(".textLayer");
  while (!ready()) await new Promise(requestAnimationFrame);
  const area = canvas().getBoundingClientRect();
  const within = ({left, top, right, bottom}) =>
    [left - area.left, top - area.top, right - area.left, bottom - area.top]
      .map((value) => value * canvas().width / area.width);
  const labels = [...frame.querySelectorAll(".viewer-mark-label")]
    .map((label) => within(label.getBoundingClientRect()));
  const boxes = [...frame.querySelectorAll(".viewer-mark-box")].map((box) => {
    const style = getComputedStyle(box);
    const {left, top, right, bottom} = box.getBoundingClientRect();
    return within({left: left + parseFloat(style.borderLeftWidth), top: top + parseFloat(style.borderTopWidth),
      right: right - parseFloat(style.borderRightWidth), bottom: bottom - parseFloat(style.borderBottomWidth)});
  });
  return {picture: canvas().toDataURL().split(",")[1], boxes, labels};
}"""


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """The pixels of a page (height × width × RGB, 0..255); boxes and labels drawn over it, in pixels of it."""

    pixels: NDArray[np.int16]
    boxes: tuple[Box, ...]
    labels: tuple[Box, ...]

    def red(self) -> NDArray[np.bool_]:
        red, green, blue = (self.pixels[:, :, channel] for channel in range(3))
        return np.asarray((red > 140) & (green < 110) & (blue < 110))


def drawn_page(page: Page, file: int, number: int) -> DrawnPage:
    """Goes to a page, waits until it is drawn at the size at which it is shown."""
    found = page.evaluate(_PICTURE, {"file": file, "page": number})
    image = Image.open(io.BytesIO(base64.b64decode(found["picture"]))).convert("RGB")
    boxes, labels = (tuple(tuple(box) for box in found[name]) for name in ("boxes", "labels"))
    return DrawnPage(np.asarray(image, np.int16), boxes, labels)


def ground_of(page: Page, document: Document, number: int, box: BBox) -> tuple[float, float]:
    """The usual luminance (0..1) of what a box of a page shows between its words, and of its darkest ink."""
    frame = page.locator(_frame(document, number)).bounding_box()
    assert frame is not None
    scale = frame["width"] / document.pages[number].width
    clip: FloatRect = {
        "x": frame["x"] + box.x0 * scale,
        "y": frame["y"] + (box.y0 + 2) * scale,
        "width": (box.x1 - box.x0) * scale,
        "height": (box.y1 - box.y0 - 4) * scale,
    }
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    channels = np.asarray(picture, np.float64) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = linear @ np.array([0.2126, 0.7152, 0.0722])
    return float(np.median(luminance)), float(np.quantile(luminance, 0.02))


def window(box: Box, slack: float = 0.0) -> tuple[slice, slice]:
    """The rows and columns of a picture that a box covers, with so many pixels around."""
    x0, y0, x1, y1 = box
    return (
        slice(max(0, round(y0 - slack)), max(0, round(y1 + slack))),
        slice(max(0, round(x0 - slack)), max(0, round(x1 + slack))),
    )


def marked_spans(document: Document) -> list[Span]:
    """Where the words printed in red stand."""
    return [word.span for word in document.words if MARKED in document.text[word.span.start : word.span.end]]


def highlights(document: Document, spans: Sequence[Span], kind: str = "proof") -> list[Highlight]:
    """One highlight per span, `p0`, `p1`…, as the server gives them."""
    return [
        {
            "id": f"p{index}",
            "label": str(index + 1),
            "note": "Gouvernance",
            "kind": kind,
            "colour": index % 12,
            "regions": _regions(document, span),
        }
        for index, span in enumerate(spans)
    ]


def _regions(document: Document, span: Span) -> list[dict[str, Any]]:
    return [
        {
            "file": document.pages[region.page].file,
            "page": document.pages[region.page].number,
            "boxes": [[box.x0, box.y0, box.x1, box.y1] for box in region.boxes],
        }
        for region in document.locate(span)
    ]


def words_in(document: Document, place: dict[str, Any]) -> list[str]:
    """The words whose middle is in a place that the reader has selected, as a server finds them."""
    return [
        document.text[word.span.start : word.span.end]
        for region in place["regions"]
        for word in document.words
        if (document.pages[word.page].file, document.pages[word.page].number) == (region["file"], region["page"])
        and any(
            x0 <= (word.box.x0 + word.box.x1) / 2 <= x1 and y0 <= word.box.centre_y <= y1
            for x0, y0, x1, y1 in region["boxes"]
        )
    ]


def drag_over(page: Page, document: Document, span: Span) -> None:
    """Selects a stretch of text with the mouse, from its first word to its last; its page is in view."""
    words = document.words_in(span)
    first, last = words[0].box, words[-1].box
    drag(page, document, words[0].page, (first.x0 + 1, first.centre_y), (last.x1 - 1, last.centre_y))


def drag(page: Page, document: Document, number: int, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drags the mouse over a page of the document (from 0), from a point to another, in its points."""
    area = page.locator(_frame(document, number)).bounding_box()
    assert area is not None
    scale = area["width"] / document.pages[number].width
    page.mouse.move(area["x"] + start[0] * scale, area["y"] + start[1] * scale)
    page.mouse.down()
    page.mouse.move(area["x"] + end[0] * scale, area["y"] + end[1] * scale, steps=8)
    page.evaluate(_TWO_FRAMES)  # or the button would be up before the page has followed the mouse
    page.mouse.up()


def _frame(document: Document, page: int) -> str:
    """Selects the element of a page of the document."""
    found = document.pages[page]
    return f'.viewer-page[data-file="{found.file}"][data-page="{found.number}"]'


def told(page: Page, name: str) -> list[Any]:
    """What the viewer has told of an event, in order."""
    found: list[Any] = page.evaluate("(name) => window.events.filter((e) => e[0] === name).map((e) => e[1])", name)
    return found


def selected(page: Page, count: int = 1) -> Any:
    """What the viewer tells of a selection: the last of so many times, once it has told it."""
    told_often = "(count) => window.events.filter(([name]) => name === 'select').length >= count"
    page.wait_for_function(told_often, arg=count)
    return told(page, "select")[-1]


def be_still(page: Page) -> None:
    """Waits until nothing moves on the page any more."""
    page.evaluate(_STILL)


def show(page: Page, shown: Sequence[Highlight]) -> None:
    page.evaluate("(shown) => viewer.show(shown)", list(shown))
