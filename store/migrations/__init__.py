"""The schema, step by step: `upgrade` brings a database of any age to the one that this program knows.

A step is a file of `versions`, written by hand, named `r<number>_<what it does>.py`, and never changed once released.
"""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from store.engine import place_of
from store.problems import StoreTooNew, told_plainly

_FOLDER = Path(__file__).parent
_ADVISORY_LOCK = 7_370_653
_one_at_a_time = Lock()  # Alembic keeps the migration under way in a global of its module


def upgrade(engine: Engine) -> None:
    """Creates the schema, or brings it up to date; several processes may do so at once, one does it.

    Raises:
        StoreTooNew: a newer program made this schema; nothing is changed.
        StoreProblem: the database cannot be written.
    """
    scripts = ScriptDirectory(str(_FOLDER))
    with told_plainly(place_of(engine)):
        with engine.begin() as connection:
            if _is_current(connection, scripts, place_of(engine)):
                return
        with _one_at_a_time, engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
            if not _is_current(connection, scripts, place_of(engine)):
                config = Config()
                config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")


def _is_current(connection: Connection, scripts: ScriptDirectory, place: str) -> bool:
    """Whether the schema is the newest that this program knows.

    Raises:
        StoreTooNew: it is one that this program does not know.
    """
    revision = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreTooNew(f"La base de travail a été faite par une version plus récente du programme ({place}).")
    return revision == scripts.get_current_head()
