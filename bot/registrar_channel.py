"""Puts enquiries into the registrar's channel, once each, and keeps their cards as they stand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from slack_sdk import WebClient

from bot.earlier_post import earlier_post
from bot.enquiries import Enquiries, Enquiry, Progress
from bot.records import Records
from bot.rendering.enquiry_card import enquiry_card, enquiry_reminder
from bot.rendering.message import Message
from bot.rulings import RulingStore
from bot.slack_calls import Calls, Limited, Refused, Unavailable

METADATA = "recording_desk_enquiry"
ABANDONED = 30.0
"""Seconds after which a post begun elsewhere is taken to have died: more than a call may take (`slack_calls`)."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RegistrarChannel:
    """Posts what was kept and not posted yet. Called every second by one thread."""

    client: WebClient
    calls: Calls
    enquiries: Enquiries
    records: Records
    rulings: RulingStore
    now: Callable[[], float] = time.time
    showing: threading.Lock = field(default_factory=threading.Lock)
    posting: dict[str, float] = field(default_factory=dict)
    """When each enquiry being posted was first seen so: 0 for those that this process posts."""

    def post_new(self) -> None:
        """Post every enquiry that stands nowhere yet. What Slack does not take now is tried again."""
        for enquiry in self.enquiries.of(Progress.NEW, Progress.POSTING):
            try:
                self._post(enquiry)
            except (Refused, Unavailable) as fault:
                code = getattr(fault, "code", None)
                log.error("enquiry_not_posted", reference=enquiry.id[:8], fault=type(fault).__name__, code=code)
                if isinstance(fault, Refused | Limited):
                    return

    def refresh(self, enquiry: Enquiry) -> None:
        """Show the card as it stands now. Raises Refused or Unavailable."""
        # One after the other, each reading anew: an older state must not be shown over a newer one.
        with self.showing:
            now = self.enquiries.find(enquiry.id)
            if now is None or now.posted_ts is None:
                return
            age = (self.now() - now.asked_at) / 3600
            ruling = self.rulings.of_enquiry(now.id)
            payload = {"blocks": [], **enquiry_card(now, self.records.answer(now.question), age, ruling).payload()}
            self.calls.again(lambda: self.client.chat_update(channel=now.posted_in, ts=str(now.posted_ts), **payload))

    def remind(self, enquiry: Enquiry) -> None:
        """Say under the card how long it has waited. Raises Refused or Unavailable."""
        if enquiry.posted_ts is None:
            return
        self.say(enquiry, enquiry_reminder(enquiry, (self.now() - enquiry.asked_at) / 3600))

    def say(self, enquiry: Enquiry, message: Message) -> None:
        """Post in the thread of the card, where it stands. Raises Refused or Unavailable."""
        if enquiry.posted_ts is None:
            return
        self.calls.once(
            lambda: self.client.chat_postMessage(
                channel=enquiry.posted_in, thread_ts=enquiry.posted_ts, **message.payload()
            ),
            uncertain=True,
        )

    def _post(self, enquiry: Enquiry) -> None:
        if not self._is_ours(enquiry):
            return
        ts = self._stands(enquiry) if enquiry.state is Progress.POSTING else None
        if ts is None:
            card = enquiry_card(enquiry, self.records.answer(enquiry.question))
            metadata = {"event_type": METADATA, "event_payload": {"enquiry": enquiry.id}}
            said = self.calls.once(
                lambda: self.client.chat_postMessage(
                    channel=enquiry.posted_in,
                    metadata=metadata,
                    unfurl_links=False,
                    unfurl_media=False,
                    **card.payload(),
                ),
                uncertain=True,
            )
            ts = str(said["ts"])
        self.enquiries.advance(enquiry.id, Progress.NEW, Progress.POSTING, to=Progress.OPEN, posted_ts=ts)
        self.posting.pop(enquiry.id, None)
        log.info("enquiry_posted", reference=enquiry.id[:8])

    def _is_ours(self, enquiry: Enquiry) -> bool:
        """Whether this process posts it: the first to say so does, and another takes over when that one has died."""
        if enquiry.state is Progress.NEW:
            begun = self.enquiries.advance(enquiry.id, Progress.NEW, to=Progress.POSTING)
            if begun:
                self.posting[enquiry.id] = 0.0
            return begun
        return self.now() - self.posting.setdefault(enquiry.id, self.now()) >= ABANDONED

    def _stands(self, enquiry: Enquiry) -> str | None:
        """Where an earlier attempt's card stands, if it does."""
        mark = ("enquiry", enquiry.id)
        return earlier_post(self.client, self.calls, enquiry.posted_in, mark, since=enquiry.asked_at - 60)
