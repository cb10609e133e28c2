"""By how much a scanned page is turned, and the way back to the page as shown."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.extraction.ink import letter_changes
from pipeline.extraction.raster import Grey
from pipeline.geometry import BBox

_WORKING_DPI = 100
_MOST = 4.0  # degrees: sheets lie straighter than that in a scanner
_STEP = 0.25
_LEAST = 0.4  # degrees: less is left alone, as turning a picture blurs it
_CLEAR = 1.5  # how much sharper the lines must be along the page than across it for it to lie on its side
_GAIN = 1.05  # how much sharper the lines must become for a turn to be believed


@dataclass(frozen=True, slots=True)
class Turn:
    """How a picture was turned: first by `quarters` of a turn, then by `degrees`, both counter-clockwise.

    `width` and `height` are those of the picture before, in dots.
    """

    width: int
    height: int
    quarters: int = 0
    degrees: float = 0.0

    def apply(self, grey: Grey) -> Image.Image:
        """The turned picture."""
        image = Image.fromarray(np.ascontiguousarray(np.rot90(grey, self.quarters)))
        if not self.degrees:
            return image
        return image.rotate(self.degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)

    def back(self, box: BBox) -> BBox:
        """The place in the first picture of a box found in the turned one; both in dots."""
        x, y = self._unturned((box.x0 + box.x1) / 2, box.centre_y)
        width, height = (box.height, box.width) if self.quarters % 2 else (box.width, box.height)
        return BBox(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def _unturned(self, x: float, y: float) -> tuple[float, float]:
        width, height = (self.height, self.width) if self.quarters % 2 else (self.width, self.height)
        angle = math.radians(self.degrees)
        dx, dy = x - width / 2, y - height / 2
        x = width / 2 + dx * math.cos(angle) - dy * math.sin(angle)
        y = height / 2 + dx * math.sin(angle) + dy * math.cos(angle)
        match self.quarters % 4:
            case 1:
                return self.width - y, x
            case 2:
                return self.width - x, self.height - y
            case 3:
                return y, self.height - x
            case _:
                return x, y


def find_turn(grey: Grey, dpi: float) -> Turn:
    """The turn that sets the lines of text level: a quarter at most, as upside down cannot be told so."""
    small = _reduced(grey, dpi)
    (level, sharpness), (sideways, other) = _skew(small), _skew(np.rot90(small))
    is_sideways = other > _CLEAR * sharpness
    return Turn(grey.shape[1], grey.shape[0], 1 if is_sideways else 0, sideways if is_sideways else level)


def _reduced(grey: Grey, dpi: float) -> Grey:
    """The picture at the resolution at which its lines are looked for."""
    scale = _WORKING_DPI / dpi
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BOX))


def _skew(grey: Grey) -> tuple[float, float]:
    """By how many degrees, counter-clockwise, to turn the picture to level its lines, and how sharp they are then."""
    counts, strip = letter_changes(grey)
    places = np.arange(counts.shape[1]) * strip
    angles = np.arange(-_MOST, _MOST + _STEP / 2, _STEP)
    found = [_sharpness(counts, np.rint(places * math.tan(math.radians(angle))).astype(np.intp)) for angle in angles]
    best, straight = int(np.argmax(found)), len(angles) // 2
    if abs(angles[best]) < _LEAST or found[best] < _GAIN * found[straight]:
        return 0.0, found[straight]
    return -float(angles[best]), found[best]


def _sharpness(counts: NDArray[np.intp], shifts: NDArray[np.intp]) -> float:
    """How unequal the rows are once each strip is moved down by its shift: most where that levels the lines.

    The variance over the square of the mean, so that pictures of any size compare.
    """
    profile = np.zeros(counts.shape[0], np.intp)
    for strip, shift in enumerate(shifts.tolist()):
        profile += np.roll(counts[:, strip], shift)
    return float(np.var(profile) / max(1.0, float(np.mean(profile)) ** 2))
