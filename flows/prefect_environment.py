"""How Prefect is run: on this machine, silently, telling nobody. Imported before Prefect itself.

A variable that the user has set is left alone: with PREFECT_API_URL, the flows report to that server.
"""

import os
from pathlib import Path

from flows.prefect_server import check_server, start_private_server

_ALWAYS = {
    # Dossiers are confidential: nothing about their instruction leaves the machine.
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
_USUALLY = {
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
}
# A server that lives for one command needs none of these: nobody looks at it.
_PRIVATE_SERVER = {
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    **{
        f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false"
        for service in (
            "CANCELLATION_CLEANUP",
            "EVENT_PERSISTER",
            "FOREMAN",
            "LATE_RUNS",
            "PAUSE_EXPIRATIONS",
            "SCHEDULER",
            "TASK_RUN_RECORDER",
            "TRIGGERS",
        )
    },
}


def check_given_server() -> None:
    """Makes sure, before any work, that the server that the user names answers; without one there is nothing to check.

    Raises:
        InvalidPrefectAddress, PrefectServerUnreachable: it does not.
    """
    if given := os.environ.get("PREFECT_API_URL"):
        check_server(given)


def prepare_prefect(home: Path) -> None:
    """Sets Prefect's environment for this process and those that it starts; Prefect's own files go under `home`.

    Raises:
        PrefectServerProblem: the private server does not start.
    """
    os.environ.update(_ALWAYS)
    usual = dict(_USUALLY)
    usual["PREFECT_HOME"] = str(home / "prefect")
    own_server = not os.environ.get("PREFECT_API_URL")
    if own_server:
        usual |= _PRIVATE_SERVER
    for name, value in usual.items():
        os.environ.setdefault(name, value)
    if own_server:
        os.environ["PREFECT_API_URL"] = start_private_server()
