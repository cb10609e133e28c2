"""Makes a laid-out PDF look as if its sheets had been photographed on a table with a telephone. Always the same way."""

import random

import numpy as np
from PIL import Image, ImageFilter

from corpora.rendering.pictures import sheets, write_pictures
from corpora.rendering.recipe import FileRecipe, PhotoSettings

_TABLE = (116, 92, 70)
_PAPER = np.array([246, 243, 232]) / 255  # a warm lamp


def render_photo(file: FileRecipe) -> None:
    """Keeps only colour photographs of the pages of `file.printed`."""
    settings = file.photo
    pages = [_photograph(sheet, number, settings) for number, sheet in enumerate(sheets(file.printed, settings.dpi))]
    write_pictures(pages, file, settings.dpi, settings.quality)


def _photograph(sheet: Image.Image, number: int, settings: PhotoSettings) -> Image.Image:
    """One picture: the sheet on a table, seen a little aslant, under uneven light, not quite sharp."""
    chance = random.Random(f"photo/{number}/{sheet.size}")  # noqa: S311 - a hand's unsteadiness, not secrets
    width, height = sheet.size
    margin = width // 22
    tinted = Image.fromarray((np.asarray(sheet) * _PAPER).astype(np.uint8))
    table = Image.new("RGB", (width + 2 * margin, height + 2 * margin), _TABLE)
    table.paste(tinted, (margin, margin))
    slant = settings.slant * width
    corners = [(0, 0), (table.width, 0), (table.width, table.height), (0, table.height)]
    seen = [(x + chance.uniform(-slant, slant), y + chance.uniform(-slant, slant)) for x, y in corners]
    picture = table.transform(
        table.size,
        Image.Transform.PERSPECTIVE,
        _perspective(corners, seen),
        resample=Image.Resampling.BICUBIC,
        fillcolor=_TABLE,
    )
    shade = _light(picture.size, chance, settings.shade)
    lit = np.clip(np.asarray(picture) * shade[:, :, None], 0, 255).astype(np.uint8)
    return Image.fromarray(lit).filter(ImageFilter.GaussianBlur(0.6))


def _perspective(corners: list[tuple[int, int]], seen: list[tuple[float, float]]) -> tuple[float, ...]:
    """The eight coefficients that Pillow asks for: they send each corner of the picture to where it is seen."""
    rows, targets = [], []
    for (x, y), (u, v) in zip(corners, seen, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        targets += [u, v]
    return tuple(np.linalg.solve(np.array(rows, dtype=float), np.array(targets, dtype=float)))


def _light(size: tuple[int, int], chance: random.Random, shade: float) -> np.ndarray:
    """A factor per dot: the lamp stands on one side, and a shadow falls across a corner."""
    width, height = size
    across = np.linspace(0, 1, width)[None, :]
    down = np.linspace(0, 1, height)[:, None]
    towards = chance.uniform(-1, 1)
    slope = 1 - shade * np.abs(across * towards + down * (1 - abs(towards)))
    shadow = np.hypot(across - chance.choice((0, 1)), down - chance.choice((0, 1)))
    return np.asarray(slope * (1 - shade / 2 * np.exp(-6 * shadow**2)), dtype=float)
