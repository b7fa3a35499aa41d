"""Who may act for the registrar's office, and the record of what they did and of who was refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.roles import Roles
from knowledge.errors import DeskError
from knowledge.ruling import Ruling

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

    def may_rule(self, user: str, act: str, ruling: str) -> bool:
        """Whether the person may act on a ruling; a refusal is recorded with the act that was tried."""
        if self.roles.may_administer(user):
            return True
        self._record(user, "refused", ruling, ruling=ruling[:32], reason=act)
        return False

    def note_ruling(self, user: str, act: str, ruling: Ruling, **details: object) -> None:
        """Record an act on a ruling, with the digest of its words and the passages it rests on."""
        self._record(user, act, ruling.id, ruling=ruling.id, build=ruling.build, **ruling_details(ruling), **details)

    def note(self, user: str, act: str, enquiry: str, **details: object) -> None:
        """Record an act that was done. A trail that cannot be written does not undo it; the log says so."""
        self._record(user, act, enquiry, enquiry=enquiry[:32], **details)

    def _record(self, user: str, act: str, reference: str, **details: object) -> None:
        try:
            self.record(user, act, **details)
        except (DeskError, OSError, ValueError) as fault:
            log.error("act_not_recorded", where=act, reference=reference[:8], fault=type(fault).__name__)


def ruling_details(ruling: Ruling) -> dict[str, object]:
    """What the audit trail says of a ruling: the digest of its words, never they, and the passages it rests on."""
    words = hashlib.sha256(f"{ruling.question}\n{ruling.answer}".encode()).hexdigest()
    return {"digest": words, "passages": [one.passage.id for one in ruling.rests_on]}
