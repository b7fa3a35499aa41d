"""The one message of each load: posted once, kept as it stands, also when Slack did not take it at first."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import structlog
from slack_sdk import WebClient

from bot.comparisons import Comparisons, ShownComparison
from bot.earlier_post import earlier_post
from bot.loads import Load, Loads, Stage
from bot.publishing import speaks_against
from bot.recalling import ToPutRight, to_put_right
from bot.records import Records
from bot.rendering.load_card import RECALL_DAYS, Around, load_card
from bot.settings import Settings
from bot.slack_calls import Calls
from knowledge.errors import DeskError

METADATA = "recording_desk_load"
_DAY = 86_400.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class LoadCards:
    """Renders and shows. Safe to use from several threads."""

    client: WebClient
    calls: Calls
    loads: Loads
    records: Records
    comparisons: Comparisons
    settings: Settings
    now: Callable[[], float] = time.time
    showing: threading.Lock = field(default_factory=threading.Lock)

    def post(self, load: Load) -> Load:
        """Post the message of a load that stands nowhere yet. Raises Refused or Unavailable."""
        ts, channel = self._stands(load), load.posted_in
        if ts is None:
            self.loads.advance(load.id, Stage.WAITING, told={**load.told, "posting": True})
            metadata = {"event_type": METADATA, "event_payload": {"load": load.id}}
            payload = load_card(load, Around()).payload()
            said = self.calls.once(
                lambda: self.client.chat_postMessage(
                    channel=channel, metadata=metadata, unfurl_links=False, unfurl_media=False, **payload
                ),
                uncertain=True,
            )
            ts, channel = str(said["ts"]), str(said.get("channel") or channel)
        self.loads.advance(load.id, Stage.WAITING, posted_ts=ts, posted_in=channel)
        return replace(load, posted_ts=ts, posted_in=channel)

    def show(self, load_id: str) -> None:
        """Show the message as it stands now. Raises Refused or Unavailable."""
        with self.showing:  # one after the other, each reading anew: no older state over a newer one
            load = self.loads.find(load_id)
            if load is None or load.posted_ts is None:
                return
            payload = {"blocks": [], **load_card(load, self.around(load)).payload()}
            shown = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
            if shown != load.shown:
                ts = load.posted_ts
                self.calls.again(lambda: self.client.chat_update(channel=load.posted_in, ts=ts, **payload))
                self.loads.advance(load.id, load.stage, shown=shown)

    def around(self, load: Load) -> Around:
        """What is shown beside a load, as it is now."""
        from ingest.publish import current_build

        home, two = self.settings.home, self.settings.two_persons
        current = current_build(home) or ""
        if load.stage in (Stage.READY, Stage.KEPT, Stage.ROLLED_BACK):
            comparison = self._comparison(current or load.base, load.build)
            return Around(speaks_against(home, load.build), comparison, current=current, two_persons=two)
        if load.stage is Stage.PUBLISHED:
            return Around(recall=len(self.recalled(load)), current=current, two_persons=two)
        return Around(current=current, two_persons=two)

    def recalled(self, load: Load) -> list[ToPutRight]:
        """The answers of the last days that rest on what a published load changed."""
        comparison = self._comparison(str(load.told.get("replaced") or load.base), load.build)
        if comparison is None:
            return []
        return to_put_right(comparison.rules, self.records.since(self.now() - RECALL_DAYS * _DAY))

    def _comparison(self, before: str, after: str) -> ShownComparison | None:
        if not before or before == after:
            return None
        try:
            return self.comparisons.of(before, after)
        except (DeskError, OSError) as fault:
            log.warning("not_compared", fault=type(fault).__name__)
            return None

    def _stands(self, load: Load) -> str | None:
        """Where an earlier attempt's message stands. A direct conversation cannot be searched before it has an id."""
        if not load.told.get("posting") or not load.posted_in.startswith(("C", "G", "D")):
            return None
        return earlier_post(self.client, self.calls, load.posted_in, ("load", load.id), since=load.begun_at - 60)
