"""The tables of people, as queries see them. Migrations alone create them."""

from store.people.tables import accounts, audits, calls, decisions, deliberations, jury

PEOPLE_TABLES = frozenset(
    table.name
    for module in (accounts, audits, calls, decisions, deliberations, jury)
    for table in vars(module).values()
    if hasattr(table, "columns")
)
"""What the machine's connection may not write."""
