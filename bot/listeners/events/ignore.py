"""Events the desk does not use. Acknowledged all the same: Slack counts the others against the app."""

from __future__ import annotations


def ignore() -> None:
    """Do nothing."""
