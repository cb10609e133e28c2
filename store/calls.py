"""The call that an id names: one that comes with the program, or one whose file a user added to the room."""

from sqlalchemy import Connection, select

from pipeline.calls.catalogue import built_in_calls
from pipeline.calls.model import Call
from pipeline.calls.parser import load_call, parse_call
from pipeline.errors import UnknownCall
from store.files import FileStore
from store.people.tables.calls import room_calls


def known_call(connection: Connection, files: FileStore, call_id: str) -> Call:
    """The call of this id.

    Raises:
        UnknownCall: neither the program nor the room has it.
        InvalidCallFile: the program no longer takes the file that was added.
        AlteredFile: the file that was added is missing or altered.
    """
    if call_id in built_in_calls():
        return load_call(call_id)
    digest = connection.scalar(select(room_calls.c.file).where(room_calls.c.call == call_id))
    if digest is None:
        raise UnknownCall(f"« {call_id} » n'est pas un appel connu.")
    return parse_call(files.read(digest), call_id)
