"""What an author wrote, as plain sentences."""

from datetime import datetime
from pathlib import Path

from corpora.collection import SAMPLES
from corpora.rendering.recipe import DossierRecipe, FileRecipe, Renderer
from corpora.rendering.sources import source_sentences


def dossier(folder: Path, **sources: str) -> DossierRecipe:
    """A dossier of one file a source; the keyword is the name of its renderer."""
    files = []
    for name, content in sources.items():
        source = folder / name
        source.write_text(content, "utf-8")
        moment = datetime.fromisoformat("2016-01-01T00:00:00")
        files.append(FileRecipe(folder / f"{name}.pdf", source, Renderer(name), "", "", "", moment))
    return DossierRecipe(SAMPLES, "alpc-2016", "essai", "Un essai", folder, tuple(files))


def test_light_markup_leaves_only_words(tmp_path: Path) -> None:
    source = (
        '+++\nfont = "Carlito"\n+++\nUn **mot** dit\nsur deux lignes. Un autre !\n\n| Loyer | 1 200 |\n- un\n- deux'
    )
    assert source_sentences(dossier(tmp_path, word=source)) == [
        "Un mot dit sur deux lignes.",
        "Un autre !",
        "Loyer",
        "1 200",
        "- un",
        "- deux",
    ]


def test_html_leaves_its_text_and_the_answers_of_a_form(tmp_path: Path) -> None:
    source = (
        "<html><head><title>Non</title><style>p { color: red; }</style></head><body><!-- ni ceci -->"
        '<p>Un <b>mot</b> &amp; un autre.</p><input name="Nom" value="La Lessive"><td>12</td></body></html>'
    )
    assert source_sentences(dossier(tmp_path, form=source)) == ["Un mot & un autre.", "La Lessive", "12"]


def test_a_source_of_several_files_is_read_once(tmp_path: Path) -> None:
    recipe = dossier(tmp_path, page="<p>Une phrase.</p>")
    twice = DossierRecipe(SAMPLES, "alpc-2016", "essai", "", tmp_path, recipe.files * 2)
    assert source_sentences(twice) == ["Une phrase."]
