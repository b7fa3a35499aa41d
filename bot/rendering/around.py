"""The unchanged words between two differences, shortened to those beside them. Pure."""

from __future__ import annotations

_AROUND = 12
"""Unchanged words shown before and behind a difference."""


def around(text: str, first: bool, last: bool) -> str:
    """The text with its middle left out; its beginning too where it is the `first`, its end where it is the `last`."""
    words = text.split(" ")
    if len(words) <= (1 if first or last else 2) * _AROUND + 2:
        return text
    head = [] if first else words[:_AROUND]
    tail = [] if last else words[-_AROUND:]
    return " ".join([*head, "\u2026", *tail])
