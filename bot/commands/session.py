"""What every command runs with: the settings, and how the desk is opened. Tests pass their own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from bot import wiring
from bot.settings import Settings
from knowledge.as_at import read_date
from knowledge.errors import WrongUse

if TYPE_CHECKING:
    from ingest.report import IngestReport
    from knowledge.ask import Desk
    from knowledge.model import Build


@dataclass(frozen=True)
class Session:
    """One run of a command."""

    settings: Settings
    wire: Callable[[Settings], Desk] = wiring.wire
    ingest: Callable[[Settings, Sequence[Path], bool, wiring.Report], IngestReport] = wiring.ingest
    ingest_draft: Callable[[Settings, str, str, wiring.Report], IngestReport] = wiring.ingest_draft
    published: Callable[[Settings], Build] = wiring.published
    out: Console = field(default_factory=lambda: Console(highlight=False))
    err: Console = field(default_factory=lambda: Console(highlight=False, stderr=True))

    def open_desk(self) -> Desk:
        """The desk, opened with a sign of life on a terminal: loading the embedding model takes seconds."""
        with self.err.status("Opening the guidance"):
            return self.open_quietly()

    def open_quietly(self) -> Desk:
        """The desk, with its build open. Raises NoBuild, BuildInvalid or ModelMismatch."""
        self.published(self.settings)  # so that nobody waits for the model to be told that nothing is published
        return self.wire(self.settings)

    def holding(self) -> str:
        """What the desk answers from, in a line. Raises NoBuild before anyone waits for the model to load."""
        build = self.published(self.settings)
        today = self.today()
        titles = dict.fromkeys(edition.title for edition in build.editions if edition.governs(today))
        return f"It holds {len(build.editions)} editions; today from: {'; '.join(titles) or 'none of them'}."

    def today(self) -> date:
        """What today is."""
        return wiring.clock(self.settings).today()

    def day(self, text: str | None) -> date | None:
        """The day that `--as-at` or a batch line names. Raises WrongUse."""
        if text is None or not text.strip():
            return None
        day = read_date(text, self.today())
        if day is None:
            raise WrongUse(f"{text!r} is not a date; write it like 2013-04-01 or 1 April 2013.")
        return day


def session_of(context: typer.Context) -> Session:
    """The session that the top-level callback, or a test, put there."""
    session = context.find_root().obj
    assert isinstance(session, Session)  # noqa: S101 - the callback of terminal.py always runs first
    return session


@contextmanager
def only_json() -> Iterator[Callable[[str], None]]:
    """Keep libraries' chatter off standard output; what the given function is called with is all that goes there."""
    out = sys.stdout

    def put(line: str) -> None:
        out.write(line + "\n")
        out.flush()

    with redirect_stdout(sys.stderr):
        yield put
