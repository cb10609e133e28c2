"""Whether the worker is there, for who may do something about it."""

from datetime import UTC, datetime

from store import signs
from store.people.room import Reading
from web import policies
from web.context import Context
from web.views import worker as views


def stopped_to(context: Context, reading: Reading) -> str:
    """What the person is told while something waits and nobody reads; empty otherwise, and to who only looks on."""
    if not policies.may_instruct(context.viewer):
        return ""
    told = signs.stopped(reading.connection, datetime.now(UTC))
    return views.stopped(told, administers=policies.may_manage_accounts(context.viewer))


def last_sign_to(context: Context, reading: Reading) -> str:
    """When it was last there, to who administers; empty to others."""
    if not policies.may_manage_accounts(context.viewer):
        return ""
    return views.last_sign(signs.last(reading.connection))
