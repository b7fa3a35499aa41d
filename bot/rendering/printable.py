"""Make text safe to print on a terminal, whoever wrote it."""

from __future__ import annotations

import re

from rich.text import Text

# Escape sequences in a document or a question must not move the cursor, hide words or turn them round.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str, style: str = "") -> Text:
    """The text with no control characters and no markup, new lines kept."""
    return Text(_UNSAFE.sub("", text.replace("\r\n", "\n").replace("\t", " ")), style=style)
