"""What can be seen in the workspace, what the bot called, and waiting for either."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .envelopes import Envelope
from .outbox import Outbox
from .records import Call, Records
from .state import Message, View
from .visible_text import mentions, visible_text
from .workspace import BOT_USER, Workspace

Found = TypeVar("Found")


class Watching:
    """Mixed into SlackServer. Lists are copies: they do not change while a test reads them."""

    workspace: Workspace
    records: Records
    outbox: Outbox

    def messages(self, channel: str, *, thread_ts: str | None = None, of_bot: bool = True) -> list[Message]:
        """The bot's messages in a channel that everybody there sees, oldest first. `of_bot=False`: everybody's."""
        with self.records.changed:
            return [
                message
                for message in self.workspace.messages
                if message.channel == channel
                and not (message.deleted or message.only_for)
                and (not of_bot or message.user == BOT_USER)
                and thread_ts in (None, message.thread_ts)
            ]

    def ephemerals(self, user: str) -> list[Message]:
        """What only this person sees, oldest first."""
        with self.records.changed:
            return [m for m in self.workspace.messages if m.only_for == user and not m.deleted]

    def modal(self, user: str) -> View | None:
        """The topmost open modal."""
        with self.records.changed:
            stack = self.workspace.stacks.get(user) or []
            return self.workspace.views[stack[-1]] if stack else None

    def home(self, user: str) -> View | None:
        """The published Home tab."""
        with self.records.changed:
            return self.workspace.homes.get(user)

    def status(self, channel: str, thread_ts: str) -> str:
        """What shows beside a thread now. A message from the bot takes the status away, as in Slack."""
        with self.records.changed:
            here = [s for s in self.workspace.statuses if (s["channel"], s["thread_ts"]) == (channel, thread_ts)]
            if not here or any(m.ts > here[-1]["at"] for m in self.messages(channel, thread_ts=thread_ts)):
                return ""
            return str(here[-1]["status"])

    visible_text = staticmethod(visible_text)
    mentions = staticmethod(mentions)

    @property
    def calls(self) -> list[Call]:
        """Every request, in order of arrival."""
        with self.records.changed:
            return list(self.records.calls)

    def calls_to(self, method: str) -> list[Call]:
        """The requests to one method, faulted ones too."""
        return self.records.to(method)

    @property
    def envelopes(self) -> list[Envelope]:
        """Everything sent to the bot, in order."""
        return list(self.outbox.envelopes)

    def wait_for(self, predicate: Callable[[], Found], timeout: float = 5.0, what: str = "") -> Found:
        """The first truthy answer of `predicate`; fails with the calls when time runs out."""
        return self.records.wait_for(predicate, timeout, what)

    def wait_for_call(self, method: str, count: int = 1, timeout: float = 5.0) -> Call:
        """The `count`th answered call of a method."""
        what = f"call {count} to {method}"

        def answered() -> Call | None:
            calls = [call for call in self.calls_to(method) if call.answered_at is not None]
            return calls[count - 1] if len(calls) >= count else None

        found = self.wait_for(answered, timeout, what)
        assert found is not None
        return found

    def wait_for_modal(self, user: str, timeout: float = 5.0) -> View:
        """The person's topmost modal, once there is one."""
        found = self.wait_for(lambda: self.modal(user), timeout, f"a modal for {user}")
        assert found is not None
        return found
