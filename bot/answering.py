"""From a question in the inbox to its answer in Slack, in threads of its own.

Two pools: one says at once that the desk is looking, one answers. Neither is Bolt's, whose five threads must stay
free for buttons. A question that cannot be finished now goes back to the inbox; nothing is tried without end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import structlog

from bot.asked import LIMITED, Owed, State
from bot.inbox import Inbox
from bot.manners import REFUSED
from bot.questions import Held
from bot.rendering import phrases
from bot.rendering.message import Message, plain
from bot.replying import Replies
from bot.slack_calls import Refused, Unavailable
from bot.turns import Turns
from knowledge.errors import StoreUnavailable

GREETERS = 4
_AFTER_A_FAULT = 15.0
_TOKEN_LOST = 60.0
_CLOSED = {"channel_not_found", "is_archived", "not_in_channel", "restricted_action", "no_permission"}
"""Where the desk may not write, now or in a minute."""
_SAY_PLACE_FROM = 2
"""Questions of the same asker under way before one is told its place."""

log = structlog.get_logger()
Answer = Callable[[Owed], tuple[str, Message]]
"""The outcome and the message for a question; what goes wrong in making it is an outcome too."""
Manner = Callable[[Owed], tuple[str, Message] | None]
"""The outcome and the message for a question that is not to be answered, or None."""
Step = Callable[[], "Step | None"]


class Answering:
    """The pools, and what is under way in them."""

    def __init__(
        self,
        inbox: Inbox,
        replies: Replies,
        answer: Answer,
        manners: Manner = lambda owed: None,
        *,
        workers: int,
        limit: int,
        fresh_for: float,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._inbox, self._replies, self._answer, self._manners = inbox, replies, answer, manners
        self._limit, self._fresh_for, self._now = limit, fresh_for, now
        self._greeters = ThreadPoolExecutor(GREETERS, "greet")
        self._answerers = ThreadPoolExecutor(workers, "answer")
        self._changed = threading.Condition()
        self._held: dict[str, tuple[str, str]] = {}
        self._draining = False
        self._turns = Turns(self._begin_turn)

    def begin(self, owed: Owed) -> None:
        """See to a question that this process has claimed. Returns at once."""
        with self._changed:
            if self._draining or owed.id in self._held:
                return  # what is not begun stays in the inbox
            busy = len(self._held) >= self._limit
            ahead = sum(person == _person(owed) for person in self._held.values())
            self._held[owed.id] = _person(owed)
        self._hand(owed, partial(self._greet, owed, busy, ahead), self._greeters)

    def take_back(self, held: Held) -> None:
        """Delete the reply to a question whose message was deleted. Returns at once."""
        if held.reply_ts is not None and held.asked.response_url is None:
            owed = Owed(held.id, held.asked, held.state, held.reply_ts, held.received_at, 0)
            self._greeters.submit(self._replies.take_back, owed, held.reply_ts)

    def resume(self) -> int:
        """Take from the inbox what nobody is seeing to; how many."""
        held = self.held
        if self._draining or len(held) >= self._limit:
            return 0
        found = self._inbox.claim(self._limit - len(held), busy_with=held)
        for owed in found:
            self.begin(owed)
        return len(found)

    @property
    def held(self) -> frozenset[str]:
        """The questions this process is seeing to."""
        with self._changed:
            return frozenset(self._held)

    def drain(self, grace: float) -> bool:
        """Begin nothing more, and let what is under way end within `grace` seconds. True when all of it did."""
        with self._changed:
            self._draining = True
            ended = self._changed.wait_for(lambda: not self._held, timeout=grace)
        for pool in (self._greeters, self._answerers):
            pool.shutdown(wait=ended, cancel_futures=True)
        return ended

    def _greet(self, owed: Owed, busy: bool, ahead: int) -> Step | None:
        closing = self._closing(owed, busy)
        if closing is not None:
            outcome, message = closing
            self._end(owed, outcome, message)
            return None
        if owed.state is not State.PLACEHOLDER:
            said = phrases.LOOKING if ahead < _SAY_PLACE_FROM else phrases.queued(ahead)
            ts = self._replies.put(owed, said, for_now=True)
            if ts is None:
                return None
            owed = replace(owed, state=State.PLACEHOLDER, reply_ts=ts)
        return partial(self._reply, owed)

    def _closing(self, owed: Owed, busy: bool) -> tuple[str, Message] | None:
        """What to say in place of an answer, if anything."""
        if self._now() - owed.received_at > self._fresh_for:
            return "too_late", phrases.TOO_LATE
        if closing := self._manners(owed):
            return closing
        if not owed.asked.text:
            return "empty", phrases.HOW_TO_ASK
        return ("busy", phrases.BUSY) if busy else None

    def _reply(self, owed: Owed) -> None:
        outcome, message = self._answer(owed)
        self._end(owed, outcome, message)

    def _end(self, owed: Owed, outcome: str, message: Message) -> None:
        if outcome in (REFUSED, LIMITED) and not owed.asked.place.is_private:
            self._replies.whisper(owed, message)  # no business of the channel's
            if not self._inbox.begin(owed.id):
                return
        elif self._replies.put(owed, message) is None:
            return
        removed, place = owed.asked.removed, owed.asked.place
        if removed and not place.is_private and self._inbox.tell_of_removal(owed.id):
            self._replies.whisper(owed, plain(phrases.personal_data_removed(removed, in_slack=True)))
        self._inbox.finish(owed.id, outcome, failed=outcome in ("failed", "too_late", "busy", LIMITED, REFUSED))
        log.info(
            "question_finished", question=owed.id, outcome=outcome, seconds=round(self._now() - owed.received_at, 2)
        )

    def _hand(self, owed: Owed, step: Step, pool: ThreadPoolExecutor) -> None:
        try:
            pool.submit(self._run, owed, step)
        except RuntimeError:  # the pool is shut: the inbox still has the question
            self._let_go(owed)

    def _run(self, owed: Owed, step: Step) -> None:
        following: Step | None = None
        try:
            following = step()
        except Unavailable as fault:
            self._put_off(owed, fault.seconds, type(fault).__name__)
        except Refused as refused:
            self._refused(owed, refused)
        except StoreUnavailable:
            log.error("store_unavailable", question=owed.id)  # the lease runs out, and then it is taken again
        except Exception as fault:
            self._put_off(owed, _AFTER_A_FAULT, type(fault).__name__)
        finally:
            if following is None:
                self._let_go(owed)
        if following is not None:
            self._turns.take(_person(owed), partial(self._take_turn, owed, following))

    def _begin_turn(self, step: Callable[[], object]) -> None:
        try:
            self._answerers.submit(step)
        except RuntimeError:  # the pool is shut: the inbox still has the question
            log.info("not_begun")

    def _take_turn(self, owed: Owed, step: Step) -> None:
        try:
            self._run(owed, step)
        finally:
            self._turns.over(_person(owed))

    def _refused(self, owed: Owed, refused: Refused) -> None:
        log.error("slack_refused", question=owed.id, code=refused.code)
        if refused.is_ours and self._now() - owed.received_at <= self._fresh_for:
            self._put_off(owed, _TOKEN_LOST, refused.code)
            return
        self._quietly(lambda: self._inbox.finish(owed.id, refused.code[:32], failed=True))
        if refused.code in _CLOSED and not owed.asked.place.is_private:
            self._replies.turn_away(owed, phrases.CANNOT_POST)

    def _put_off(self, owed: Owed, seconds: float, fault: str) -> None:
        log.warning("question_put_off", question=owed.id, seconds=round(seconds, 1), fault=fault)
        self._quietly(lambda: self._inbox.put_off(owed.id, min(seconds, self._fresh_for)))

    def _quietly(self, write: Callable[[], object]) -> None:
        try:
            write()
        except StoreUnavailable:
            log.error("store_unavailable")

    def _let_go(self, owed: Owed) -> None:
        with self._changed:
            self._held.pop(owed.id, None)
            self._changed.notify_all()


def _person(owed: Owed) -> tuple[str, str]:
    return owed.asked.team, owed.asked.asker
