"""The only module that knows which adapters are used. Engines are imported when they are needed: they take seconds."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.holding import published_build
from bot.settings import Settings

if TYPE_CHECKING:
    from ingest.build import IngestReport
    from knowledge.ask import Desk
    from knowledge.model import Build
    from knowledge.ports import Clock, Embedder

_GUIDANCE = Path(__file__).parents[1] / "guidance"
STARTER = _GUIDANCE / "sources.toml"
QUESTION_BANK = _GUIDANCE / "questions"
Report = Callable[[str, int, int], None]
"""Called with (what is being done, done, total); a total of 0 means that nobody knows."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """Today by the machine, or the day the settings name."""

    fixed: date | None = None

    def today(self) -> date:
        return self.fixed or date.today()


def clock(settings: Settings) -> Clock:
    """What today is."""
    return SystemClock(settings.today)


def embedder(settings: Settings) -> Embedder:
    """The embedding model of the settings, loaded."""
    from knowledge.adapters.sentence_transformer import SentenceTransformerEmbedder

    if settings.model is None:
        return SentenceTransformerEmbedder()
    return SentenceTransformerEmbedder(settings.model, name=settings.model.name)


def wire(settings: Settings) -> Desk:
    """The desk of these settings, ready to answer."""
    from knowledge.adapters.published_builds import PublishedBuilds
    from knowledge.ask import Desk

    model = embedder(settings)
    return Desk(PublishedBuilds(settings.home, model.fingerprint), model, clock(settings))


def published(settings: Settings) -> Build:
    """What is published, without opening it."""
    return published_build(settings.home)


def ingest(settings: Settings, sources: Sequence[Path], dry_run: bool, progress: Report) -> IngestReport:
    """Build, verify and publish what the sources name, with the question bank that the project keeps."""
    from ingest.build import ingest

    return ingest(
        sources,
        home=settings.home,
        embedder=embedder(settings),
        by=_account(),
        dry_run=dry_run,
        progress=progress,
        bank=QUESTION_BANK,
    )


def _account() -> str:
    """Who is at work, for the manifest."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # an account without a name, as containers have
        return "unknown"
