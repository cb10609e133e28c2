"""A Prefect server for one command: it starts with it, listens to this machine only, and dies with it.

Prefect would start one itself, but that one outlives a command that is killed.
"""

import atexit
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from functools import cache
from urllib.parse import urlsplit

from flows import parent
from pipeline.errors import ReperesError, UsageProblem

_LOCALHOST = "127.0.0.1"
_START_SECONDS = 180.0
_POLL_SECONDS = 0.1
_ATTEMPTS = 3
_ANSWER_SECONDS = 10.0
_PORTS = {"http": 80, "https": 443}


class PrefectServerProblem(ReperesError):
    """The private server did not start, or Prefect failed while it ran the tasks."""

    code = "prefect-server"
    advice = (
        "Relancez la commande : le travail fait est gardé."
        " Si PREFECT_API_URL est donnée, vérifiez qu'elle nomme un serveur Prefect (http://serveur:4200/api)."
    )


class PrefectServerUnreachable(PrefectServerProblem):
    """The server that the user names does not answer."""

    code = "prefect-server-unreachable"
    advice = (
        "Vérifiez PREFECT_API_URL et que ce serveur est en marche, ou retirez cette variable :"
        " un serveur privé sert alors le temps de la commande."
    )


class InvalidPrefectAddress(UsageProblem):
    """PREFECT_API_URL is no address of a server."""

    code = "invalid-prefect-address"
    advice = "Écrivez-la « http://serveur:4200/api », ou retirez cette variable."


def check_server(api: str) -> None:
    """Makes sure that the server whose address the user gave answers.

    Raises:
        InvalidPrefectAddress: `api` is not the address of a server.
        PrefectServerUnreachable: nothing answers there.
    """
    try:
        parts = urlsplit(api)
        shown = f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}{parts.path}"  # no password
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InvalidPrefectAddress("La variable PREFECT_API_URL n'est pas l'adresse d'un serveur Prefect.")
    try:
        with socket.create_connection((parts.hostname, parts.port or _PORTS[parts.scheme]), timeout=_ANSWER_SECONDS):
            return
    except OSError as error:
        raise PrefectServerUnreachable(f"Le serveur Prefect « {shown} » ne répond pas.") from error


@cache
def start_private_server() -> str:
    """The address of this process's own server, started at the first call, ended with the process.

    Raises:
        PrefectServerProblem: it does not answer.
    """
    for _ in range(_ATTEMPTS):  # another program may take the free port in between
        port = _free_port()
        server = subprocess.Popen(  # noqa: S603 - this very module
            [sys.executable, "-m", "flows.prefect_server", str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        atexit.register(server.kill)
        if _answers(server, f"http://{_LOCALHOST}:{port}/api"):
            return f"http://{_LOCALHOST}:{port}/api"
    raise PrefectServerProblem("Le serveur Prefect privé n'a pas démarré.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOCALHOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(server: "subprocess.Popen[bytes]", api: str) -> bool:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{api}/health", timeout=5):  # noqa: S310 - the address made above
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(_POLL_SECONDS)
    server.kill()
    return False


def _die_with_parent() -> None:
    parent.wait_for_its_end()
    os._exit(0)


def main(port: int) -> None:
    """Runs the server in this process."""
    os.environ |= {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
    threading.Thread(target=_die_with_parent, daemon=True).start()
    import uvicorn  # after the environment is set: it imports Prefect

    application = "prefect.server.api.server:create_app"
    uvicorn.run(application, factory=True, host=_LOCALHOST, port=port, log_level="critical")


if __name__ == "__main__":
    main(int(sys.argv[1]))
