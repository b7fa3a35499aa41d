"""What a request from Slack is to the inbox: a new question, an old one reworded or withdrawn, or none of its business.

Everything is written before the request is acknowledged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from bot.asked import REMEMBERED, Asked, Owed, Place
from bot.inbox import Inbox
from bot.presses import Press, read_press
from bot.questions import Held, Questions, again
from bot.reading import read_command, read_deletion, read_edit, read_event, read_shortcut
from bot.records import Records
from bot.rendering.answer_buttons import AS_AT, CHOOSE
from bot.slash_commands import RECORDING

CHECK_RULES = "check_rules"
"""The callback of the message shortcut."""


class Taken(Enum):
    """What became of a request that is no new question."""

    DONE = "done"
    """It needs nothing more than its acknowledgement."""
    NOT_OURS = "not_ours"
    """It goes on to the listeners."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A question whose message was deleted."""

    held: Held


@dataclass(frozen=True, slots=True)
class Intake:
    """Reads and records. Raises StoreUnavailable, and then nothing was recorded."""

    inbox: Inbox
    questions: Questions
    records: Records

    def take(self, body: Mapping[str, Any], bot_user: str) -> tuple[Asked, Owed | None] | Withdrawn | Taken:
        """The question of a request with this process's claim on it (None when it was known before), or what else."""
        event = body.get("event")
        if isinstance(event, Mapping) and event.get("type") in ("message", "app_mention"):
            return self._message(body, event, bot_user)
        if body.get("command") == RECORDING:
            return self._record(read_command(body))
        if body.get("type") == "message_action" and body.get("callback_id") == CHECK_RULES:
            return self._record(read_shortcut(body))
        press = read_press(body)
        if press is not None and press.action.partition(":")[0] in (AS_AT, CHOOSE):
            return self._record(self._asked_again(press))
        return Taken.NOT_OURS

    def _message(
        self, body: Mapping[str, Any], event: Mapping[str, Any], bot_user: str
    ) -> tuple[Asked, Owed | None] | Withdrawn | Taken:
        if deleted := read_deletion(body):
            held = self.questions.withdraw(*deleted)
            return Withdrawn(held) if held is not None else Taken.DONE
        if event.get("subtype") == "message_changed":
            if (edited := read_edit(body, bot_user)) is not None:
                self.questions.reword(edited)
            return Taken.DONE
        asked = read_event(body, bot_user)
        return self._record(asked) if asked is not None and self._is_for_the_desk(asked) else Taken.DONE

    def _record(self, asked: Asked | None) -> tuple[Asked, Owed | None] | Taken:
        return (asked, self.inbox.record(asked)) if asked is not None else Taken.NOT_OURS

    def _is_for_the_desk(self, asked: Asked) -> bool:
        """Talk in a channel is the desk's only where the same person asked it something, in that thread, that day."""
        if asked.place is not Place.FOLLOW_UP:
            return True
        return self.inbox.has_asked_in(asked.team, asked.channel, asked.thread or "", asked.asker, within=REMEMBERED)

    def _asked_again(self, press: Press) -> Asked | None:
        """The question of an answer once more: for another day, or with what was asked back. None when it is gone."""
        held = self.questions.find(press.question)
        if held is None or not held.asked.text:
            return None
        url = press.response_url or None if held.asked.place in (Place.COMMAND, Place.SHORTCUT) else None
        if press.action.startswith(f"{AS_AT}:"):
            try:
                day = date.fromisoformat(press.date)
            except ValueError:
                return None
            context = tuple(self.inbox.earlier(_as_owed(held), within=REMEMBERED))
            return again(held, press.id, press.user, as_at=day, context=context, response_url=url)
        answer, place = self.records.answer(held.id), press.value.rpartition(":")[2]
        if answer is None or not place.isdecimal() or int(place) >= len(answer.options):
            return None
        context = (*(held.asked.context or ()), held.asked.text)
        return again(held, press.id, press.user, text=answer.options[int(place)], context=context, response_url=url)


def _as_owed(held: Held) -> Owed:
    return Owed(held.id, held.asked, held.state, held.reply_ts, held.received_at, 0)
