"""Two texts laid word by word in one row, so that a reader sees whole phrases come and go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from ingest.compare_tokens import fold

_ISLAND = 2
"""As many small words, unchanged between two changes, read worse kept than repeated ("of the")."""
_SMALL = frozenset("a an and are as at be by for from in is it of on or that the this to was with".split())
_Step = tuple[str, int, int, int, int]


class Said(StrEnum):
    """Which of the two wordings a word stands in."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Column:
    """A word with its index in the earlier wording, in the later one, or in both."""

    text: str
    before: int | None
    after: int | None

    @property
    def said(self) -> Said:
        """Where the word stands."""
        return Said.NEW if self.before is None else Said.GONE if self.after is None else Said.SAME


def align(before: Sequence[str], after: Sequence[str]) -> list[Column]:
    """The words of both (`words_of`) in one row; where they agree, as the later text prints them."""
    steps = _steps([fold(word) for word in before], [fold(word) for word in after])
    columns: list[Column] = []
    gone: list[Column] = []
    new: list[Column] = []
    for number, (step, i, j, k, m) in enumerate(steps):
        island = step == "equal" and 0 < number < len(steps) - 1 and _reads_worse_kept(before[i:j])
        if step == "equal" and not island:
            columns += [*gone, *new]
            gone, new = [], []
            columns += [Column(_spaced(before[i + at - k], after[at]), i + at - k, at) for at in range(k, m)]
        else:
            gone += [Column(before[at], at, None) for at in range(i, j)]
            new += [Column(after[at], None, at) for at in range(k, m)]
    return [*columns, *gone, *new]


def _steps(before: Sequence[str], after: Sequence[str]) -> list[_Step]:
    """difflib's steps, but a run put in or taken out does not begin with the full stop of the sentence before it."""
    steps: list[_Step] = [*SequenceMatcher(None, before, after, autojunk=False).get_opcodes()]
    for at in range(1, len(steps) - 1):
        step, i, j, k, m = steps[at]
        lead, follows = steps[at - 1], steps[at + 1]
        run = after[k:m] if step == "insert" else before[i:j]
        # Where the mark that begins the run also follows it, the run may as well stand one word further on.
        if step in ("insert", "delete") and not run[0][0].isalnum() and run[0] == before[follows[1]]:
            if follows[2] - follows[1] == 1:
                continue
            steps[at - 1] = (lead[0], lead[1], lead[2] + 1, lead[3], lead[4] + 1)
            steps[at] = (step, i + 1, j + 1, k + 1, m + 1)
            steps[at + 1] = (follows[0], follows[1] + 1, follows[2], follows[3] + 1, follows[4])
    return steps


def _spaced(before: str, after: str) -> str:
    """A word as the later text prints it, with the white space before it that either has."""
    return after if after[0].isspace() else before[: len(before) - len(before.lstrip())] + after


def _reads_worse_kept(words: Sequence[str]) -> bool:
    plain = [fold(word).lower() for word in words]
    return len(words) <= _ISLAND and all(word in _SMALL or not word.isalnum() for word in plain)
