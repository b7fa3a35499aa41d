"""A session whose desk answers from passages in memory, and a way to run a command in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType
from typer.testing import CliRunner, Result

from bot.commands.session import Session
from bot.settings import Settings
from bot.terminal import app
from knowledge.ask import Desk
from knowledge.model import Authority, Passage
from tests.builders import TODAY, a_passage, an_edition
from tests.fakes import FakeBuild, FakeBuilds, FakeClock, FakeEmbedder

NOW = an_edition()
THEN = an_edition(label="April 2013", effective_from=date(2013, 4, 1), effective_to=date(2014, 3, 31))
POLICY = an_edition(document="policy", title="Policy of Nowhere", authority=Authority.FORCE_POLICY, label="v1", url="")

PASSAGES = [
    a_passage("This part is about time limits.", ordinal=1, edition=NOW, path=("Time limits",), pages=(9,)),
    a_passage(
        "Be prompt. A crime must be recorded no later than 24 hours after the report. Say why when it is late.",
        ordinal=2,
        edition=NOW,
        path=("Time limits", "The limit"),
        pages=(10, 11),
    ),
    a_passage("Lateness is counted in hours.", ordinal=3, edition=NOW, path=("Time limits",), pages=(11,)),
    a_passage("A crime must be recorded within 72 hours of the report.", ordinal=1, edition=THEN, pages=(3,)),
    a_passage("Tell the duty sergeant when a crime must be recorded late.", ordinal=1, edition=POLICY, pages=()),
]
QUESTION = "when must a crime be recorded after the report"


def a_desk(passages: list[Passage] = PASSAGES, today: date = TODAY) -> Desk:
    embedder = FakeEmbedder()
    return Desk(FakeBuilds(FakeBuild(passages, embedder)), embedder, FakeClock(today))


def a_session(desk: Desk | Callable[[], Desk] | None = None, home: Path = Path("var"), **over: Any) -> Session:
    """A session on `desk`; `over` are settings."""
    opened = desk or a_desk()
    held = a_desk().builds.current().manifest
    return Session(
        Settings(home=home, today=TODAY, **over),
        wire=lambda _: opened if isinstance(opened, Desk) else opened(),
        published=lambda _: held,
    )


def desk_command(*arguments: str, session: Session | None = None, typed: str = "") -> Result:
    """Run `desk` with these arguments."""
    return CliRunner().invoke(app, list(arguments), input=typed, obj=session or a_session())


def printed(view: RenderableType, width: int = 80) -> str:
    """A view as it prints without colour."""
    console = Console(file=StringIO(), width=width, highlight=False)
    console.print(view)
    return console.file.getvalue()  # type: ignore[attr-defined]
