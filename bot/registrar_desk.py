"""What members of the registrar's office do with an enquiry: take it on, answer it, approve, send it elsewhere."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import structlog
from slack_sdk import WebClient
from sqlalchemy import Connection

from bot.enquiries import Enquiries, Enquiry, Progress
from bot.give_ruling import GiveRulings, citable, in_a_year
from bot.open_modal import open_modal
from bot.presses import Press
from bot.records import Records
from bot.registrar_channel import RegistrarChannel
from bot.registrars import Registrars, ruling_details
from bot.rendering import phrases
from bot.rendering.answer_enquiry_modal import ANSWER as FIELD
from bot.rendering.answer_enquiry_modal import (
    LONGEST,
    LONGEST_QUESTION,
    QUESTION,
    REVIEW,
    answer_enquiry_modal,
    chosen,
)
from bot.rendering.enquiry_card import ANSWER, APPROVE, ASSIGN, NOT_FOR_US, PASSAGES, desk_words, mark_of
from bot.slack_calls import Calls, Refused, Unavailable
from bot.whispers import Whispers
from knowledge.clean import clean
from knowledge.errors import DeskError
from knowledge.model import Answer, Citation
from knowledge.notices import spoken_date
from knowledge.personal_data import replace_personal_data
from knowledge.ruling import Ruling

_POSTING = (Progress.NEW, Progress.POSTING)
_UNSETTLED = (Progress.OPEN, Progress.ASSIGNED)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a submitted form: the sentence to show in its place when it is `done`, else by the input `at`."""

    done: bool
    words: str
    at: str = FIELD


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form for an answer held: `rests_on` are the values of the boxes that were ticked."""

    words: str
    question: str
    rests_on: tuple[str, ...] = ()
    review: date | None = None


@dataclass(frozen=True, slots=True)
class RegistrarDesk:
    """Every act is settled in the table of enquiries, so that of two at once one is done and the other told so."""

    client: WebClient
    calls: Calls
    enquiries: Enquiries
    records: Records
    registrars: Registrars
    channel: RegistrarChannel
    whispers: Whispers
    rulings: GiveRulings
    today: Callable[[], date] = date.today
    now: Callable[[], float] = time.time

    def press(self, press: Press) -> None:
        """Do what a button of the card says, and tell whoever pressed it when it was not done."""
        try:
            words = self._pressed(press)
        except (DeskError, OSError, Refused, Unavailable) as fault:
            code = getattr(fault, "code", None)
            log.error("enquiry_press_failed", reference=press.question[:8], fault=type(fault).__name__, code=code)
            words = phrases.NOT_DONE
        if words:
            self.whispers.say(press, words)

    def answer(self, enquiry: str, user: str, typed: Typed) -> Sent:
        """Keep a typed answer, personal data replaced, and the ruling it makes. Raises StoreUnavailable."""
        today = self.today()
        if not self.registrars.may(user, ANSWER, enquiry=enquiry[:32]):
            return Sent(False, phrases.REGISTRARS_ONLY)
        if typed.review is not None and typed.review <= today:
            return Sent(False, phrases.REVIEW_PAST, REVIEW)
        found = self.enquiries.find(enquiry)
        lines = (clean(line) for line in typed.words.split("\n"))
        cleaned = replace_personal_data("\n".join(line for line in lines if line))
        if found is None or not cleaned.text or len(typed.words) > LONGEST:
            return Sent(False, phrases.UNKNOWN_PRESS if found is None else phrases.ANSWER_LENGTH)
        if not clean(typed.question) or len(typed.question) > LONGEST_QUESTION:
            return Sent(False, phrases.QUESTION_LENGTH, QUESTION)
        rests_on = chosen(resting(self.records.answer(found.question)), typed.rests_on)
        if rests_on is None:
            return Sent(False, phrases.ANSWER_CHANGED)
        until = typed.review or in_a_year(today)
        made = self.rulings.made(found, typed.question, cleaned.text, rests_on, user, today, until)
        if not self._settle(found, user, Progress.ANSWERED, "enquiry_answered", cleaned.text, made):
            now = self.enquiries.find(enquiry)
            if now is None or (now.answered_by, now.answer) != (user, cleaned.text):
                return Sent(False, self._too_late(now))
            kept = self.rulings.store.of_enquiry(enquiry)  # the form was delivered again
            made = kept.ruling if kept is not None else made
        became = phrases.ruling_given(made.reference, spoken_date(until)) if isinstance(made, Ruling) else made
        return Sent(True, phrases.enquiry_answered(cleaned.removed, became))

    def show(self, enquiry: str) -> None:
        """Bring the card up to date. What Slack does not take is left: the next press or reminder brings it."""
        found = self.enquiries.find(enquiry)
        try:
            if found is not None:
                self.channel.refresh(found)
        except (Refused, Unavailable) as fault:
            code = getattr(fault, "code", None)
            log.warning("enquiry_not_shown", reference=enquiry[:8], fault=type(fault).__name__, code=code)

    def _pressed(self, press: Press) -> str:
        if not self.registrars.may(press.user, press.action, enquiry=press.question[:32]):
            return phrases.REGISTRARS_ONLY
        enquiry = self._found(press)
        if enquiry is None:
            return phrases.UNKNOWN_PRESS
        if press.action == ANSWER and enquiry.state in _UNSETTLED:
            self._open_form(press, enquiry)
            return ""
        words = self._acted(press, enquiry)
        self.show(enquiry.id)
        return words

    def _found(self, press: Press) -> Enquiry | None:
        """The enquiry, open where it was pressed: a card that can be pressed stands, whether Slack said so or not."""
        found = self.enquiries.find(press.question)
        if found is None or found.state not in _POSTING or press.channel != found.posted_in or not press.message_ts:
            return found
        self.enquiries.advance(found.id, *_POSTING, to=Progress.OPEN, posted_ts=press.message_ts)
        return self.enquiries.find(press.question)

    def _open_form(self, press: Press, enquiry: Enquiry) -> None:
        answer = self.records.answer(enquiry.question)
        view = answer_enquiry_modal(enquiry, answer, resting(answer), in_a_year(self.today()))
        open_modal(self.client, self.calls, press, view)

    def _acted(self, press: Press, enquiry: Enquiry) -> str:
        user = press.user
        if press.action == APPROVE and enquiry.state in _UNSETTLED:
            answer = self.records.answer(enquiry.question)
            if answer is None or press.value.partition(":")[2] != mark_of(answer):
                return phrases.ANSWER_CHANGED
            words, today = desk_words(answer), self.today()
            made = self.rulings.made(enquiry, enquiry.text, words, citable(answer), user, today, in_a_year(today))
            done = self._settle(enquiry, user, Progress.ANSWERED, "enquiry_approved", words, made)
            if done and isinstance(made, str):
                return made
        elif press.action == NOT_FOR_US:
            done = self._settle(enquiry, user, Progress.NOT_FOR_US, "enquiry_not_for_us")
        elif press.action == ASSIGN:
            done = self.enquiries.advance(enquiry.id, Progress.OPEN, to=Progress.ASSIGNED, owner=user)
            if done:
                self.registrars.note(user, "enquiry_assigned", enquiry=enquiry.id, build=enquiry.build)
        else:
            done = False
        now = None if done else self.enquiries.find(enquiry.id)
        # The same press delivered again is nobody being quicker.
        is_own = now is not None and user in ((now.owner,) if press.action == ASSIGN else (now.answered_by,))
        return "" if done or is_own else self._too_late(now)

    def _settle(
        self,
        enquiry: Enquiry,
        user: str,
        to: Progress,
        act: str,
        answer: str | None = None,
        made: Ruling | str | None = None,
    ) -> bool:
        changed = {"answer": answer, "answered_by": user, "answered_at": self.now()}

        def give(connection: Connection) -> None:
            if isinstance(made, Ruling):
                self.rulings.keep(connection, made, enquiry)

        if not self.enquiries.advance(enquiry.id, *_UNSETTLED, to=to, also=give, **changed):
            return False
        digest = {"digest": hashlib.sha256(answer.encode()).hexdigest()} if answer else {}
        self.registrars.note(user, act, enquiry=enquiry.id, build=enquiry.build, **digest)
        if isinstance(made, Ruling):
            self.registrars.note(user, "ruling_given", **ruling_details(made))
        return True

    def _too_late(self, enquiry: Enquiry | None) -> str:
        if enquiry is None or enquiry.state in (*_POSTING, Progress.OPEN):
            return phrases.NOT_DONE
        return phrases.ENQUIRY_TAKEN if enquiry.state is Progress.ASSIGNED else phrases.ENQUIRY_SETTLED


def resting(answer: Answer | None) -> tuple[Citation, ...]:
    """The passages that the card shows, and that an answer may be made to rest on."""
    return citable(answer)[:PASSAGES]
