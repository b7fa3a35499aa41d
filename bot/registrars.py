"""Who may act for the registrar's office, and the record of what they did and of who was refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.roles import Roles
from knowledge.errors import DeskError

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Registrars:
    """Asks Slack at every act; `record` writes to the audit trail."""

    roles: Roles
    record: Callable[..., object]

    def may(self, user: str, act: str, enquiry: str) -> bool:
        """Whether the person is of the office; a refusal is recorded with the act that was tried."""
        if self.roles.may_administer(user):
            return True
        self.note(user, "refused", enquiry, reason=act)
        return False

    def note(self, user: str, act: str, enquiry: str, **details: object) -> None:
        """Record an act that was done. A trail that cannot be written does not undo it; the log says so."""
        try:
            self.record(user, act, enquiry=enquiry[:32], **details)
        except (DeskError, OSError, ValueError) as fault:
            log.error("act_not_recorded", where=act, reference=enquiry[:8], fault=type(fault).__name__)
