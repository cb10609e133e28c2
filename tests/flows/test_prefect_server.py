import socket

import pytest

from flows.prefect_environment import check_given_server
from flows.prefect_server import InvalidPrefectAddress, PrefectServerUnreachable, check_server


@pytest.fixture
def port() -> int:
    """A port of this machine where nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
        return free


@pytest.mark.parametrize("address", ["foo", "http://", "ftp://serveur/api", "http://[::1", "http://serveur:port/api"])
def test_what_is_no_address_is_a_wrong_call(address: str) -> None:
    with pytest.raises(InvalidPrefectAddress) as caught:
        check_server(address)
    assert caught.value.exit_code == 2
    assert "PREFECT_API_URL" in caught.value.message


def test_a_server_that_does_not_answer_is_said_without_its_password(port: int) -> None:
    with pytest.raises(PrefectServerUnreachable) as caught:
        check_server(f"http://jeanne:secret@127.0.0.1:{port}/api")
    assert caught.value.exit_code == 1
    assert f"http://127.0.0.1:{port}/api" in caught.value.message
    assert "secret" not in caught.value.message + caught.value.advice


def test_a_server_that_answers_is_taken(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    check_given_server()
    with socket.create_server(("127.0.0.1", port)):
        monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{port}/api")
        check_given_server()
