from pathlib import Path

import pytest

from evaluation.bench_read import bench_read
from tests.pipeline.extraction.printed import LOREM, paragraph, printed, saved, text, together


def test_both_readers_on_the_same_pages(tmp_path: Path) -> None:
    page = together(text(50, 80, "Présentation", size=16), paragraph(50, 120, LOREM * 4, width=450))
    path = saved(printed(page, page), tmp_path / "dossier.pdf")
    result = bench_read([path, path], repeats=2, big_pages=9)
    assert (result.files, result.pages, result.rounds, result.big_pages) == (2, 4, 2, 9)
    assert 0 < result.whole.least <= result.whole.median <= result.whole.greatest
    assert result.words.median > result.whole.median > result.pdfplumber.median
    assert result.words_ratio.median > result.whole_ratio.median > 1
    assert result.peak_bytes > 10_000_000
    assert result.big_seconds > 0


@pytest.mark.parametrize(("paths", "repeats"), [([], 3), ([Path("dossier.pdf")], 0)])
def test_nothing_to_measure(paths: list[Path], repeats: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        bench_read(paths, repeats)
