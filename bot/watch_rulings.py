"""Suspends rulings that no longer stand, and tells their owners: at each publish, each day, and once each."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import structlog
from slack_sdk import WebClient

from bot.enquiries import Enquiries
from bot.kept_rulings import KeptRuling, causes_of
from bot.once import Once
from bot.registrar_channel import ABANDONED, RegistrarChannel
from bot.registrars import Registrars, ruling_details
from bot.rendering.ruling_message import suspended_line, suspended_message
from bot.rulings import RulingStore
from bot.slack_calls import Calls, Limited, Refused, Unavailable
from knowledge.errors import DeskError
from knowledge.ports import Builds
from knowledge.ruling import RulingState
from knowledge.ruling_holds import doubts

DESK = "desk"
"""Who suspends, in the audit trail, where nobody did but the desk itself."""

log = structlog.get_logger()


class WatchRulings:
    """Called every second by one thread of each process; the rulings are gone through only when something is new.

    An answer does not wait for it: whether a ruling stands is asked of the build at every question. The owner is told
    by whoever says first that they do, in the table of what happens once. A direct conversation cannot be searched, so
    an attempt that may have arrived is not made again; the line under the card says the same.
    """

    def __init__(
        self,
        client: WebClient,
        calls: Calls,
        builds: Builds,
        store: RulingStore,
        enquiries: Enquiries,
        registrars: Registrars,
        channel: RegistrarChannel,
        once: Once,
        today: Callable[[], date],
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._calls, self._builds, self._store = client, calls, builds, store
        self._enquiries, self._registrars, self._channel = enquiries, registrars, channel
        self._once, self._today, self._now = once, today, now
        self._seen: tuple[object, ...] = ()
        self._turns: dict[str, int] = {}
        self._elsewhere: dict[str, float] = {}

    def watch(self) -> None:
        """Suspend what no longer stands, then tell whose owner was not told yet. What fails is tried again."""
        self._check()
        for kept in self._store.untold():
            key = f"ruling:{kept.id}:{kept.turn}"
            if not self._once.first(key):
                self._take_over(kept, key)
                continue
            try:
                self._tell(kept)
            except (Refused, Unavailable) as fault:
                self._once.undo(key)
                code = getattr(fault, "code", None)
                log.error("owner_not_told", reference=kept.id[:8], fault=type(fault).__name__, code=code)
                return

    def _check(self) -> None:
        try:
            build, today = self._builds.current(), self._today()
        except DeskError:
            return  # nothing answers either; the watch goes on when something does
        seen = (build.manifest.id, today, self._store.stamp())
        if seen == self._seen:
            return
        for kept in self._store.all(RulingState.IN_FORCE):
            found = doubts(kept.ruling, build, today)
            if found and self._store.suspend(kept, causes_of(found)):
                why = ", ".join(dict.fromkeys(str(doubt.why) for doubt in found))
                self._registrars.note(DESK, "ruling_suspended", **ruling_details(kept.ruling), reason=why)
                log.info("ruling_suspended", reference=kept.id[:8], build=build.manifest.id)
        self._seen = (build.manifest.id, today, self._store.stamp())
        self._show_changed()

    def _show_changed(self) -> None:
        """Bring the cards up to date of rulings that somebody renewed or retired, also by the command line.

        Those of suspended ones follow when their owners are told.
        """
        kept_now = self._store.all()
        changed = [kept for kept in kept_now if self._turns.get(kept.id, kept.turn) != kept.turn]
        self._turns = {kept.id: kept.turn for kept in kept_now}
        for kept in changed:
            if kept.state is not RulingState.SUSPENDED:
                self._card(kept)

    def _take_over(self, kept: KeptRuling, key: str) -> None:
        since = self._elsewhere.setdefault(key, self._now())
        if self._now() - since >= ABANDONED:
            del self._elsewhere[key]
            log.warning("owner_perhaps_not_told", reference=kept.id[:8])
            self._store.told(kept)

    def _tell(self, kept: KeptRuling) -> None:
        self._directly(kept)
        self._card(kept, say=True)
        self._store.told(kept)
        log.info("owner_told", reference=kept.id[:8])

    def _directly(self, kept: KeptRuling) -> None:
        payload = suspended_message(kept).payload()
        try:
            self._calls.once(
                lambda: self._client.chat_postMessage(
                    channel=kept.ruling.owner, unfurl_links=False, unfurl_media=False, **payload
                ),
                uncertain=True,
            )
        except Limited:
            raise
        except Unavailable:
            log.warning("owner_perhaps_not_told", reference=kept.id[:8])
        except Refused as refused:
            if refused.is_ours:
                raise
            log.error("owner_cannot_be_told", reference=kept.id[:8], code=refused.code)

    def _card(self, kept: KeptRuling, *, say: bool = False) -> None:
        """Worth one attempt: whoever must know was told."""
        enquiry = self._enquiries.find(kept.enquiry)
        if enquiry is None:
            return
        try:
            if say:
                self._channel.say(enquiry, suspended_line(kept))
            self._channel.refresh(enquiry)
        except (Refused, Unavailable) as fault:
            code = getattr(fault, "code", None)
            log.error("ruling_not_shown", reference=kept.id[:8], fault=type(fault).__name__, code=code)
