"""Who may do what, role by role: the table that a data protection officer would ask for."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from store.people.calls import CallState
from store.people.viewers import Role, Viewer
from web import policies

ADMINISTRATOR, INSTRUCTOR, JUROR, AUDITOR = (Viewer(index, role) for index, role in enumerate(Role, start=1))

ALLOWED: dict[str, tuple[Callable[[Viewer], bool], set[Viewer]]] = {
    "may_manage_accounts": (policies.may_manage_accounts, {ADMINISTRATOR}),
    "may_manage_calls": (policies.may_manage_calls, {ADMINISTRATOR, INSTRUCTOR}),
    "may_see_triage": (policies.may_see_triage, {ADMINISTRATOR, INSTRUCTOR, AUDITOR}),
    "may_instruct": (policies.may_instruct, {ADMINISTRATOR, INSTRUCTOR}),
    "may_deposit": (lambda viewer: policies.may_deposit(viewer, CallState.OPEN), {ADMINISTRATOR, INSTRUCTOR}),
    "may_see_deposits": (policies.may_see_deposits, {ADMINISTRATOR, INSTRUCTOR, AUDITOR}),
    "may_judge": (policies.may_judge, {JUROR}),
    "may_plan_sessions": (policies.may_plan_sessions, {INSTRUCTOR}),
    "may_see_sessions": (policies.may_see_sessions, {INSTRUCTOR, JUROR, AUDITOR}),
    "may_chair": (lambda viewer: policies.may_chair(viewer, chair=viewer.id), {JUROR}),
    "may_change_presence": (
        lambda viewer: policies.may_change_presence(viewer, chair=viewer.id),
        {INSTRUCTOR, JUROR},
    ),
    "may_audit": (policies.may_audit, {AUDITOR}),
    "may_read_journal": (policies.may_read_journal, {ADMINISTRATOR, AUDITOR}),
    "may_read_guide": (policies.may_read_guide, {ADMINISTRATOR, INSTRUCTOR, JUROR, AUDITOR}),
    "may_export_for_training": (policies.may_export_for_training, {ADMINISTRATOR, INSTRUCTOR}),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_each_permission_is_for_these_roles_only(name: str) -> None:
    allows, allowed = ALLOWED[name]
    assert {viewer for viewer in (ADMINISTRATOR, INSTRUCTOR, JUROR, AUDITOR) if allows(viewer)} == allowed


def test_no_permission_is_left_out_of_the_table() -> None:
    there = {name for name, _ in inspect.getmembers(policies, inspect.isfunction) if name.startswith("may_")}
    assert there == set(ALLOWED)


def test_a_closed_call_takes_no_deposit() -> None:
    assert not policies.may_deposit(INSTRUCTOR, CallState.CLOSED)
    assert policies.may_deposit(INSTRUCTOR, CallState.CLOSED, awaited=True)
    assert not policies.may_deposit(AUDITOR, CallState.CLOSED, awaited=True)


def test_the_chair_is_a_juror_and_that_very_one() -> None:
    assert not policies.may_chair(JUROR, chair=JUROR.id + 1)
    assert not policies.may_chair(ADMINISTRATOR, chair=ADMINISTRATOR.id)


def test_nothing_else_in_the_room_compares_roles() -> None:
    """Roles are named elsewhere only to be told in French, or given to an account."""
    compares = re.compile(r"\brole (?:is|in|==|!=|not)\b[^\n]*\bRole\.[A-Z]")
    web = Path(inspect.getfile(policies)).parent
    sources = (path for path in web.rglob("*.py") if "bench" not in path.parts)
    found = [path.name for path in sources if compares.search(path.read_text("utf-8"))]
    assert found == ["policies.py"]
