"""Tells the registrar's channel what a fetch found: only where something is new, and the same report never twice."""

from __future__ import annotations

import hashlib

from bot.once import Once
from bot.rendering.fetch_summary import fetch_summary
from bot.settings import Settings
from bot.slack_calls import Calls, Limited, Refused, Unavailable, web_client
from bot.store import opened_store
from ingest.fetch.report import FetchReport
from knowledge.errors import DeskError, WrongUse


def check_can_tell(settings: Settings) -> None:
    """Raises WrongUse where there is no channel to tell, or no token to tell it with."""
    missing = [
        name
        for name, value in (
            ("SLACK_BOT_TOKEN", settings.slack_bot_token.get_secret_value()),
            ("DESK_REGISTRAR_CHANNEL", settings.registrar_channel),
        )
        if not value
    ]
    if missing:
        raise WrongUse(f"The registrar's channel is told in Slack: set {' and '.join(missing)}, or leave --tell out.")


def tell_fetch_report(settings: Settings, report: FetchReport) -> bool:
    """Post the report; False where nothing is new or the same was posted before. Raises DeskError."""
    if report.nothing_new:
        return False
    words = fetch_summary(report)
    key = f"fetch:{hashlib.sha256(words.encode()).hexdigest()[:32]}"
    with opened_store(settings.database) as engine:
        once = Once(engine)
        if not once.first(key):
            return False
        client = web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        try:
            Calls().once(
                lambda: client.chat_postMessage(
                    channel=settings.registrar_channel, text=words, unfurl_links=False, unfurl_media=False
                ),
                uncertain=True,
            )
        except Refused as refused:
            once.undo(key)
            raise DeskError(f"Slack does not take the report for the registrar's channel ({refused.code}).") from None
        except Unavailable as fault:
            if isinstance(fault, Limited):
                once.undo(key)
            raise DeskError("Slack did not say whether the report was posted; look at the channel.") from None
    return True
