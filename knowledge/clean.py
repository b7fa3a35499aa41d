"""Make a question safe to work with: one form of each character, nothing invisible, a sane length."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 1000
"""Characters a question may have (design.md 5.1)."""

# Format characters: zero width, bidi controls, BOM, and the tag block in which instructions can be hidden.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def clean(text: str) -> str:
    """The text in NFC without invisible or control characters, white space folded. May be empty."""
    text = text.encode("utf-8", "replace").decode("utf-8", "replace")
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return " ".join(text.split())
