"""Make a cancellation check on what is published, by the table and this force's reviews of it, and keep it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.checks import Checks
from knowledge.cancellation.check_cancellation import check_cancellation
from knowledge.cancellation.form import Form
from knowledge.cancellation.result import CheckResult
from knowledge.cancellation.reviews import Reviews
from knowledge.errors import StoreUnavailable
from knowledge.ports import Builds

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Cancelling:
    """`reviews` reads those of the data directory; a review recorded meanwhile holds for the next check."""

    builds: Builds
    checks: Checks
    reviews: Callable[[], Reviews]

    def check(self, form: Form) -> tuple[CheckResult, str]:
        """The result, and the id it is kept under: empty where it could not be kept, which takes nothing from it.

        Raises NoBuild, BuildInvalid, WrongUse for a crime that is none, DeskError where the reviews cannot be read.
        """
        result = check_cancellation(form, self.builds.current(), self.reviews())
        try:
            return result, self.checks.keep(form, result)
        except StoreUnavailable:
            log.error("check_not_kept")
            return result, ""
