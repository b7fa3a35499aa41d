"""Every way a command can go wrong becomes one sentence on standard error and an exit code: 1 failed, 2 wrong use."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from bot.fault_log import fault_log, record_fault
from knowledge.errors import DeskError, WrongUse

DONE, FAILED, WRONG_USE = 0, 1, 2


class Unforeseen(DeskError):
    """A fault in the desk itself; its text gives the reference under which it was recorded."""


class PlainFaults(TyperGroup):
    """A command group that never shows a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; record a fault nobody foresaw where the data directory keeps them."""
        try:
            return super().invoke(ctx)
        except (DeskError, TyperException, typer.Exit, typer.Abort, OSError, EOFError):
            raise
        except Exception as fault:
            home: Path = ctx.find_root().obj.settings.home
            raise Unforeseen(unforeseen(home, fault)) from fault

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "desk",
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run, say what went wrong if anything did, and exit."""
        try:
            code = super().main(args, "desk", complete_var, standalone_mode=False, **extra)
        except BaseException as fault:
            code = exit_code_of(fault)
        sys.exit(code if isinstance(code, int) and code in (DONE, FAILED, WRONG_USE) else _interrupted(code))


def exit_code_of(fault: BaseException) -> int:
    """Say the fault in one sentence and return the exit code it means."""
    match fault:
        case SystemExit():
            return fault.code if isinstance(fault.code, int) else FAILED
        case TyperException():
            # Help that was asked for by giving no arguments comes this way too, and is more than a sentence.
            say(fault.format_message())
            return getattr(fault, "exit_code", WRONG_USE)
        case WrongUse():
            say(str(fault))
            return WRONG_USE
        case DeskError():
            say(str(fault))
            return FAILED
        case KeyboardInterrupt() | typer.Abort():
            return _interrupted(130)
        case BrokenPipeError():
            # Whoever read our output has left; flushing at exit must not fail a second time.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return FAILED
        case OSError() if fault.errno is not None:
            say(_of_the_machine(fault))
            return FAILED
        case _:
            say(f"Something went wrong inside the desk ({type(fault).__name__}); run `desk doctor`.")
            return FAILED


def unforeseen(home: Path, fault: Exception) -> str:
    """Record the fault and return the sentence that tells a person of it."""
    reference = record_fault(home, fault)
    return (
        f"Something went wrong inside the desk ({type(fault).__name__}); give the reference {reference} and "
        f"{fault_log(home)} to whoever looks after it."
    )


def say(sentence: str) -> None:
    """One line on standard error."""
    print(sentence, file=sys.stderr)  # noqa: T201 - this is where the command line speaks


def _interrupted(_: object) -> int:
    say("Stopped.")
    return FAILED


def _of_the_machine(fault: OSError) -> str:
    name = fault.filename if isinstance(fault.filename, str) else "the file"
    match fault.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "The disk is full; make room where DESK_HOME is and run the command again."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{name} may not be written or read by this account; change its permissions or set DESK_HOME."
        case errno.ENOENT:
            return f"{name} is not there; check the path."
        case _:
            return f"{name}: {os.strerror(fault.errno or 0)}; check the path and run the command again."
