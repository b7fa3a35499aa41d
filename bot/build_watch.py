"""Tells the registrar's channel, once, that the published build is damaged, beside the log and `desk doctor`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from slack_sdk import WebClient

from bot.once import Once
from bot.rendering.message import plain
from bot.slack_calls import Calls, Refused, Unavailable
from knowledge.errors import BuildInvalid, DeskError
from knowledge.ports import Builds

VERIFY_EVERY = 6 * 3600.0
"""Seconds between two checks of the whole published build, each in a process of its own: it takes a few seconds."""
_LATE = 5.0

log = structlog.get_logger()


@dataclass
class BuildWatch:
    """Called every second. `channel` is the registrar's; without one the log alone is told."""

    home: Path
    builds: Builds
    client: WebClient
    calls: Calls
    once: Once
    channel: str
    now: Callable[[], float] = time.monotonic
    verified: dict[str, float] = field(default_factory=dict)
    missed: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        """Compare what is published with what answers, and now and then check the published build whole."""
        from ingest.publish import build_ids, builds_folder, current_build
        from ingest.verify import verify

        published = current_build(self.home)
        if published is None:
            return
        try:
            serving = self.builds.current().manifest.id
        except DeskError as fault:
            self._alarm(published, None, str(fault))
            return
        if serving != published:
            # The desk looks at the pointer four times a second, and opens what is new before it goes over to it.
            if self.now() - self.missed.setdefault(published, self.now()) >= _LATE:
                self._alarm(published, serving, f"Build {published} is published and cannot be opened.")
            return
        self.missed.clear()
        due = self.verified.setdefault(published, self.now()) + VERIFY_EVERY
        if self.now() < due or published not in build_ids(self.home):
            return
        self.verified = {published: self.now()}
        try:
            verify(builds_folder(self.home) / published)
        except BuildInvalid as fault:
            self._alarm(published, None, str(fault))

    def _alarm(self, published: str, serving: str | None, says: str) -> None:
        key = f"damaged:{published}"
        if not self.once.first(key):
            return
        log.error("build_damaged", build=published, serving=serving)
        if not self.channel:
            return
        goes_on = f" The desk answers from build {serving} meanwhile." if serving else ""
        words = f"{says}{goes_on} Roll back, or ingest again; desk builds verify says more."
        try:
            self.calls.once(
                lambda: self.client.chat_postMessage(
                    channel=self.channel, unfurl_links=False, unfurl_media=False, **plain(words).payload()
                ),
                uncertain=True,
            )
        except (Refused, Unavailable) as fault:
            log.error("alarm_not_posted", fault=type(fault).__name__, code=getattr(fault, "code", None))
            if isinstance(fault, Refused):
                self.once.undo(key)
