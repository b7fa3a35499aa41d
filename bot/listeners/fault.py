"""The one place where a listener's or a middleware's fault ends: logged by its kind, never by its words."""

from __future__ import annotations

import structlog
from slack_bolt import BoltResponse

log = structlog.get_logger()


def answer_fault(error: Exception) -> BoltResponse:
    """Not acknowledged: Slack sends an event again, and tells the person who pressed a button that it failed."""
    log.error("listener_failed", fault=type(error).__name__)
    return BoltResponse(status=503)
