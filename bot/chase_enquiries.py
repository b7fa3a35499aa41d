"""Reminds the registrar's office of what has waited too long: one reminder in each period, under the card."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.enquiries import Enquiries, Progress
from bot.registrar_channel import RegistrarChannel
from bot.slack_calls import Refused, Unavailable, Uncertain

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ChaseEnquiries:
    """`after` is how many seconds a question may wait for its first reminder, and for each further one."""

    enquiries: Enquiries
    channel: RegistrarChannel
    after: float
    now: Callable[[], float] = time.time

    def chase(self) -> None:
        """Remind of every question that has waited since `after` seconds ago without answer or reminder."""
        before = self.now() - self.after
        for enquiry in self.enquiries.of(Progress.OPEN, Progress.ASSIGNED):
            if not self.enquiries.chase(enquiry.id, before):
                continue
            try:
                self.channel.remind(enquiry)
                self.channel.refresh(enquiry)
            except Uncertain:  # it may stand there: the next period says it again
                log.warning("enquiry_perhaps_not_chased", reference=enquiry.id[:8])
            except (Refused, Unavailable) as fault:
                code = getattr(fault, "code", None)
                log.error("enquiry_not_chased", reference=enquiry.id[:8], fault=type(fault).__name__, code=code)
