"""Labels written as words become labels with file and page."""

import json
from pathlib import Path

import pytest

from corpora.collection import Collection
from corpora.rendering.placing import LabelNotFound, write_gold
from corpora.rendering.recipe import DossierRecipe, load_recipe

RECIPE = """
call = "alpc-2016"
dossier = "essai"
several_files = true
about = "Un essai"

[[file]]
output = "a.pdf"
source = "a.html"
renderer = "page"
title = "A"
author = ""
producer = ""
date = 2016-01-01T00:00:00

[[file]]
output = "b.pdf"
source = "b.html"
renderer = "scan"
title = "B"
author = ""
producer = ""
date = 2016-01-01T00:00:00
scan = { dpi = 100 }
"""
PAGES = {
    "a.pdf": ["Sommaire. Les statuts.", "Un conseil élu se réunit chaque mois au village. Aide : 12 000 €."],
    "b.pdf": ["Les statuts."],
}


@pytest.fixture
def recipe(tmp_path: Path) -> DossierRecipe:
    (tmp_path / "recipe.toml").write_text(RECIPE, "utf-8")
    (tmp_path / "a.html").write_text(
        "<h1>Les statuts</h1><h2>Un <b>conseil</b> élu</h2><h2>Jamais imprimé</h2>", "utf-8"
    )
    (tmp_path / "b.html").write_text("<p>Les statuts</p>", "utf-8")
    return load_recipe(tmp_path / "recipe.toml", Collection("samples", tmp_path / "samples"))


def _labelled(recipe: DossierRecipe, labels: str) -> DossierRecipe:
    (recipe.sources / "gold.toml").write_text(labels, "utf-8")
    return recipe


def test_a_recipe_says_where_its_files_go(recipe: DossierRecipe, tmp_path: Path) -> None:
    assert [file.output for file in recipe.files] == [
        tmp_path / "samples/alpc-2016/essai/a.pdf",
        tmp_path / "samples/alpc-2016/essai/b.pdf",
    ]
    assert recipe.files[1].scan.dpi == 100


def test_words_get_their_file_and_page(recipe: DossierRecipe) -> None:
    labels = """
status = "analysed"
type = { main = "territoriale" }
[sections]
1 = { status = "present", starts = ["Les statuts", { file = "b.pdf", text = "Les statuts" }] }
[facts]
aide_demandee_eur = { value = 12000, starts = ["Aide : 12 000 €"] }
[markers]
gouvernance = { useful = ["Aide : 12 000 €."], decisive = ["Un conseil élu se réunit chaque mois au village."] }
"""
    gold = json.loads(write_gold(_labelled(recipe, labels), PAGES)[0].read_text("utf-8"))
    assert [(place["file"], place["page"]) for place in gold["sections"][0]["evidence"]] == [("a.pdf", 1), ("b.pdf", 1)]
    assert gold["facts"]["aide_demandee_eur"]["evidence"][0]["page"] == 2
    assert gold["facts"]["siren"] is None
    assert [passage["relevance"] for passage in gold["markers"][0]["passages"]] == ["decisive", "useful"]


def test_headings_come_from_the_source_and_stand_after_the_table_of_contents(recipe: DossierRecipe) -> None:
    pages = {**PAGES, "a.pdf": ["Les statuts. Un conseil élu", "Les statuts. Un conseil élu se réunit."]}
    gold = json.loads(write_gold(_labelled(recipe, 'status = "analysed"\ntype = {}'), pages)[0].read_text("utf-8"))
    assert [(title["page"], title["starts"]) for title in gold["headings"]] == [
        (2, "Les statuts"),
        (2, "Un conseil élu"),
    ]


def test_words_that_are_nowhere_are_all_named(recipe: DossierRecipe) -> None:
    labels = """
status = "analysed"
type = {}
[sections]
1 = { status = "present", starts = ["Jamais écrit", "Ni cela"] }
"""
    with pytest.raises(LabelNotFound, match="Jamais écrit / Ni cela"):
        write_gold(_labelled(recipe, labels), PAGES)


def test_a_second_annotation_is_placed_beside_the_first(recipe: DossierRecipe) -> None:
    labels = 'status = "analysed"\ntype = {{ main = "{}" }}'
    again = recipe.collection.second_labels / "alpc-2016" / "essai.toml"
    again.parent.mkdir(parents=True)
    again.write_text(labels.format("services"), "utf-8")
    first, second = write_gold(_labelled(recipe, labels.format("territoriale")), PAGES)
    assert second == recipe.collection.second_gold / "alpc-2016" / "essai.json"
    types = [json.loads(path.read_text("utf-8"))["innovation_type"]["main"] for path in (first, second)]
    assert types == ["territoriale", "services"]
