"""What members of the registrar's office do with a suspended ruling: say that it is still right, or retire it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import structlog
from slack_sdk import WebClient

from bot.enquiries import Enquiries
from bot.give_ruling import in_a_year
from bot.kept_rulings import Cause, KeptRuling
from bot.open_modal import open_modal
from bot.presses import Press
from bot.registrar_channel import RegistrarChannel
from bot.registrars import Registrars, ruling_details
from bot.rendering import phrases
from bot.rendering.renew_ruling_modal import mark_of, renew_ruling_modal
from bot.rendering.ruling_message import RETIRE, STILL_RIGHT
from bot.rulings import RulingStore
from bot.slack_calls import Calls, Refused, Unavailable
from bot.whispers import Whispers
from knowledge.errors import DeskError
from knowledge.notices import spoken_date
from knowledge.ports import Builds
from knowledge.ruling import RulingState
from knowledge.ruling_holds import Why, rests_now

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RulingsDesk:
    """Whether somebody may is asked of Slack at every press and form; a button of an earlier turn does nothing."""

    client: WebClient
    calls: Calls
    builds: Builds
    store: RulingStore
    enquiries: Enquiries
    registrars: Registrars
    channel: RegistrarChannel
    whispers: Whispers
    today: Callable[[], date]

    def press(self, press: Press) -> None:
        """Do what a button says, and tell whoever pressed it what came of it."""
        try:
            words = self._pressed(press)
        except (DeskError, OSError, Refused, Unavailable) as fault:
            code = getattr(fault, "code", None)
            log.error("ruling_press_failed", reference=press.question[:8], fault=type(fault).__name__, code=code)
            words = phrases.NOT_DONE
        if words:
            self.whispers.say(press, words)

    def renew(self, ruling: str, turn: int, mark: str, user: str, until: date | None) -> tuple[bool, str]:
        """Put it in force again on the passages the form showed; whether that was done, and the sentence to show.

        Raises DeskError where nothing is published or the records cannot be written.
        """
        if not self.registrars.may(user, STILL_RIGHT, ruling=ruling[:32]):
            return False, phrases.REGISTRARS_ONLY
        if until is None or until <= self.today():
            return False, phrases.REVIEW_PAST
        kept = self.store.find(ruling)
        if kept is None:
            return False, phrases.UNKNOWN_PRESS
        build = self.builds.current()
        rests_on = rests_now(kept.ruling, build, self.today())
        if kept.turn == turn and kept.state is RulingState.SUSPENDED and (not rests_on or mark != mark_of(rests_on)):
            return False, phrases.RULES_CHANGED_AGAIN
        done = kept.turn == turn and kept.state is RulingState.SUSPENDED
        if done and self.store.renew(kept, rests_on, build.manifest.id, until):
            now = self.store.find(ruling) or kept
            self.registrars.note(user, "ruling_renewed", **ruling_details(now.ruling), until=until.isoformat())
        now = self.store.find(ruling) or kept
        # The form delivered again finds it done.
        if now.state is RulingState.IN_FORCE and (now.turn, now.ruling.review_on) == (turn + 1, until):
            return True, phrases.ruling_renewed(now.ruling.reference, spoken_date(until))
        return False, phrases.RULING_SETTLED

    def show(self, ruling: str) -> None:
        """Bring the card of its enquiry up to date. What Slack does not take is left."""
        kept = self.store.find(ruling)
        enquiry = self.enquiries.find(kept.enquiry) if kept is not None else None
        try:
            if enquiry is not None:
                self.channel.refresh(enquiry)
        except (Refused, Unavailable) as fault:
            code = getattr(fault, "code", None)
            log.warning("ruling_not_shown", reference=ruling[:8], fault=type(fault).__name__, code=code)

    def _pressed(self, press: Press) -> str:
        if not self.registrars.may(press.user, press.action, ruling=press.question[:32]):
            return phrases.REGISTRARS_ONLY
        kept = self.store.find(press.question)
        if kept is None:
            return phrases.UNKNOWN_PRESS
        if kept.state is not RulingState.SUSPENDED or press.value.partition(":")[2] != str(kept.turn):
            return phrases.RULING_SETTLED
        return self._retire(press, kept) if press.action == RETIRE else self._open_form(press, kept)

    def _retire(self, press: Press, kept: KeptRuling) -> str:
        if not self.store.retire(kept, (*kept.causes, Cause(Why.RETIRED))):
            return phrases.RULING_SETTLED
        self.registrars.note(press.user, "ruling_retired", **ruling_details(kept.ruling))
        self.show(kept.id)
        return phrases.RULING_RETIRED

    def _open_form(self, press: Press, kept: KeptRuling) -> str:
        rests_on = rests_now(kept.ruling, self.builds.current(), self.today())
        if not rests_on:
            return phrases.NOTHING_TO_REST_ON
        view = renew_ruling_modal(kept, rests_on, in_a_year(self.today()))
        open_modal(self.client, self.calls, press, view)
        return ""
