"""The guard of conftest.py itself."""

from __future__ import annotations

import socket

import pytest

from tests import conftest


@pytest.fixture
def forgotten() -> object:
    """Let a test try what the guard refuses, without failing for it."""
    yield
    conftest._attempts.clear()


def test_a_connection_off_this_machine_is_refused(forgotten: None) -> None:
    with socket.socket() as tried, pytest.raises(conftest.LeftTheMachine):
        tried.connect(("192.0.2.1", 443))

    assert ["('192.0.2.1', 443)"] == conftest._attempts


def test_a_look_up_off_this_machine_is_refused(forgotten: None) -> None:
    with pytest.raises(conftest.LeftTheMachine):
        socket.getaddrinfo("example.invalid", 443)


def test_loopback_is_let_through() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername()[0] == "127.0.0.1"


@pytest.mark.parametrize("address", [("127.0.0.2", 1), ("::1", 1, 0, 0), ("localhost", 1), "/run/some.sock"])
def test_addresses_of_this_machine(address: object) -> None:
    assert conftest.is_loopback(address)


@pytest.mark.parametrize("address", [("10.0.0.1", 1), ("0.0.0.0", 1), ("slack.com", 443), ("2001:db8::1", 1, 0, 0)])
def test_addresses_elsewhere(address: object) -> None:
    assert not conftest.is_loopback(address)
