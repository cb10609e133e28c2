"""From the PDF's own coordinates (origin at the bottom left, before rotation) to those of the page as shown."""

from dataclasses import dataclass

import pypdfium2 as pdfium

from pipeline.geometry import BBox


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The part of the PDF's plane that a page shows, and how it is turned.

    `left`, `bottom`, `right` and `top` are the visible box (media box cut by the crop box) in PDF coordinates;
    `rotation` is 0, 90, 180 or 270 degrees clockwise.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> "PageFrame":
        """The frame of an open page.

        Raises:
            pypdfium2.PdfiumError: the page has no usable box.
        """
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    @property
    def width(self) -> float:
        """Width in points, as shown."""
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """Height in points, as shown."""
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the PDF's plane, in points from the top left corner of the page as shown."""
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def to_shown(self, left: float, bottom: float, right: float, top: float) -> BBox:
        """A rectangle of the PDF's plane (any two opposite corners), as it stands on the page as shown."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return BBox(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
