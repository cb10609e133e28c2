"""The tables of people, as queries see them. Migrations alone create them."""

from sqlalchemy import Table

from store import schema
from store.people.tables import accounts, audits, calls, decisions, deliberations, deposits, jury, letters

PEOPLE_TABLES = frozenset(
    table.name
    for module in (accounts, audits, calls, decisions, deliberations, deposits, jury, letters)
    for table in vars(module).values()
    if isinstance(table, Table) and vars(schema).get(table.name) is not table
)
"""What the machine's connection may not write."""
