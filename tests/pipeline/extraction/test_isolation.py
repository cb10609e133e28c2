import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.document import Document, FileStatus
from pipeline.extraction import isolation
from pipeline.extraction.isolation import read_dossier_isolated
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from tests.pipeline.extraction.printed import printed, saved, text

# Stands for the child: does to files of these names what hostile ones do to the reader.
_HOSTILE_CHILD = """
import os, sys, time
from pathlib import Path
from pipeline.extraction import reader

real = reader.read_file

def read_file(path, limits, engine):
    with path.with_suffix(".log").open("a") as log:
        log.write("read ")
    if path.stem == "plante":
        os.abort()
    if path.stem == "boucle":
        time.sleep(600)
    if path.stem == "bombe":
        bytearray(2 * limits.memory_bytes)
    if path.stem == "enfle":
        held = [bytes(bytearray(8 << 20)) for _ in range(int(0.9 * limits.memory_bytes) >> 23)]
        time.sleep(3)  # so that it is seen, even where the parent waits for its turn
        os.abort()
    return real(path, limits, engine)

reader.read_file = read_file
import runpy
runpy.run_module("pipeline.extraction.child", run_name="__main__", alter_sys=True)
"""


@pytest.fixture
def hostile_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hostile_child.py").write_text(_HOSTILE_CHILD)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(Path.cwd())]))
    monkeypatch.setattr(isolation, "_CHILD", "hostile_child")


def good(path: Path) -> Path:
    return saved(printed(text(50, 100, f"Le fichier {path.stem}")), path)


def isolated(*paths: Path, limits: ReadingLimits | None = None) -> Document:
    return read_dossier_isolated("dossier", list(paths), limits or ReadingLimits(), use_ocr=False)


def test_the_same_document_as_in_this_process(tmp_path: Path) -> None:
    paths = [good(tmp_path / "a.pdf"), saved(b"not a PDF", tmp_path / "b.pdf")]
    assert isolated(*paths) == read_dossier("dossier", paths, ReadingLimits())


@pytest.mark.usefixtures("hostile_child")
@pytest.mark.parametrize(
    ("stem", "limits", "reason"),
    [
        ("plante", ReadingLimits(), "crash"),
        ("bombe", ReadingLimits(), "memory"),
        ("enfle", ReadingLimits(memory_bytes=400 << 20), "memory"),
    ],
)
def test_a_file_that_brings_the_child_down_costs_only_itself(
    stem: str, limits: ReadingLimits, reason: str, tmp_path: Path
) -> None:
    found = isolated(good(tmp_path / "a.pdf"), good(tmp_path / f"{stem}.pdf"), good(tmp_path / "z.pdf"), limits=limits)
    assert [(f.status, f.reason) for f in found.files] == [
        (FileStatus.READ, None),
        (FileStatus.UNREADABLE, reason),
        (FileStatus.READ, None),
    ]
    assert found.body == "Le fichier a\nLe fichier z"
    assert len(found.files[1].sha256) == 64
    assert {log.read_text() for log in tmp_path.glob("*.log")} == {"read "}  # each of them once


@pytest.mark.usefixtures("hostile_child")
def test_a_file_that_takes_too_long_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "boucle.log"
    clock = SimpleNamespace(monotonic=lambda: 3600.0 if log.exists() else 0.0)  # an hour once it is being read
    monkeypatch.setattr(isolation, "time", clock)
    found = isolated(*(good(tmp_path / f"{stem}.pdf") for stem in ("a", "boucle", "z")))
    assert [file.reason for file in found.files] == [None, "timeout", None]
    assert {log.read_text() for log in tmp_path.glob("*.log")} == {"read "}  # each of them once


def test_from_several_threads(tmp_path: Path) -> None:
    paths = [good(tmp_path / f"{name}.pdf") for name in "abc"]
    with ThreadPoolExecutor(3) as pool:
        assert [found.body for found in pool.map(isolated, paths)] == [f"Le fichier {name}" for name in "abc"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        isolated(tmp_path / "absent.pdf")


def test_a_child_that_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_CHILD", "no_such_module")
    with pytest.raises(RuntimeError, match="does not start"):
        isolated(good(tmp_path / "a.pdf"))


@pytest.mark.skipif(sys.platform != "linux", reason="the system is asked to end the child on Linux only")
@pytest.mark.usefixtures("hostile_child")
def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    path = good(tmp_path / "boucle.pdf")
    program = (
        "import sys; from pathlib import Path; from pipeline.extraction import isolation as i;"
        "from pipeline.extraction.limits import ReadingLimits; i._CHILD = 'hostile_child';"
        "i.read_dossier_isolated('d', [Path(sys.argv[1])], ReadingLimits(), use_ocr=False)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program, str(path)])
    child = _wait_for(lambda: _children(parent.pid))
    _wait_for(path.with_suffix(".log").exists)
    parent.kill()
    parent.wait()
    _wait_for(lambda: [] if Path(f"/proc/{child[0]}").exists() else ["gone"])


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _wait_for(look, seconds: float = 120):  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")
