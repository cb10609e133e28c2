"""The review room being served: the web application by name, and the worker beside it."""

import errno
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType

from pipeline.errors import UsageProblem

APPLICATION = "web.application:create"
"""The factory of the web application. Named, never imported: what the room writes is out of the machine's reach."""

_BACKLOG = 128
_FIRST_WAIT, _LONGEST_WAIT = 2.0, 60.0  # seconds before a worker that ended by itself is followed by another
_END_SECONDS = 15.0


class AddressNotUsable(UsageProblem):
    """The address that is to be listened to is taken, forbidden, or is none."""

    code = "address-not-usable"


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket that listens to the address (port 0: any free one).

    Raises:
        AddressNotUsable: says why, and what to do.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise _unusable(host, port, error) from error
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise _unusable(host, port, error) from error
    return listening


def _unusable(host: str, port: int, error: OSError) -> AddressNotUsable:
    if error.errno == errno.EADDRINUSE:
        return AddressNotUsable(
            f"Le port {port} est déjà pris par un autre programme.",
            advice=f"Arrêtez cet autre programme, ou choisissez un autre port : reperes serve --port {port + 1}.",
        )
    if error.errno == errno.EACCES:
        return AddressNotUsable(
            f"Le port {port} est réservé au système.", advice="Choisissez un port au-dessus de 1024 avec --port."
        )
    return AddressNotUsable(
        f"L'adresse « {host} » n'est pas une adresse de cette machine.",
        advice="Gardez 127.0.0.1, ou donnez à --host une adresse de cette machine.",
    )


class WorkerBeside(AbstractContextManager["WorkerBeside"]):
    """A worker in its own process for as long as the block lasts; one that ends by itself is followed by another."""

    def __init__(self, tell: Callable[[], None]) -> None:
        """`tell` is called whenever the worker has ended by itself."""
        self._tell = tell
        self._over = threading.Event()
        self._process = _start_worker()
        self._watch = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> "WorkerBeside":
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._end()
        self._watch.join()
        self._end()  # the one that was being started meanwhile

    def _follow(self) -> None:
        wait = _FIRST_WAIT
        while not self._over.is_set():
            self._process.wait()
            if self._over.is_set():
                return
            self._tell()
            self._over.wait(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
            if not self._over.is_set():
                self._process = _start_worker()

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _start_worker() -> "subprocess.Popen[bytes]":
    """Its standard input is never written: it closes when this process ends, however it ends, and the worker ends."""
    return subprocess.Popen(
        [sys.executable, "-c", "from flows.cli import main; main()", "work", "--with-parent"],
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the server, which then ends its worker
    )
