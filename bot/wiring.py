"""The only module that knows which adapters are used. Engines are imported when they are needed: they take seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.audit import account
from bot.holding import published_build
from bot.settings import Settings

if TYPE_CHECKING:
    from ingest.report import IngestReport
    from knowledge.ask import Desk
    from knowledge.cancellation.reviews import Reviews
    from knowledge.model import Build
    from knowledge.ports import AnswerWriter, Clock, Embedder

_GUIDANCE = Path(__file__).parents[1] / "guidance"
STARTER = _GUIDANCE / "sources.toml"
QUESTION_BANK = _GUIDANCE / "questions"
CANARIES = _GUIDANCE / "canaries.jsonl"
"""The project's canary questions; the registrar's own stand in `canaries.jsonl` of the data directory."""
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


def embedder(settings: Settings, threads: int | None = None) -> Embedder:
    """The embedding model of the settings. It is loaded when it encodes its first text."""
    from knowledge.adapters.sentence_transformer import SentenceTransformerEmbedder

    if settings.model is None:
        return SentenceTransformerEmbedder(threads=threads)
    return SentenceTransformerEmbedder(settings.model, name=settings.model.name, threads=threads)


def writer(settings: Settings) -> AnswerWriter | None:
    """The chat model of the settings, None when answers are by quotation."""
    if not settings.chat_model:
        return None
    from knowledge.adapters.langchain_writer import LangChainWriter

    return LangChainWriter(settings.chat_model)


def wire(settings: Settings) -> Desk:
    """The desk of these settings, its model loaded and its build open."""
    from bot.stored_rulings import StoredRulings
    from knowledge.adapters.published_builds import PublishedBuilds
    from knowledge.ask import Desk

    # One thread: a short question gains nothing from two, and several are answered at a time.
    model = embedder(settings, threads=1)
    builds = PublishedBuilds(settings.home, model.fingerprint)
    desk = Desk(builds, model, clock(settings), writer(settings), rulings=StoredRulings(settings.database))
    with ThreadPoolExecutor(1) as pool:
        # A child process checks the build meanwhile: together they take two thirds of the time.
        loading = pool.submit(model.embed, ["warm up"])
        builds.current()
        loading.result()
    builds.watch()
    return desk


def reviews_of(settings: Settings) -> Reviews:
    """The force's own reviews of the cancellation rules. Raises DeskError where they cannot be read."""
    from knowledge.adapters.cancellation_reviews import read_reviews

    return read_reviews(settings.home)


def published(settings: Settings) -> Build:
    """What is published, without opening it."""
    return published_build(settings.home)


def ingest(settings: Settings, sources: Sequence[Path], dry_run: bool, progress: Report) -> IngestReport:
    """Build, verify and publish what the sources name, with the question bank that the project keeps.

    What the canary questions or the dates speak against is kept unpublished, as is every build where two persons are
    asked for.
    """
    from ingest.build import ingest

    return ingest(
        sources,
        home=settings.home,
        embedder=embedder(settings),
        by=account(),
        dry_run=dry_run,
        progress=progress,
        bank=QUESTION_BANK,
        canaries=[CANARIES, settings.home / CANARIES.name],
        two_persons=settings.two_persons,
        today=clock(settings).today(),
    )


def ingest_draft(
    settings: Settings, draft: str, by: str, progress: Report, model: Embedder | None = None
) -> IngestReport:
    """Build what is published and this draft edition, and keep it unpublished for a person to look at.

    Raises WrongUse for a draft that is not there or cannot stand beside what is published, and what `ingest` raises.
    """
    from ingest.add_to_published import published_and
    from ingest.build import ingest
    from ingest.fetch.drafts import find_draft

    found = find_draft(settings.home, draft, {})
    sources, notes = published_and(settings.home, found)
    report = ingest(
        (),
        home=settings.home,
        embedder=model or embedder(settings),
        by=by,
        progress=progress,
        bank=QUESTION_BANK,
        canaries=[CANARIES, settings.home / CANARIES.name],
        two_persons=settings.two_persons,
        today=clock(settings).today(),
        listed=sources,
        drafts=[found.id],
        keep_back=True,
    )
    report.warnings[:0] = notes
    return report
