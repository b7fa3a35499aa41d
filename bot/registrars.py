"""Who may act for the registrar's office, and the record of what they did and of who was refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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

    def may(self, user: str, act: str, **about: str) -> bool:
        """Whether the person is of the office; a refusal is recorded with the act that was tried and what it was about.

        `about` are details of the audit trail, an id as long as the trail keeps it.
        """
        if self.roles.may_administer(user):
            return True
        self.note(user, "refused", reason=act, **about)
        return False

    def note(self, user: str, act: str, **details: object) -> None:
        """Record an act that was done. A trail that cannot be written does not undo it; the log says so."""
        try:
            self.record(user, act, **details)
        except (DeskError, OSError, ValueError) as fault:
            reference = str(details.get("enquiry") or details.get("ruling") or "")[:8]
            log.error("act_not_recorded", where=act, reference=reference, fault=type(fault).__name__)


def ruling_details(ruling: Ruling) -> dict[str, Any]:
    """What the audit trail says of an act on a ruling: the digest of its words, never they, and what it rests on."""
    words = hashlib.sha256(f"{ruling.question}\n{ruling.answer}".encode()).hexdigest()
    return {
        "ruling": ruling.id,
        "build": ruling.build,
        "digest": words,
        "passages": [one.passage.id for one in ruling.rests_on],
    }
