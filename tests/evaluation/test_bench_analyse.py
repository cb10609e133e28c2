from pathlib import Path

import pytest

from evaluation.bench_analyse import AnalysisBench, Round, bench_analyse
from evaluation.bench_dossiers import BenchDossier, corpus_dossiers, digital
from evaluation.bench_figures import ChainSeconds, Point, Spread
from evaluation.bench_pdfs import page_count, repeat_pages
from evaluation.bench_stages import Stage
from evaluation.bench_worker import WorkerFigures
from flows.tools import load_models
from pipeline.calls.parser import load_call
from tests.flows.dossiers import write_dossier


def _round(first: float) -> Round:
    chain = ChainSeconds(words=10.0, french=20.0, encoding={4: 30.0, 12: 90.0}, sentences=100)
    return Round(2.0, first, first / 2, chain, dict.fromkeys(Stage, first / len(Stage)))


BENCH = AnalysisBench(
    dossiers=2,
    pages=8,
    short=4,
    long=12,
    rounds=(_round(6.0), _round(5.0), _round(4.0)),
    by_pages=(Point(1, 4, 1.0), Point(2, 8, 2.0)),
    by_dossiers=(Point(1, 4, 1.0), Point(4, 16, 8.0)),
    workers=(WorkerFigures(3.0, 400_000_000, 500_000_000), WorkerFigures(4.0, 400_000_000, 600_000_000)),
)


def test_ratios_of_a_bench() -> None:
    assert BENCH.times_reading() == Spread(2.0, 2.5, 3.0)
    assert BENCH.times_quicker(4) == Spread(10.0, 12.0, 15.0)
    assert BENCH.times_quicker(12) == Spread(20.0, 24.0, 30.0)
    assert BENCH.chain(4) == Spread(60.0, 60.0, 60.0)
    assert BENCH.encoding(12).median == 90.0
    assert BENCH.stage(Stage.FACTS).median == pytest.approx(0.5)


@pytest.mark.parametrize(("dossiers", "repeats"), [([], 3), ([BenchDossier("a", (), load_call("alpc-2016"))], 0)])
def test_nothing_to_measure(dossiers: list[BenchDossier], repeats: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        bench_analyse(dossiers, load_models, repeats)


def test_the_corpus_s_dossiers_are_sorted_and_no_pictures() -> None:
    dossiers = corpus_dossiers()
    keys = [(dossier.call.id, dossier.name) for dossier in dossiers]
    assert len(keys) > 20
    assert keys == sorted(keys)
    assert all(path.is_file() for dossier in dossiers for path in dossier.paths)


def test_a_dossier_with_a_file_that_is_no_pdf_is_left_aside(tmp_path: Path) -> None:
    write_dossier(tmp_path / "bon.pdf", "Lescar")
    (tmp_path / "faux.pdf").write_text("rien")
    call = load_call("aquitaine-2014")
    given = [BenchDossier(name, (tmp_path / f"{name}.pdf",), call) for name in ("bon", "faux")]
    assert digital(given) == given[:1]


def test_pages_over_and_over(tmp_path: Path) -> None:
    write_dossier(tmp_path / "un.pdf", "Lescar")
    own = page_count([tmp_path / "un.pdf"])
    repeat_pages([tmp_path / "un.pdf"], 5 * own, tmp_path / "cinq.pdf")
    assert page_count([tmp_path / "un.pdf", tmp_path / "cinq.pdf"]) == 6 * own
