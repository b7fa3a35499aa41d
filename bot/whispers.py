"""A sentence to whoever pressed a button, seen by them alone, below what they pressed it on."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from slack_sdk import WebClient

from bot.courier import Courier
from bot.presses import Press
from bot.rendering.message import plain
from bot.slack_calls import Calls, Refused, Unavailable

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Whispers:
    """Says it by the press's own address, or where that fails by an ephemeral message. Not worth more attempts."""

    client: WebClient
    calls: Calls
    courier: Courier

    def say(self, press: Press, words: str) -> None:
        """Tell them."""
        try:
            if press.response_url:
                self.courier.respond(press.response_url, plain(words), replace=False)
                return
        except (Refused, Unavailable) as fault:
            log.info("whisper_failed", fault=type(fault).__name__, code=getattr(fault, "code", None))
        if not press.channel:
            return
        try:
            payload = plain(words).payload()
            self.calls.once(lambda: self.client.chat_postEphemeral(channel=press.channel, user=press.user, **payload))
        except (Refused, Unavailable) as fault:
            log.warning("whisper_failed", fault=type(fault).__name__, code=getattr(fault, "code", None))
