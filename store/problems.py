"""What can go wrong with the store, and how the errors of databases and disks are told to people."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from pipeline.errors import StoreProblem


class StoreNotWritable(StoreProblem):
    """The folder or the database may not be read or written."""

    code = "store-not-writable"
    advice = (
        "Vérifiez vos droits sur ce dossier ou cette base, ou nommez un autre dossier par REPERES_HOME, puis relancez."
    )


class StoreFull(StoreProblem):
    """No room is left."""

    code = "store-full"
    advice = "Libérez de la place sur le disque, puis relancez : le travail reprendra où il en était."


class StoreBusy(StoreProblem):
    """Another program has held the database for too long."""

    code = "store-busy"
    advice = "Attendez la fin de l'autre traitement, ou arrêtez le programme qui garde la base ouverte, puis relancez."


class StoreTooNew(StoreProblem):
    """A newer version of the program made this store."""

    code = "store-too-new"
    advice = "Mettez le programme à jour, ou nommez un autre dossier par REPERES_HOME."


class StoreDamaged(StoreProblem):
    """The database's file is no longer a database."""

    code = "store-damaged"
    advice = "Restaurez le dossier que nomme REPERES_HOME depuis une sauvegarde, ou nommez-en un autre."


class StoreUnreachable(StoreProblem):
    """The database server does not answer, or refuses us."""

    code = "store-unreachable"
    advice = "Vérifiez l'adresse de la base PostgreSQL, ses identifiants, et que le serveur est en marche."


class InvalidDatabaseAddress(StoreProblem):
    """The address names no database that the program knows."""

    code = "invalid-database-address"
    exit_code = 2
    advice = "Écrivez-la « postgresql://utilisateur@serveur/base » ; sans adresse, la base est un fichier SQLite."


class AlteredFile(StoreProblem):
    """A file of the store is missing, or its bytes are no longer those of its digest."""

    code = "altered-file"
    advice = "Restaurez ce fichier depuis une sauvegarde, ou supprimez-le et déposez de nouveau le dossier."


class WrongHand(StoreProblem):
    """The machine tried to write what people say, or a person what the machine says."""

    code = "wrong-hand"
    advice = "Signalez-le : le programme n'aurait pas dû essayer. Rien n'a été écrit."


class NotInStore(StoreProblem):
    """What is asked for was never put in the store."""

    code = "not-in-store"
    advice = "Vérifiez que REPERES_HOME nomme bien le dossier où ce travail a été fait."


class ConflictingAnalysis(StoreProblem):
    """The same document, call and versions gave other bytes than before: what is kept stays."""

    code = "conflicting-analysis"
    advice = "Signalez-le : la même analyse, refaite, a donné un autre résultat. L'analyse gardée n'a pas changé."


_DISK = {
    errno.ENOSPC: StoreFull,
    errno.EDQUOT: StoreFull,
    errno.EACCES: StoreNotWritable,
    errno.EPERM: StoreNotWritable,
    errno.EROFS: StoreNotWritable,
    errno.ENOTDIR: StoreNotWritable,
    errno.EEXIST: StoreNotWritable,
}
_SQLITE = {
    "SQLITE_FULL": StoreFull,
    "SQLITE_BUSY": StoreBusy,
    "SQLITE_LOCKED": StoreBusy,
    "SQLITE_READONLY": StoreNotWritable,
    "SQLITE_CANTOPEN": StoreNotWritable,
    "SQLITE_PERM": StoreNotWritable,
    "SQLITE_AUTH": WrongHand,
    "SQLITE_NOTADB": StoreDamaged,
    "SQLITE_CORRUPT": StoreDamaged,
}
_POSTGRESQL = {
    "53100": StoreFull,
    "55P03": StoreBusy,
    "25006": StoreNotWritable,
    "42501": StoreNotWritable,
}
_SAID = {
    StoreFull: "Il n'y a plus de place pour la base de travail ({place}).",
    StoreBusy: "La base de travail est occupée par un autre programme ({place}).",
    StoreNotWritable: "La base de travail ne peut pas être lue ou écrite ({place}).",
    StoreDamaged: "La base de travail est endommagée ({place}).",
    WrongHand: "La base de travail a refusé l'opération : ce qui revient aux personnes n'est pas écrit par la machine, "
    "ni l'inverse ({place}).",
    StoreUnreachable: "La base de travail ne répond pas ({place}).",
    StoreProblem: "La base de travail a refusé l'opération ({place}).",
}


@contextmanager
def told_plainly(place: str) -> Iterator[None]:
    """Turns what databases and disks raise into a `StoreProblem` about `place`.

    What is not known stays what it is for an `OSError`, and is a plain `StoreProblem` for a database's error.
    """
    try:
        yield
    except OSError as error:
        kind = _DISK.get(error.errno or 0)
        if kind is None:
            raise
        raise kind(_SAID[kind].format(place=place)) from error
    except DBAPIError as error:
        database_kind = _kind_of(error)
        raise database_kind(_SAID[database_kind].format(place=place)) from error


def _kind_of(error: DBAPIError) -> type[StoreProblem]:
    sqlite_name = getattr(error.orig, "sqlite_errorname", None)
    if isinstance(sqlite_name, str):
        # An extended name (SQLITE_BUSY_SNAPSHOT, SQLITE_READONLY_DIRECTORY) starts with the plain one.
        return next((kind for name, kind in _SQLITE.items() if sqlite_name.startswith(name)), StoreProblem)
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(state, str):
        # Class 08 is a lost connection, 28 a refused login, 3D a database that does not exist, 57P a server going down.
        return StoreUnreachable if state.startswith(("08", "28", "3D", "57P")) else _POSTGRESQL.get(state, StoreProblem)
    return StoreUnreachable if type(error.orig).__module__.startswith("psycopg") else StoreProblem
