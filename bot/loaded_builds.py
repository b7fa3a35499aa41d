"""Publish or roll back from Slack: the build, the desk that answers from it, and every card that tells of it."""

from __future__ import annotations

import time
from dataclasses import dataclass

import structlog

from bot.home import Home
from bot.load_cards import LoadCards
from bot.loads import Loads, Stage
from bot.publishing import publish_build, roll_back
from bot.settings import Settings
from bot.slack_calls import Refused, Unavailable
from knowledge.errors import DeskError

_OPENING = 10.0
"""Seconds waited at most until the desk answers from what was published: twice what it may take (issue 6)."""
_OPEN = (Stage.READY, Stage.KEPT, Stage.ROLLED_BACK)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class LoadedBuilds:
    """Builds made of editions that were added in Slack."""

    loads: Loads
    cards: LoadCards
    home: Home
    settings: Settings

    def publish(self, user: str, build: str, reason: str = "") -> str:
        """Publish a build as that member, and bring every card up to date. Raises DeskError."""
        replaced = publish_build(self.settings, build, reason, user)
        self._wait_until_it_answers(build)
        if (load := self.loads.of_build(build)) is not None:
            told = {**load.told, "published_by": user, "replaced": replaced or "", "recalled": 0}
            self.loads.advance(load.id, *_OPEN, to=Stage.PUBLISHED, told=told, shown="")
        self.refresh(build, replaced)
        return f"Build {build} is published; the desk answers from it within seconds."

    def roll_back(self, user: str, build: str) -> str:
        """Publish again what was published before `build`, as that member; what to say. Raises DeskError."""
        now = roll_back(self.settings, build, user)
        self._wait_until_it_answers(now)
        load = self.loads.of_build(build)
        if load is not None:
            told = {**load.told, "rolled_back_by": user}
            self.loads.advance(load.id, Stage.PUBLISHED, to=Stage.ROLLED_BACK, told=told, shown="")
        self.refresh(build, now)
        return f"Build {now} is published again; the desk answers from it within seconds."

    def check_base(self, build: str) -> None:
        """Raises DeskError where another build was published since this one was made from what was published then."""
        from ingest.publish import current_build

        load, current = self.loads.of_build(build), current_build(self.settings.home) or ""
        if load is not None and current not in (load.base, build):
            raise DeskError(
                f"Build {current} was published since this one was made, and this one lacks what that changed: add the "
                "edition again."
            )

    def refresh(self, *builds: str | None) -> None:
        """Bring the cards of these builds up to date; what Slack does not take now, the loader shows later."""
        for build in filter(None, builds):
            if (load := self.loads.of_build(build)) is not None:
                self.loads.advance(load.id, load.stage, shown="")
                try:
                    self.cards.show(load.id)
                except (Refused, Unavailable) as fault:
                    log.warning("load_not_shown", reference=load.id[:8], fault=type(fault).__name__)

    def _wait_until_it_answers(self, build: str) -> None:
        """So that whoever reads that it is published is answered from it; opening a build takes a few seconds."""
        until = time.monotonic() + _OPENING
        try:
            while self.home.builds.current().manifest.id != build and time.monotonic() < until:
                time.sleep(0.2)
        except DeskError as fault:  # `BuildWatch` tells the registrar's channel
            log.error("not_opened", fault=type(fault).__name__)
