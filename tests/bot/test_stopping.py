"""The desk hears that it is to stop, whatever it is doing at that moment."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator

import pytest

from bot.connection import HttpConnection
from bot.slack_app import _stop_on_signals


@pytest.fixture(autouse=True)
def _as_they_were() -> Iterator[None]:
    held = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in held.items():
        signal.signal(number, handler)


def test_a_signal_that_comes_while_the_event_is_being_waited_on_is_heard() -> None:
    stop = _stop_on_signals()

    with stop._cond:  # type: ignore[attr-defined]  # as Event.wait holds it on the thread that hears the signal
        signal.raise_signal(signal.SIGTERM)

    assert stop.wait(5)


def test_a_signal_that_came_before_the_server_was_listening_ends_it() -> None:
    connection = HttpConnection.__new__(HttpConnection)
    connection._server = type("Server", (), {"should_exit": False})()  # type: ignore[assignment]
    stop = threading.Event()
    stop.set()

    connection._end_on(stop)

    assert connection._server.should_exit
