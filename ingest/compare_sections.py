"""Passages with the section they stand in, said so that the same section of two editions is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.compare_tokens import fold, folded, words_of
from knowledge.model import Passage, PassageKind

_BACK = 8
"""Passages looked back over for the run-in heading that names a part of a section."""
_NEARLY_ALL = 0.8
"""Share of the sections that a title stands above to be the document's own."""
_DIVIDED = frozenset({PassageKind.PROSE, PassageKind.OFFENCE})
"""Kinds whose sections are cut where they grow too long; a row or a box of a picture is never divided."""


@dataclass(frozen=True)
class Placed:
    """A passage at its place `at` in the edition, its section without titles that only this edition bears."""

    at: int
    passage: Passage
    section: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """Its words as they are compared, in one line."""
        return " ".join(self.words)

    @cached_property
    def words(self) -> list[str]:
        """Its words one by one, as they are compared."""
        return [fold(word) for word in words_of(self.passage.text)]

    @property
    def divided(self) -> bool:
        """Whether it may be one part of a section that was cut."""
        return self.passage.kind in _DIVIDED

    def next_to(self, other: Placed) -> bool:
        """Whether `other` follows it in the same section, so that words may have passed from one to the other."""
        return other.at == self.at + 1 and self.divided and other.divided and self.section == other.section


def placed(passages: Sequence[Passage]) -> list[Placed]:
    """The passages of one edition in order, each with its section.

    A title above nearly every section is left out: it often names the year. So is the run-in heading that the splitter
    adds to a part of a section: another division adds another.
    """
    headings = [tuple(folded(part).casefold() for part in _headings(passages, at)) for at in range(len(passages))]
    roots = Counter(path[0] for path in headings if len(path) > 1)
    root, count = roots.most_common(1)[0] if roots else ("", 0)
    title = root if count >= _NEARLY_ALL * len(headings) else None
    return [
        Placed(at, passage, path[1:] if path and path[0] == title else path)
        for at, (passage, path) in enumerate(zip(passages, headings, strict=True))
    ]


def _headings(passages: Sequence[Passage], at: int) -> tuple[str, ...]:
    path = passages[at].path
    if not path or passages[at].kind is not PassageKind.PROSE:
        return path
    above = path[:-1]
    wanted = [folded(part) for part in path[-1].split(" / ")]
    for passage in reversed(passages[max(0, at - _BACK) : at + 1]):
        if passage.path != above and passage.path[:-1] != above:
            break
        lines = [folded(line) for line in passage.text.split("\n")]
        wanted = [part for part in wanted if not any(line.startswith(part) for line in lines)]
        if not wanted:
            return above
    return path
