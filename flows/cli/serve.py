"""`reperes serve`: opens the review room."""

import ipaddress
import signal
import socket
from contextlib import nullcontext, suppress

import click
import uvicorn

from flows.cli.french import FrenchCommand, GivenText
from flows.cli.screen import error_console, out_console
from flows.serving import APPLICATION, WorkerBeside, listening_socket
from flows.settings import load_settings
from flows.tools import open_own_store
from pipeline.text import typeset

_FAILED = 1
_NOT_ENCRYPTED = (
    "Elle répond à d'autres machines, sans chiffrement : placez devant elle un serveur qui chiffre (HTTPS)."
)


@click.command(cls=FrenchCommand)
@click.option(
    "--host",
    metavar="ADRESSE",
    default="127.0.0.1",
    show_default=True,
    type=GivenText(),
    help="Adresse à laquelle répondre : par défaut, cette machine seulement.",
)
@click.option(
    "--port",
    metavar="PORT",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port à écouter (0 : n'importe lequel qui soit libre).",
)
@click.option(
    "--no-worker",
    "worker",
    is_flag=True,
    flag_value=False,
    default=True,
    help="N'analyse rien : « reperes work » tourne à part.",
)
def serve(host: str, port: int, worker: bool) -> int:
    """Ouvre la salle d'examen dans le navigateur, et traite ce qui y est déposé, jusqu'à Ctrl-C.

    Le premier compte se crée par « reperes accounts add ».
    """
    open_own_store(load_settings())  # what cannot be used is said before anything is opened
    with listening_socket(host, port) as listening, WorkerBeside(_tell_worker_ended) if worker else nullcontext():
        config = uvicorn.Config(
            APPLICATION, factory=True, log_level="warning", access_log=False, server_header=False, lifespan="auto"
        )
        server = _Server(config, listening)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):  # which uvicorn raises again once it has ended in order
            server.run(sockets=[listening])
    return 0 if server.started else _FAILED


class _Server(uvicorn.Server):
    """Says where the room is once it can be reached, and not before."""

    def __init__(self, config: uvicorn.Config, listening: socket.socket) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            _tell_opened(self._listening)


def _tell_opened(listening: socket.socket) -> None:
    address, port = listening.getsockname()[:2]
    shown = f"[{address}]" if ":" in address else address
    console = out_console()
    opened = f"La salle d'examen est ouverte : http://{shown}:{port} (Ctrl-C pour la fermer)"
    console.print(typeset(opened), soft_wrap=True)
    if not ipaddress.ip_address(address).is_loopback:
        console.print(typeset(_NOT_ENCRYPTED), soft_wrap=True)


def _tell_worker_ended() -> None:
    told = "Le traitement des dépôts s'est arrêté ; il va repartir de lui-même, là où il en était."
    error_console().print(typeset(told), soft_wrap=True)
