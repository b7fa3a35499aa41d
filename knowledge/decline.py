"""What the desk must not do: sentence, charge, decide a live case, tell what others asked, set the rules aside."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("declines.toml")


@dataclass(frozen=True, slots=True)
class Decline:
    """Why a question is declined and where the asker is pointed instead."""

    kind: str
    says: str


def decline(question: str) -> Decline | None:
    """The first entry of declines.toml that the question falls under, or None."""
    for entry, patterns, unless in _compiled():
        if any(p.search(question) for p in patterns) and not any(p.search(question) for p in unless):
            return entry
    return None


@cache
def _compiled() -> list[tuple[Decline, list[re.Pattern[str]], list[re.Pattern[str]]]]:
    def each(patterns: list[str]) -> list[re.Pattern[str]]:
        return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]

    table = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["decline"]
    return [(Decline(e["kind"], e["says"]), each(e["patterns"]), each(e["unless"])) for e in table]
