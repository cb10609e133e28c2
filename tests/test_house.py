"""The house as a whole: what no single package can test."""

import json
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("pipeline", "models", "corpora", "store", "flows", "evaluation", "web")


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("name", PACKAGES)
def test_no_installed_package_takes_a_name_of_ours(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"reperes"}


SPEAK_OF_SCORES = re.compile(r"(web|store/people|store/migrations/versions)/")
"""Where people's words are written and shown; nothing that the machine runs lies there."""

OTHER_WORDS = re.compile(
    r'""".*?"""|#[^\n]*'  # prose
    r"|score_cutoff|get_scores"  # of rapidfuzz and of bm25s
    r'|SCORE_\w+ = "score-[a-z-]+"|Action\.SCORE_\w+',  # actions of the journal, which has those of everyone
    re.DOTALL,
)


def test_score_is_a_reserved_word() -> None:
    """Only what a juror enters may be called a score: nothing that the machine runs has one, in any of its names."""
    named = re.compile(r"(?i:(?<![^\W_])scores?(?![^\W_]))|Scores?(?![a-z])")  # alone, in snake_case, in CamelCase
    users = {
        path.relative_to(ROOT).as_posix()
        for path in sources(*PACKAGES)
        if named.search(OTHER_WORDS.sub("", path.read_text("utf-8")))
    }
    assert {path for path in users if not SPEAK_OF_SCORES.match(path)} == set()


def test_scores_are_neither_averaged_nor_ranked() -> None:
    sums = re.compile(r"(?i:(?<![^\W_])(?:avg|averages?|mean|median|rank|ranks|ranking|statistics)(?![^\W_]))")
    users = [
        path.relative_to(ROOT).as_posix()
        for path in sources("store/people", "web/screens", "web/views")
        if sums.search(OTHER_WORDS.sub("", path.read_text("utf-8")))
    ]
    assert users == []


def test_the_wording_of_levels_is_read_by_no_analysis() -> None:
    """Levels are for the jurors' eyes: only the call's own files and their description may name them."""
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in sources("pipeline", "models", "corpora", "flows", "store", "evaluation")
        if re.search(r"\.levels\b", path.read_text("utf-8"))
    ]
    assert [path for path in readers if not path.startswith("pipeline/calls/")] == []


def test_the_locked_packages_are_those_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locked = (ROOT / "requirements" / "run.lock").read_text("utf-8").lower()
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=\[ ;]", requirement)[0].lower()
        if name == "torch":  # installed by itself first, and never with the gigabytes that its lock would bring
            assert requirement.split(";")[0].strip() in (ROOT / "Makefile").read_text("utf-8")
            continue
        assert re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE), name


def test_the_locked_packages_of_the_pages_are_those_declared() -> None:
    declared = json.loads((ROOT / "web" / "package.json").read_text("utf-8"))
    locked = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    versions = {**declared["dependencies"], **declared["devDependencies"]}
    assert {name: locked[f"node_modules/{name}"]["version"] for name in versions} == versions
    installed = [entry for name, entry in locked.items() if name]
    assert all(entry["integrity"].startswith("sha512-") and "resolved" not in entry for entry in installed)
    assert not any(entry.get("hasInstallScript") for entry in installed)


def test_fastapi_stays_below_the_version_that_breaks_the_prefect_server() -> None:
    locked = (ROOT / "requirements" / "run.lock").read_text("utf-8")
    found = re.search(r"^fastapi==0\.(\d+)\.", locked, re.MULTILINE)
    assert found is not None
    assert int(found[1]) < 155


def test_pages_hold_nothing_that_their_content_security_policy_refuses() -> None:
    refused = re.compile(
        r"<style|\sstyle=|<script(?![^>]*\s(?:src=|type=\"application/json\"))|\son[a-z]+=[\"']|javascript:|(?:src|href|action)=[\"']?(?:https?:)?//"
        r"|\|\s*safe\b"  # not the policy's, but what would let hostile text reach it
    )
    pages = sorted((ROOT / "web" / "templates").rglob("*.j2"))
    assert pages
    assert {page.name: found[0] for page in pages if (found := refused.search(page.read_text("utf-8")))} == {}


def test_links_between_documents_lead_somewhere() -> None:
    tops = ("README.md", "ARCHITECTURE.md", "corpora/README.md")
    pages = [*(ROOT / top for top in tops), *sorted((ROOT / "docs").rglob("*.md"))]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_modules_that_the_architecture_names_are_there() -> None:
    parts = (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("\n### ")[1:]
    named = [
        ROOT / package[1] / name
        for part in parts
        if (package := re.search(r"`(\w+)/`", part.splitlines()[0]))
        for first_cell in re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
        for name in re.findall(r"`([\w/]+)`", first_cell)
    ]
    assert len(named) > 20
    assert [path for path in named if not path.exists() and not path.with_suffix(".py").exists()] == []
