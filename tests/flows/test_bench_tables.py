import io
from dataclasses import replace

from rich.console import Console

from evaluation.bench_worker import WorkerFigures
from flows.cli.bench_tables import show_analysis
from tests.evaluation.test_bench_analyse import BENCH


def _shown(result: object, left_out: int = 0) -> str:
    screen = io.StringIO()
    show_analysis(Console(file=screen, width=200), result, left_out)  # type: ignore[arg-type]
    return screen.getvalue().replace("\u00a0", " ")


def test_everything_measured_is_shown_in_french() -> None:
    shown = _shown(BENCH, left_out=2)
    for expected in (
        "8 pages de 2 dossiers, 3 tours",
        "Chaîne directe, le même encodeur (4 couches) en 32 bits : s",
        "12,0",
        "lecteur appris",
        "Un dossier dont les pages se répètent : le temps croît comme les pages puissance 1,00.",
        "De plus en plus de dossiers : le temps croît comme les pages puissance 1,50.",
        "2 dossiers laissés de côté.",
    ):
        assert expected in shown


def test_targets_are_told_plainly() -> None:
    shown = _shown(BENCH)
    assert "Objectif atteint : au plus 4 fois la lecture seule ; mesuré : 2,5." in shown
    assert "Objectif atteint : au moins 10 fois plus vite que la chaîne directe à 4 couches ; mesuré : 12,0." in shown
    assert "Objectif atteint : mémoire d'un ouvrier sous 1,5 Go ; mesuré : 600 Mo." in shown
    assert "manqué" not in shown
    slow = replace(BENCH, workers=(WorkerFigures(30.0, 400_000_000, 2_000_000_000),))
    missed = _shown(slow)
    assert "Objectif manqué : mémoire d'un ouvrier sous 1,5 Go ; mesuré : 2000 Mo." in missed
    assert "Objectif manqué : démarrage d'un ouvrier en moins de 10 s ; mesuré : 30,0 s." in missed
