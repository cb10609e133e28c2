"""Every permission, as a pure function: who may do what. What a person may *see* is `store.people.visible`'s.

Nothing else in the room compares roles: a handler asks a function of this file, or does not ask at all.
"""

from store.people.calls import CallState
from store.people.viewers import Role, Viewer

_ALL = frozenset(Role)


def may_manage_accounts(viewer: Viewer) -> bool:
    """Make accounts, change roles, shut them."""
    return viewer.role is Role.ADMINISTRATOR


def may_manage_calls(viewer: Viewer) -> bool:
    """Open and close calls, set them, name their juries."""
    return viewer.role in (Role.ADMINISTRATOR, Role.INSTRUCTOR)


def may_see_triage(viewer: Viewer) -> bool:
    """The table of all dossiers of a call, its exports, and the instruction page of each."""
    return viewer.role in (Role.ADMINISTRATOR, Role.INSTRUCTOR, Role.AUDITOR)


def may_instruct(viewer: Viewer) -> bool:
    """Decide on fields, facts, findings, types and states; assign, label; save and share views."""
    return viewer.role in (Role.ADMINISTRATOR, Role.INSTRUCTOR)


def may_deposit(viewer: Viewer, call: CallState, *, awaited: bool = False) -> bool:
    """Deposit files, as long as the call is open; afterwards those of a dossier whose pieces are `awaited`."""
    return may_instruct(viewer) and (call is CallState.OPEN or awaited)


def may_see_deposits(viewer: Viewer) -> bool:
    """What was deposited, and what became of it."""
    return viewer.role in (Role.ADMINISTRATOR, Role.INSTRUCTOR, Role.AUDITOR)


def may_judge(viewer: Viewer) -> bool:
    """Read as a juror: declare conflicts, choose passages, enter scores. Nobody else ever may."""
    return viewer.role is Role.JUROR


def may_plan_sessions(viewer: Viewer) -> bool:
    """Plan a session of the jury: its day, its chair, its dossiers."""
    return viewer.role is Role.INSTRUCTOR


def may_see_sessions(viewer: Viewer) -> bool:
    """Sessions of the jury: a juror those that they attend; an administrator none."""
    return viewer.role in (Role.INSTRUCTOR, Role.JUROR, Role.AUDITOR)


def may_chair(viewer: Viewer, *, chair: int) -> bool:
    """Open and close a session, enter collective values and outcomes: its chair alone."""
    return may_judge(viewer) and viewer.id == chair


def may_change_presence(viewer: Viewer, *, chair: int) -> bool:
    """Say who sits in an open session from now on, under whom and on which day."""
    return may_plan_sessions(viewer) or may_chair(viewer, chair=chair)


def may_audit(viewer: Viewer) -> bool:
    """Draw samples, record checks, export the audit's report."""
    return viewer.role is Role.AUDITOR


def may_read_journal(viewer: Viewer) -> bool:
    """Read the journal, and have it verified."""
    return viewer.role in (Role.AUDITOR, Role.ADMINISTRATOR)


def may_read_guide(viewer: Viewer) -> bool:
    """Read the user guide: whoever is logged in. It says what each role does, and holds nothing of any dossier."""
    return viewer.role in _ALL


def may_export_for_training(viewer: Viewer) -> bool:
    """Take what was corrected out of the room, for `reperes train --also`."""
    return viewer.role in (Role.ADMINISTRATOR, Role.INSTRUCTOR)
