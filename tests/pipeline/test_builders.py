"""The builder of made-up documents keeps the promises of `pipeline.document`."""

from pipeline.document import BlockKind, Span
from tests.pipeline.builders import document_from_text, document_from_texts, span_of

SKETCH = """
~ Dossier de candidature - page 1

# Notre projet

Un café associatif
dans le bourg.

Le collectif réunit :
- des habitants ;
- la commune.

| Poste | Montant |
| Salaires | 12 000 € |
| | 500 € |

[Commune] Riscle

\f

## Et après ?

!! à revoir avec Jeanne
"""


def test_blocks_follow_the_sketch() -> None:
    document = document_from_text(SKETCH)
    kinds = [(block.kind, document.quote(block.span), block.page) for block in document.blocks]
    assert kinds == [
        (BlockKind.PARAGRAPH, "Notre projet", 0),
        (BlockKind.PARAGRAPH, "Un café associatif dans le bourg.", 0),
        (BlockKind.PARAGRAPH, "Le collectif réunit :", 0),
        (BlockKind.ITEM, "- des habitants ;", 0),
        (BlockKind.ITEM, "- la commune.", 0),
        (BlockKind.TABLE, "Poste Montant Salaires 12 000 € 500 €", 0),
        (BlockKind.ANSWER, "Riscle", 0),
        (BlockKind.PARAGRAPH, "Et après ?", 1),
        (BlockKind.NOTE, "à revoir avec Jeanne", 1),
        (BlockKind.FURNITURE, "Dossier de candidature - page 1", 0),
    ]
    assert document.blocks[6].label == "Commune"
    assert document.body.endswith("à revoir avec Jeanne")


def test_words_lines_and_tables_point_into_the_text() -> None:
    document = document_from_text(SKETCH)
    assert [document.quote(word.span) for word in document.words] == document.text.split()
    assert all(not line.bold for line in document.lines_in(span_of(document, "Un café associatif")))
    (heading,) = document.lines_in(span_of(document, "Notre projet"))
    assert heading.bold
    assert heading.size > 15
    (table,) = document.tables
    assert [[document.quote(cell.span) for cell in row] for row in table.rows] == [
        ["Poste", "Montant"],
        ["Salaires", "12 000 €"],
        ["", "500 €"],
    ]
    starts = [word.span.start for word in document.words]
    assert starts == sorted(starts)


def test_a_long_paragraph_runs_over_lines_and_pages() -> None:
    document = document_from_text("habitants et communes " * 1500)
    assert len(document.blocks) == 1
    assert len(document.pages) > 1
    regions = document.locate(document.blocks[0].span)
    assert [region.page for region in regions] == list(range(len(document.pages)))
    assert len(regions[0].boxes) > 10


def test_several_files_share_one_text() -> None:
    document = document_from_texts({"dossier.pdf": "Le projet.\f\nSuite.", "statuts.pdf": "Article 1"})
    assert [(page.file, page.number) for page in document.pages] == [(0, 1), (0, 2), (1, 1)]
    assert [file.pages for file in document.files] == [2, 1]
    assert document.page_at(span_of(document, "Article").start) == 2
    assert document.quote(Span(0, document.body_end)) == "Le projet. Suite. Article 1"
