"""The thread that keeps leases, takes up what was left owed, and writes the state of health, twice a second."""

from __future__ import annotations

import threading
import time

import structlog

from bot.answering import Answering
from bot.connection import Connection
from bot.health import Health
from bot.inbox import Inbox
from bot.liveness import Liveness
from knowledge.errors import StoreUnavailable
from knowledge.ports import Builds

EVERY = 0.5
_DEAD_FORGOTTEN_AFTER = 120
"""Rounds after which the locks of dead processes may go: what they held has been taken by then."""

log = structlog.get_logger()


class Caretaker(threading.Thread):
    """Started before the connection: what was owed from before is answered without waiting for Slack's next event."""

    def __init__(
        self,
        inbox: Inbox,
        answering: Answering,
        health: Health,
        liveness: Liveness,
        connection: Connection,
        builds: Builds,
    ) -> None:
        super().__init__(name="caretaker", daemon=True)
        self._inbox, self._answering, self._health = inbox, answering, health
        self._liveness, self._connection, self._builds = liveness, connection, builds
        self._trouble = ""
        self._stopping = threading.Event()

    def run(self) -> None:
        """Until stopped. What goes wrong in one round is tried again in the next."""
        rounds = 0
        while not self._stopping.is_set():
            try:
                self._round()
                rounds += 1
                if rounds == _DEAD_FORGOTTEN_AFTER:
                    self._liveness.forget_the_dead()
            except StoreUnavailable:
                log.error("store_unavailable")
            except Exception as fault:
                log.error("caretaker_failed", fault=type(fault).__name__)
            self._stopping.wait(EVERY)

    def stop(self) -> None:
        """And wait for the round under way."""
        self._stopping.set()
        self.join(5)

    def _round(self) -> None:
        self._inbox.renew(self._answering.held)
        if resumed := self._answering.resume():
            log.info("resumed", count=resumed)
        self._connection.look_after()
        as_of = time.time()
        build, trouble = self._builds.current().manifest.id, self._builds.trouble
        if trouble != self._trouble:
            log.error("another_build_answers", build=build) if trouble else log.info("published_answers", build=build)
            self._trouble = trouble
        report = self._health.report(
            connected=self._connection.is_up(),
            owed=self._inbox.owed(),
            held=len(self._answering.held),
            as_of=as_of,
            build=build,
            trouble=trouble,
        )
        self._health.write(report)
