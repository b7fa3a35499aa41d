"""Whether what answers a question is held for the day it is asked about.

A document that happens to be in force on an earlier day is not an answer because the one that would answer is not held
for it: asked how long there was to record a crime in 2024, a protocol for schools of 2023 says something of recording,
and it is not the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.model import Authority, Found
from knowledge.ports import OpenBuild

_BETTER = 0.22
"""By how much today's passage must score above the best one of that day: shares of the best BM25 scores differ by as
much between two days (`words` and `asked_words` in knowledge/rank.py together)."""


def rules_held(build: OpenBuild, day: date) -> bool:
    """Whether any dated rule or guidance is held for that day."""
    binding = (Authority.NATIONAL_RULE, Authority.NATIONAL_GUIDANCE)
    return any(
        edition.authority in binding and edition.effective_from is not None and edition.governs(day)
        for edition in build.editions
    )


def is_held_then(then: Sequence[Found], now: Sequence[Found], build: OpenBuild, day: date) -> bool:
    """False when the best passage of today answers better than any of `day`, and its document is not held for `day`."""
    if not now:
        return True
    document = now[0].passage.edition.document
    if any(edition.document == document and edition.governs(day) for edition in build.editions):
        return True
    return bool(then) and now[0].score < then[0].score + _BETTER
