"""The conversation on a real (pseudo) terminal: prompts, leaving politely, and not waiting for the model."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.a_session import QUESTION

ROOT = Path(__file__).resolve().parents[2]


class AtTheKeyboard:
    """A desk on a pseudo-terminal, and what it has shown so far."""

    def __init__(self, opening_takes: float = 0) -> None:
        ours, theirs = pty.openpty()
        self.shown, self._unread, self._terminal = "", "", ours
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bot.desk_in_memory", "run"],
            cwd=ROOT,
            env={**os.environ, "OPENING_TAKES": str(opening_takes), "COLUMNS": "100", "TERM": "xterm"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            # Whoever runs the tests in the background has Ctrl-C ignored, and children inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        os.close(theirs)

    def sees(self, words: str, within: float = 20) -> bool:
        """Read until `words` are shown; the next look begins behind them."""
        deadline = time.monotonic() + within
        while words not in self._unread and time.monotonic() < deadline:
            if not select.select([self._terminal], [], [], 0.2)[0]:
                continue
            try:
                part = os.read(self._terminal, 4096).decode(errors="replace")
            except OSError:  # the other end is closed
                break
            self.shown += part
            self._unread += part
        seen = words in self._unread
        self._unread = self._unread.partition(words)[2]
        return seen

    def types(self, text: str) -> None:
        os.write(self._terminal, text.encode())

    def ends(self, within: float = 10) -> int:
        self.sees("\0never", within=0.3)
        return self.process.wait(within)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._terminal)


@pytest.fixture
def keyboard() -> Iterator[AtTheKeyboard]:
    desk = AtTheKeyboard()
    yield desk
    desk.close()


def test_a_question_a_passage_and_quit(keyboard: AtTheKeyboard) -> None:
    assert keyboard.sees("Question: ")
    assert "Recording Desk answers" in keyboard.shown
    assert "It holds 3 editions; today from: Invented Recording Rules; Policy of Nowhere." in keyboard.shown
    keyboard.types(QUESTION + "\n")
    assert keyboard.sees("to read the whole passage.")
    assert keyboard.sees("Question: ")
    keyboard.types("1\n")
    assert keyboard.sees("After it")
    assert keyboard.sees("Question: ")
    keyboard.types("quit\n")
    assert keyboard.sees("Goodbye.")
    assert 0 == keyboard.ends()
    assert "Traceback" not in keyboard.shown


def test_control_d_leaves_politely(keyboard: AtTheKeyboard) -> None:
    assert keyboard.sees("Question: ")
    keyboard.types("\x04")
    assert keyboard.sees("Goodbye.")
    assert 0 == keyboard.ends()
    assert "Traceback" not in keyboard.shown


def test_control_c_leaves_politely(keyboard: AtTheKeyboard) -> None:
    assert keyboard.sees("Question: ")
    time.sleep(0.5)  # readline shows the prompt a moment before it listens for signals
    os.killpg(keyboard.process.pid, signal.SIGINT)
    assert keyboard.sees("Goodbye.")
    assert 0 == keyboard.ends()
    assert "Traceback" not in keyboard.shown


def test_the_prompt_does_not_wait_for_the_model_and_neither_does_leaving() -> None:
    desk = AtTheKeyboard(opening_takes=60)
    try:
        assert desk.sees("Question: ", within=10)
        desk.types("quit\n")
        assert desk.sees("Goodbye.")
        assert 0 == desk.ends()
    finally:
        desk.close()


def test_control_c_while_waiting_for_the_model_leaves_politely() -> None:
    desk = AtTheKeyboard(opening_takes=60)
    try:
        assert desk.sees("Question: ", within=10)
        desk.types(QUESTION + "\n")
        assert desk.sees("Opening the guidance")
        os.killpg(desk.process.pid, signal.SIGINT)
        assert desk.sees("Goodbye.")
        assert 0 == desk.ends()
        assert "Traceback" not in desk.shown
    finally:
        desk.close()
