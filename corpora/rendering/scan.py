"""Makes a laid-out PDF look as if it had been printed and scanned on an old copier. Always the same way."""

import random

from PIL import Image, ImageChops, ImageFilter

from corpora.rendering.pictures import sheets, write_pictures
from corpora.rendering.recipe import FileRecipe, ScanSettings

_PAPER = 247  # grey level of the sheet
_SPECKS_PER_PAGE = 60


def render_scan(file: FileRecipe) -> None:
    """Keeps only greyscale images of the pages of `file.printed`."""
    settings = file.scan
    pages = [_scan(sheet, number, settings) for number, sheet in enumerate(sheets(file.printed, settings.dpi))]
    write_pictures(pages, file, settings.dpi, settings.quality)


def _scan(page: Image.Image, number: int, settings: ScanSettings) -> Image.Image:
    """One sheet: tilted, a little soft, grained, with specks of dust and a grey edge."""
    chance = random.Random(f"scan/{number}/{page.size}")  # noqa: S311 - dust, not secrets
    sheet = page.convert("L").point(lambda level: level * _PAPER // 255)
    angle = chance.uniform(-settings.angle, settings.angle)
    sheet = sheet.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=_PAPER - 25)
    sheet = sheet.filter(ImageFilter.GaussianBlur(0.45))
    _add_dust(sheet, chance)
    return ImageChops.add(sheet, _grain(sheet.size, chance, settings.noise), offset=-settings.noise)


def _grain(size: tuple[int, int], chance: random.Random, amplitude: int) -> Image.Image:
    """Even noise in 0..2*amplitude, on a coarser mesh than the sheet as copiers give."""
    width, height = (side // 2 + 1 for side in size)
    raw = Image.frombytes("L", (width, height), chance.randbytes(width * height))
    return raw.point(lambda level: level * 2 * amplitude // 255).resize(size, Image.Resampling.BILINEAR)


def _add_dust(sheet: Image.Image, chance: random.Random) -> None:
    for _ in range(_SPECKS_PER_PAGE):
        x, y = chance.randrange(sheet.width), chance.randrange(sheet.height)
        sheet.putpixel((x, y), chance.randrange(40, 160))
