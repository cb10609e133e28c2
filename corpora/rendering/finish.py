"""Gives a rendered PDF the metadata its author's tool would have left, fixed, so that it is always the same file."""

from datetime import datetime
from pathlib import Path

import pikepdf

from corpora.rendering.recipe import FileRecipe


def finish(pdf: Path, recipe: FileRecipe) -> None:
    """Rewrites `pdf` in place: metadata of the recipe, no trace of the real tool and time, password if any."""
    with pikepdf.open(pdf, allow_overwriting_input=True) as document:
        if "/Metadata" in document.Root:
            del document.Root.Metadata
        for key in ("/DocChecksum", "/ID"):  # LibreOffice makes them from the time of the run
            if key in document.trailer:
                del document.trailer[key]
        stamp = _pdf_date(recipe.date)
        document.trailer.Info = document.make_indirect(
            pikepdf.Dictionary(
                Title=recipe.title,
                Author=recipe.author,
                Producer=recipe.producer,
                CreationDate=stamp,
                ModDate=stamp,
            )
        )
        if recipe.password is None:
            document.save(
                pdf,
                deterministic_id=True,
                compress_streams=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
        else:
            # RC4 on purpose: it needs no random bytes, so the same source gives the same file.
            locked = pikepdf.Encryption(owner=recipe.password, user=recipe.password, R=3, aes=False, metadata=False)
            document.save(pdf, static_id=True, encryption=locked)


def _pdf_date(moment: datetime) -> str:
    return moment.strftime("D:%Y%m%d%H%M%S+02'00'")
