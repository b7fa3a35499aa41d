"""The Home tab and the suggested prompts of one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import structlog
from slack_sdk import WebClient

from bot.checks import Checks
from bot.inbox import Inbox
from bot.questions import Questions
from bot.rendering.home_view import home_view
from bot.rendering.prompts import TITLE, prompts_for
from bot.roles import Roles
from bot.slack_calls import Calls, Refused, Unavailable
from knowledge.errors import DeskError
from knowledge.model import Build
from knowledge.ports import Builds

LATEST = 5

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Home:
    """Publishes; what Slack lacks or refuses is logged and left."""

    client: WebClient
    calls: Calls
    builds: Builds
    inbox: Inbox
    questions: Questions
    roles: Roles
    today: Callable[[], date]
    checks: Checks

    def publish(self, team: str, user: str) -> None:
        """Show the person their Home tab as it is now."""
        view = home_view(
            self.roles.of(user),
            self._build(),
            self.questions.latest(team, user, LATEST),
            self.today(),
            self.inbox.owed(),
        )
        self._try("home", lambda: self.client.views_publish(user_id=user, view=view))

    def suggest(self, user: str, channel: str) -> None:
        """Show prompts of the person's role beside the message box of this direct conversation."""
        prompts = prompts_for(self.roles.of(user))
        self._try(
            "prompts",
            lambda: self.client.assistant_threads_setSuggestedPrompts(
                # No thread: for an app with agent_view the call does nothing when one is named.
                channel_id=channel,
                thread_ts=None,
                title=TITLE,
                prompts=prompts,
            ),
        )

    def erase(self, team: str, user: str) -> int:
        """Forget what the person asked, and checks for the record; show the Home tab without it. How many questions."""
        count = self.questions.erase(team, user)
        self.checks.erase(team, user)
        log.info("questions_erased", count=count)
        self.publish(team, user)
        return count

    def _build(self) -> Build | None:
        try:
            return self.builds.current().manifest
        except DeskError:
            return None

    def _try(self, what: str, call: Callable[[], object]) -> None:
        try:
            self.calls.once(call)
        except (Refused, Unavailable) as fault:
            log.warning("not_shown", where=what, fault=type(fault).__name__, code=getattr(fault, "code", None))
