"""`desk run`: Slack when tokens are set, otherwise a conversation in the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress

import typer
from rich.text import Text

from bot.commands.opening import Opening
from bot.commands.plain_faults import DONE, FAILED, say, unforeseen
from bot.commands.session import Session, session_of
from bot.conversation import GREETING, SAMPLES, Conversation
from bot.rendering.printable import printable
from bot.settings import Surface
from knowledge.errors import DeskError


def run(context: typer.Context) -> int:
    """Answer questions: in Slack when its tokens are set, otherwise here.

    Questions may also come from a pipe, one a line. With no input at all, three sample questions are answered.
    """
    session = session_of(context)
    if session.settings.surface is not Surface.TERMINAL:
        from bot.slack_app import run_slack

        return run_slack(session.settings, session.open_desk())
    holding = session.holding()
    if sys.stdin is not None and sys.stdin.isatty():
        return _at_the_keyboard(session, holding)
    return _from_a_pipe(session)


def _at_the_keyboard(session: Session, holding: str) -> int:
    desk = Opening(session.open_quietly)
    talk = Conversation(desk, session.today)
    session.out.print(Text(GREETING), printable(holding, "dim"), Text(), sep="\n")
    with suppress(ImportError):
        import readline  # noqa: F401 - gives input() its line editing
    try:
        while True:
            line = input(talk.prompt)
            if line.strip() and not _show(session, talk, line, "Opening the guidance" if desk.under_way else "Looking"):
                break
    except (EOFError, KeyboardInterrupt):
        session.out.print()
    session.out.print("Goodbye.")
    if desk.under_way:
        # The model is still loading on its thread, and Python would wait for it, or fall over it, on the way out.
        sys.stdout.flush()
        os._exit(DONE)
    return DONE


def _from_a_pipe(session: Session) -> int:
    """Answer each line of standard input, or the samples when there is none."""
    lines = _piped()
    first = next(lines, None)
    talk = Conversation(lambda: desk, session.today, attended=False)
    desk = session.open_desk()
    failed = False
    if first is None:
        session.out.print(Text("Three sample questions, as officers ask them."))
        lines = iter(SAMPLES)
    else:
        lines = _with_first(first, lines)
    for line in lines:
        session.out.print(Text(f"\n> {line}\n", style="bold"))
        try:
            shown = talk.reply(line)
        except DeskError:
            raise
        except Exception as fault:
            say(unforeseen(session.settings.home, fault))
            failed = True
            continue
        if shown is None:
            break
        session.out.print(shown)
    return FAILED if failed else DONE


def _with_first(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _piped() -> Iterator[str]:
    """Lines with something on them. A closed standard input has none."""
    if sys.stdin is not None:
        for line in sys.stdin:
            if line.strip():
                yield line.strip()


def _show(session: Session, talk: Conversation, line: str, waiting: str) -> bool:
    """Show what a line asks for; False when the asker leaves. What goes wrong is said, and the conversation goes on."""
    try:
        with session.err.status(waiting):
            shown = talk.reply(line)
    except DeskError as fault:
        say(str(fault))
    except Exception as fault:
        say(unforeseen(session.settings.home, fault))
    else:
        if shown is None:
            return False
        session.out.print(shown, Text(), sep="\n")
    return True
