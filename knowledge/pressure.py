"""Notice when an officer seems to be told to keep a crime off the books: they get the rule, and where to raise it."""

from __future__ import annotations

import re

_WHO = (
    r"(?:sgt|sarge?|sergeant|skipper|insp(?:ector)?|gaffer|boss(?:es)?|guv|dci|di|ds|supt|super(?:intendent)?|"
    r"supervisor|chief|smt|management|they)"
)
_KEEP_OFF = (
    r"(?:off (?:the )?(?:figures|books|stats|system)|not (?:to )?(?:crime|record)|"
    r"(?:don'?t|do not) (?:crime|record)|(?:won'?t|refus\w+ to) (?:let me |have it )?(?:crime|record)|"
    r"leave (?:it|this) (?:off|as an? (?:incident|cri))|"
    r"stays? (?:as )?an? (?:incident|cri)\b|make \w+(?: \w+){0,3} go away|figures down|looks? bad for (?:the )?figures|"
    r"keep (?:it|this|that) (?:quiet|low))"
)
_PRESSED = re.compile(
    rf"\b{_WHO}\b.{{0,60}}\b{_KEEP_OFF}|\b{_KEEP_OFF}.{{0,40}}\b{_WHO}\b|\bdetections? up\b.{{0,60}}\bgo away\b",
    re.IGNORECASE,
)
SAYS = (
    "Nobody's wish about figures changes what must be recorded. If you are told to leave a crime off, say so to the "
    "Force Crime Registrar's office, who act independently of your chain of command, or to professional standards."
)


def pressed(question: str) -> bool:
    """Whether the question tells of being asked not to record, or to make recorded crimes disappear."""
    return _PRESSED.search(question) is not None
