"""Titles that an author marked up, in both kinds of sources."""

from datetime import datetime
from pathlib import Path

import pytest

from corpora.rendering.recipe import FileRecipe, Renderer
from corpora.rendering.titles import titles_of

MARKUP = "+++\n+++\n# Les **Veilleurs**\n\nUn texte.\n\n## 2. Qui sommes-*nous* ?\nUne réponse.\n\n- # pas un titre"
HTML = (
    "<html><head><title>non</title></head><body><h1>Les <b>Veilleurs</b><br>du   Médoc</h1><p>Un texte.</p>"
    "<h3></h3><h2>2. Objet &amp; sens</h2><h5>trop bas</h5></body></html>"
)


def file(folder: Path, renderer: Renderer, content: str) -> FileRecipe:
    source = folder / "source"
    source.write_text(content, "utf-8")
    return FileRecipe(folder / "a.pdf", source, renderer, "", "", "", datetime.fromisoformat("2016-01-01T00:00:00"))


@pytest.mark.parametrize("renderer", [Renderer.WORD, Renderer.EXPORT])
def test_lines_of_light_markup(renderer: Renderer, tmp_path: Path) -> None:
    assert titles_of(file(tmp_path, renderer, MARKUP)) == ["Les Veilleurs", "2. Qui sommes-nous ?"]


@pytest.mark.parametrize("renderer", [Renderer.PAGE, Renderer.FORM, Renderer.SCAN, Renderer.PHOTO])
def test_headings_of_html(renderer: Renderer, tmp_path: Path) -> None:
    assert titles_of(file(tmp_path, renderer, HTML)) == ["Les Veilleurs du Médoc", "2. Objet & sens"]
