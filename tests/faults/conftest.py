"""Fixtures of the Slack tests."""

from __future__ import annotations

from tests.bot.slack_fixtures import slack, start_bot

__all__ = ["slack", "start_bot"]
