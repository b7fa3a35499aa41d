"""What every test runs under: no connection leaves this machine, and nothing of the outer environment leaks in."""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_LOOPBACK_NAMES = {"localhost", "ip6-localhost", ""}


class LeftTheMachine(AssertionError):
    """A test tried to connect somewhere that is not this machine."""


def is_loopback(address: Any) -> bool:
    """Whether an address as `socket.connect` takes it stays on this machine."""
    if not isinstance(address, tuple):
        return True  # a Unix socket's path
    host = str(address[0])
    if host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


_attempts: list[str] = []


def _guard(name: str, original: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address):
            _attempts.append(str(address))
            raise LeftTheMachine(f"a test tried to {name} to {address}")
        return original(self, address)

    return guarded


def _guarded_lookup(original: Any) -> Any:
    def guarded(host: Any, *rest: Any, **more: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not is_loopback((name, 0)):
            try:
                ipaddress.ip_address(str(name).partition("%")[0])
            except ValueError:
                _attempts.append(str(name))
                raise LeftTheMachine(f"a test tried to look up {name}") from None
        return original(host, *rest, **more)

    return guarded


def pytest_configure() -> None:
    """Put the guard in before any test module is imported."""
    socket.socket.connect = _guard("connect", socket.socket.connect)  # type: ignore[method-assign]
    socket.socket.connect_ex = _guard("connect", socket.socket.connect_ex)  # type: ignore[method-assign]
    socket.getaddrinfo = _guarded_lookup(socket.getaddrinfo)


@pytest.fixture(autouse=True)
def stay_on_this_machine() -> Iterator[None]:
    """Fail the test that tried to connect elsewhere, even where a library swallowed the refusal."""
    _attempts.clear()
    yield
    if _attempts:
        left = ", ".join(_attempts)
        _attempts.clear()
        pytest.fail(f"this test tried to reach {left}; tests stay on this machine")


@pytest.fixture(autouse=True)
def a_clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings of the person running the tests stay out of them, and so does their data directory."""
    for name in list(os.environ):
        if name.startswith(("DESK_", "SLACK_")) and not name.startswith("DESK_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Take back what a test that set up logging did: its loggers write to a standard error that ends with the test."""
    yield
    structlog = sys.modules.get("structlog")
    if structlog is None or not structlog.is_configured():
        return
    structlog.reset_defaults()
    for logger in [logging.getLogger(), *logging.Logger.manager.loggerDict.values()]:
        if isinstance(logger, logging.Logger) and any(type(h).__name__ == "WithoutWords" for h in logger.handlers):
            logger.handlers, logger.propagate = [], True
            logger.setLevel(logging.NOTSET)
