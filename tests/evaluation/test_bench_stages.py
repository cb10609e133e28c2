import pytest

from evaluation import bench_stages
from evaluation.bench_dossiers import BenchDossier, analysis_of
from evaluation.bench_stages import Stage, StageClock, stage_of, watched_analysis
from evaluation.cases import Case
from pipeline import analyse as analysing


class _Time:
    """A clock that is set by hand."""

    now = 100.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Time:
    time = _Time()
    monkeypatch.setattr(bench_stages, "time", time)
    return time


def test_what_a_stage_calls_is_counted_once(clock: _Time) -> None:
    stages = StageClock()

    def encode() -> None:
        clock.now += 5

    encode_watched = stages.timed(encode, Stage.ENCODING)

    def passages() -> str:
        clock.now += 1
        encode_watched()
        clock.now += 2
        return "passages"

    with stages.during(Stage.OTHER):
        clock.now += 10
        assert stages.timed(passages, Stage.PASSAGES)() == "passages"
    clock.now += 1000  # nothing runs
    told = {stage: seconds for stage, seconds in stages.seconds.items() if seconds}
    assert told == {Stage.OTHER: 10, Stage.PASSAGES: 3, Stage.ENCODING: 5}


def test_a_stage_that_fails_is_left(clock: _Time) -> None:
    stages = StageClock()

    def fail() -> None:
        clock.now += 1
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        stages.timed(fail, Stage.FACTS)()
    clock.now += 10
    with stages.during(Stage.TYPE):
        clock.now += 2
    assert (stages.seconds[Stage.FACTS], stages.seconds[Stage.TYPE]) == (1, 2)


@pytest.mark.parametrize(
    ("module", "stage"),
    [
        ("pipeline.facts.read", Stage.FACTS),
        ("pipeline.sentences", Stage.SENTENCES),
        ("pipeline.completeness.sections", Stage.COMPLETENESS),
        ("pipeline.analysis", None),
        ("pipeline.factsheet", None),
        ("", None),
    ],
)
def test_stage_of_a_module(module: str, stage: Stage | None) -> None:
    assert stage_of(module) is stage


def test_an_analysis_that_is_watched_is_the_same_and_tells_every_stage(case: Case) -> None:
    dossier = BenchDossier(case.gold.dossier, case.paths, case.call)
    own = dict(vars(analysing))
    plain = analysis_of(case.document, dossier, case.models)
    stages = StageClock()
    with watched_analysis(stages, case.models):
        assert analysis_of(case.document, dossier, case.models) == plain
    silent = {stage for stage, seconds in stages.seconds.items() if not seconds}
    assert silent == {Stage.READING, Stage.OTHER}  # those that are told from elsewhere
    assert vars(analysing) == own
    assert "encode" not in vars(case.models.encoder)
