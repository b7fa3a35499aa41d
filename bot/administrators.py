"""Who may load editions and publish builds in Slack: the registrar's office. Asked at every act, and recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.roles import Roles
from knowledge.errors import DeskError

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Administrators:
    """Asks Slack at every act; `record` writes to the audit trail."""

    roles: Roles
    record: Callable[..., object]

    def may(self, user: str, act: str, build: str = "") -> bool:
        """Whether the person is of the office; a refusal is recorded with the act that was tried."""
        if self.roles.may_administer(user):
            return True
        self.note(user, "refused", build=build, reason=act)
        return False

    def note(self, user: str, act: str, **details: object) -> None:
        """Record an act. A trail that cannot be written does not undo it; the log says so."""
        try:
            self.record(user, act, **details)
        except (DeskError, OSError, ValueError) as fault:
            log.error("act_not_recorded", where=act, fault=type(fault).__name__)
