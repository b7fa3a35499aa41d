"""Ask back when the rules found branch on a fact that a short question lacks: age, injury, place, order, ground."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.model import Found

_TABLE = Path(__file__).with_name("clarify.toml")
_LOOKED_AT = 4
"""Passages among which one must turn on the fact."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A fact that decides, the question that asks for it, and the answers to choose from."""

    fact: str
    asks: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    branch: Branch
    about: re.Pattern[str]
    given: re.Pattern[str]
    turns_on: re.Pattern[str]
    longest: int


def clarify(question: str, found: Sequence[Found]) -> Branch | None:
    """The fact to ask for, or None where the question can be answered as it is."""
    for entry in _entries():
        if (
            len(question.split()) <= entry.longest
            and entry.about.search(question)
            and not entry.given.search(question)
            and any(entry.turns_on.search(one.passage.text) for one in found[:_LOOKED_AT])
        ):
            return entry.branch
    return None


def is_choice(text: str) -> bool:
    """Whether the words are one of the answers the desk offers when it asks back."""
    return any(text.strip().lower() == option.lower() for e in _entries() for option in e.branch.options)


@cache
def _entries() -> list[_Entry]:
    def any_of(patterns: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)

    return [
        _Entry(
            Branch(entry["fact"], entry["asks"], tuple(entry["options"])),
            any_of(entry["about"]),
            any_of(entry["given"]),
            any_of(entry["turns_on"]),
            int(entry["longest"]),
        )
        for entry in tomllib.loads(_TABLE.read_text(encoding="utf-8"))["branch"]
    ]
