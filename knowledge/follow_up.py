"""A follow-up is searched together with what it follows: "and if she withdraws?" means little alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.clarify import is_choice

_LEANS = re.compile(
    r"^(?:and|but|so|or|also|what if|what about|how about|if|then|ok|same|does that|is that|even if|would that|why)\b|"
    r"\b(?:it|that|this|they|them|he|she|him|her|those|these|one|there)\b",
    re.IGNORECASE,
)
_SHORT = 12
"""Words up to which a question that leans on another is searched together with it."""


def in_context(question: str, earlier: Sequence[str]) -> str:
    """The words to search for: the question, with the asker's last question before it when it leans on that one.

    So does an answer to what the desk asked back.
    """
    if earlier and question and is_choice(question):
        return f"{earlier[-1]}: {question}"
    if earlier and question and len(question.split()) <= _SHORT and _LEANS.search(question):
        return f"{earlier[-1]} {question}"
    return question
