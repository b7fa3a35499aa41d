"""The Home tab and the suggested prompts of one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import structlog
from slack_sdk import WebClient

from bot.checks import Checks
from bot.inbox import Inbox
from bot.publishing import speaks_against
from bot.questions import Questions
from bot.rendering.home_view import Kept, home_view
from bot.rendering.prompts import TITLE, prompts_for
from bot.roles import Role, Roles
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
    desk_home: Path

    def publish(self, team: str, user: str) -> None:
        """Show the person their Home tab as it is now."""
        role = self.roles.of(user)
        view = home_view(
            role,
            self._build(),
            self.questions.latest(team, user, LATEST),
            self.today(),
            self.inbox.owed(),
            self._kept() if role is Role.REGISTRAR else Kept(),
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

    def _kept(self) -> Kept:
        """The builds that administrators may go over to. What cannot be read is left out."""
        from ingest.publish import build_ids, current_build, previous_build, unpublished_ids

        current, unpublished = current_build(self.desk_home) or "", unpublished_ids(self.desk_home)
        waiting = [(name, speaks_against(self.desk_home, name)) for name in reversed(unpublished)]
        earlier = [name for name in build_ids(self.desk_home) if name < current and name not in unpublished]
        # After a roll back the one before is the newer one, and going there is no roll back.
        can_roll_back = bool(earlier) and (previous_build(self.desk_home) or "") <= current
        return Kept(current, tuple(waiting), can_roll_back)

    def _try(self, what: str, call: Callable[[], object]) -> None:
        try:
            self.calls.once(call)
        except (Refused, Unavailable) as fault:
            log.warning("not_shown", where=what, fault=type(fault).__name__, code=getattr(fault, "code", None))
