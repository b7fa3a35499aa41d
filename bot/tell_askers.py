"""Tells askers what the registrar's office said: once each, and also when the desk was killed on the way."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from slack_sdk import WebClient

from bot.earlier_post import earlier_post
from bot.enquiries import Enquiries, Enquiry
from bot.once import Once
from bot.records import Records
from bot.registrar_channel import ABANDONED
from bot.rendering.enquiry_told import told_message
from bot.rendering.message import Message
from bot.rulings import RulingStore
from bot.slack_calls import Calls, Limited, Refused, Unavailable

METADATA = "recording_desk_told"

log = structlog.get_logger()


class TellAskers:
    """Called every second by one thread of each process.

    Whoever tells an asker says so first, in the table of what happens once, and is the only one who does. In a thread
    the message is looked for before it is posted. A direct conversation cannot be searched, so an attempt there that
    may have arrived is not made again.
    """

    def __init__(
        self,
        client: WebClient,
        calls: Calls,
        enquiries: Enquiries,
        records: Records,
        rulings: RulingStore,
        once: Once,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._calls, self._now = client, calls, now
        self._enquiries, self._records, self._rulings, self._once = enquiries, records, rulings, once
        self._elsewhere: dict[str, float] = {}

    def tell(self) -> None:
        """Tell everybody whose question was settled and who was not told yet. What fails is tried again."""
        for enquiry in self._enquiries.untold():
            key = f"tell:{enquiry.id}"
            if not self._once.first(key):
                self._take_over(enquiry, key)
                continue
            try:
                self._tell(enquiry)
            except (Refused, Unavailable) as fault:
                self._once.undo(key)
                code = getattr(fault, "code", None)
                log.error("asker_not_told", reference=enquiry.id[:8], fault=type(fault).__name__, code=code)
                if isinstance(fault, Refused | Limited):
                    return

    def _take_over(self, enquiry: Enquiry, key: str) -> None:
        since = self._elsewhere.setdefault(enquiry.id, self._now())
        if self._now() - since < ABANDONED:
            return
        del self._elsewhere[enquiry.id]
        if enquiry.thread is None:
            log.warning("asker_perhaps_not_told", reference=enquiry.id[:8])
            self._enquiries.told(enquiry.id)
        else:
            self._once.undo(key)

    def _tell(self, enquiry: Enquiry) -> None:
        ruling = self._rulings.of_enquiry(enquiry.id)
        message = told_message(enquiry, self._records.answer(enquiry.question), ruling.ruling if ruling else None)
        if enquiry.thread is None or not self._in_thread(enquiry, message):
            self._directly(enquiry, message)
        self._enquiries.told(enquiry.id)
        self._elsewhere.pop(enquiry.id, None)
        log.info("asker_told", reference=enquiry.id[:8])

    def _in_thread(self, enquiry: Enquiry, message: Message) -> bool:
        """Whether it stands there now; False where the thread is closed to the desk."""
        try:
            if not self._stands(enquiry):
                self._post(enquiry.channel, enquiry.thread, enquiry.id, message)
        except Refused as refused:
            if refused.is_ours:
                raise
            log.info("thread_closed", reference=enquiry.id[:8], code=refused.code)
            return False
        return True

    def _directly(self, enquiry: Enquiry, message: Message) -> None:
        try:
            self._post(enquiry.asker, None, enquiry.id, message)
        except Limited:
            raise
        except Unavailable:
            log.warning("asker_perhaps_not_told", reference=enquiry.id[:8])
        except Refused as refused:
            if refused.is_ours:
                raise
            log.error("asker_cannot_be_told", reference=enquiry.id[:8], code=refused.code)

    def _post(self, channel: str, thread: str | None, enquiry: str, message: Message) -> None:
        metadata = {"event_type": METADATA, "event_payload": {"told": enquiry}}
        try:
            payload = message.payload()
            self._calls.once(
                lambda: self._client.chat_postMessage(
                    channel=channel,
                    thread_ts=thread,
                    metadata=metadata,
                    unfurl_links=False,
                    unfurl_media=False,
                    **payload,
                ),
                uncertain=True,
            )
        except Refused as refused:
            if not message.blocks or not refused.code.startswith(("invalid_blocks", "msg_")):
                raise
            self._post(channel, thread, enquiry, message.without_blocks())

    def _stands(self, enquiry: Enquiry) -> bool:
        """Whether an earlier attempt's message stands in the thread."""
        since = (enquiry.answered_at or enquiry.asked_at) - 60
        found = earlier_post(
            self._client, self._calls, enquiry.channel, ("told", enquiry.id), since=since, thread=enquiry.thread
        )
        return found is not None
