"""Questions in other words, gathered together, so that what is asked most is seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.searched_words import searched_words
from knowledge.shorthand import write_out

LIKENESS = 65.0
"""Of 100. On the invented questions of tests/bot/report/test_alike.py it joins the same question in other words, and
no two topics; missing one only leaves it in a group of its own."""
_SAY_NOTHING = frozenset(
    "a an the do does did i we my our it its is are was were be been to of in on at for from by with and or but if as "
    "can could should would will shall may might must have has had need what which who whom how when where why this "
    "that there they he she his her their you your me us any some about into still just please pls ok so not no "
    "crime recorded record recording".split()
)


@dataclass(frozen=True, slots=True)
class Alike:
    """Questions that ask about the same, in the order they came."""

    questions: tuple[str, ...]


def gather_alike(questions: Sequence[str]) -> tuple[Alike, ...]:
    """All of the questions in groups, the largest first; one that nobody else asked is a group of its own."""
    groups: list[tuple[list[str], list[str]]] = []
    for question in questions:
        words = _words(question)
        best = max(groups, key=lambda group: _likeness(words, group[1]), default=None)
        if best is not None and _likeness(words, best[1]) >= LIKENESS:
            best[0].append(question)
            best[1].append(words)
        else:
            groups.append(([question], [words]))
    groups.sort(key=lambda group: -len(group[0]))
    return tuple(Alike(tuple(members)) for members, _ in groups)


def _likeness(words: str, group: Sequence[str]) -> float:
    """How like a question is to a group: on average, so that a chain of near ones does not gather everything."""
    return sum(fuzz.token_sort_ratio(words, other) for other in group) / len(group)


def _words(question: str) -> str:
    """The words that tell what it is about, shorthand written out."""
    words = re.findall(r"[\w']+", write_out(searched_words(question)).lower())
    telling = [word for word in words if word not in _SAY_NOTHING]
    return " ".join(telling or words)
