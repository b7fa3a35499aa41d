"""Find a text on the pages it stands on: its words, in order, a box a line.

The whole is looked for first, then halves of it between sentences, then ever smaller runs of words. Long runs
are found wherever they stand; short ones ("or", "Two crimes.") only next to what was found already, so that a common
word never lights up somewhere else on the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from knowledge.adapters.page_characters import PageCharacters, Place, letters_of

_SENTENCE = re.compile(r"\n+|(?<=[.;:?!])\s+")
_SURE = 20
"""Letters from which a run of words is taken wherever it stands."""
_UNIQUE = 10
"""Letters from which a run that stands in one place only is taken while nothing else has been found."""
_LOOSE = 12
"""Letters from which a run may end within what the page prints as one word ("crime1" with a footnote's number)."""
_NEAR = 300
"""Letters around what was found in which a short run may stand."""

_APART = 40
"""Letters between words found and the next ones, from which they do not belong together."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page (1-based): left, top, right and bottom as shares of its width and height."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Located:
    """Where a text stands: a box a line, how many words it has, how many were found, and the stretch they span."""

    lines: tuple[Box, ...] = ()
    words: int = 0
    found: int = 0
    letters: int = 0
    stretch: tuple[int, int] = (0, 0)

    @property
    def in_one_piece(self) -> bool:
        """Whether all the words were found and nothing else stands between them."""
        return self.found == self.words and self.stretch[1] - self.stretch[0] <= self.letters

    @property
    def share(self) -> float:
        """Share of the words that were found, 0 to 1; 1 where there are none to find."""
        return self.found / self.words if self.words else 1.0


def locate(
    text: str, pages: Sequence[PageCharacters], *, heading: str = "", within: tuple[int, int] | None = None
) -> Located:
    """Where `text` stands on `pages`, which are in order.

    `heading` is what it stands under: it decides between places where the same words stand. `within` is the `stretch`
    of what was located before (of a passage, when its cited words are looked for).
    """
    search = _Search(text, pages, heading, within)
    search.run()
    spans = _together(sorted(span for span in search.spans if span))
    if not spans:
        return Located(words=len(search.words))
    lines = tuple(_lines(spans, pages))
    return Located(
        lines, len(search.words), len(spans), sum(map(len, search.words)), (spans[0][0], max(end for _, end in spans))
    )


class _Search:
    """One text being looked for in the letters of its pages."""

    def __init__(
        self, text: str, pages: Sequence[PageCharacters], heading: str, within: tuple[int, int] | None
    ) -> None:
        sentences = [[w for w in map(letters_of, part.split()) if w] for part in _SENTENCE.split(text)]
        self.words = [word for sentence in sentences for word in sentence]
        self._starts = list(accumulate((len(s) for s in sentences if s), initial=0))
        self.spans: list[tuple[int, int] | None] = [None] * len(self.words)
        self._letters = "".join(page.text for page in pages)
        self._begins = [begins for page in pages for begins in page.begins] + [True]
        self._taken = bytearray(len(self._letters))
        self._within = within or (0, len(self._letters))
        title = letters_of(heading)
        at = self._letters.find(title) if title else -1
        self._first = at + len(title) if at >= 0 else 0

    def run(self) -> None:
        """The whole, then halves of what is still missing."""
        missing = [] if self._place(0, len(self.words), sure=True) else self._halves(0, len(self.words))
        while missing:
            # Longest first, so that the short ones find neighbours.
            missing.sort(key=lambda run: run[0] - run[1])
            left = [run for run in missing if not self._place(*run)]
            missing = [half for run in left if run[1] - run[0] > 1 for half in self._halves(*run)]

    def _halves(self, start: int, end: int) -> list[tuple[int, int]]:
        """The run in two, between sentences where it has several."""
        middle = (start + end) // 2
        between = [place for place in self._starts if start < place < end]
        middle = min(between, key=lambda place: abs(place - middle), default=middle)
        return [(start, middle), (middle, end)]

    def _place(self, start: int, end: int, sure: bool = False) -> bool:
        run = "".join(self.words[start:end])
        if not run:
            return True
        before = next((s[1] for s in reversed(self.spans[:start]) if s), None)
        after = next((s[0] for s in self.spans[end:] if s), None)
        low, high = self._within
        if not sure and len(run) < _SURE:
            if before is None and after is None:
                # Nothing to stand next to: then only what stands there once.
                return len(run) >= _UNIQUE and self._put(start, end, run, list(self._occurrences(run, low, high))[:2])
            ends = [place for place in (before, after) if place is not None]
            if len(ends) == 2 and 0 <= ends[1] - ends[0] < _NEAR:
                low, high = max(low, ends[0]), min(high, ends[1])
            else:
                low, high = max(low, min(ends) - _NEAR), min(high, max(ends) + _NEAR)
        near = before if before is not None else after - len(run) if after is not None else self._first
        places = sorted(self._occurrences(run, low, high), key=lambda place: (abs(place - near), place))
        return self._put(start, end, run, places[:1])

    def _put(self, start: int, end: int, run: str, places: list[int]) -> bool:
        """Note where the words stand if it is one place."""
        if len(places) != 1:
            return False
        at = places[0]
        for index in range(start, end):
            self.spans[index] = (at, at + len(self.words[index]))
            at += len(self.words[index])
        self._taken[at - len(run) : at] = b"\x01" * len(run)
        return True

    def _occurrences(self, run: str, low: int, high: int) -> Iterator[int]:
        at = self._letters.find(run, low, high)
        while at >= 0:
            end = at + len(run)
            whole = self._begins[at] and (len(run) >= _LOOSE or self._begins[end])
            if whole and not any(self._taken[at:end]):
                yield at
            at = self._letters.find(run, at + 1, high)


def _together(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words found without those that stand by themselves, away from the rest: most likely others of the same."""
    groups: list[list[tuple[int, int]]] = []
    for span in spans:
        if groups and span[0] - groups[-1][-1][1] < _APART:
            groups[-1].append(span)
        else:
            groups.append([span])
    letters = [sum(end - start for start, end in group) for group in groups]
    least = min(_LOOSE, max(letters, default=0))
    return [span for group, size in zip(groups, letters, strict=True) if size >= least for span in group]


def _lines(spans: Sequence[tuple[int, int]], pages: Sequence[PageCharacters]) -> Iterator[Box]:
    """A box for each run of found words that stands on one line of one page."""
    offsets = list(accumulate((len(page.text) for page in pages), initial=0))
    line: tuple[int, Place] | None = None
    last = 0
    for start, end in spans:
        for index in range(start, end):
            number = bisect_right(offsets, index) - 1
            place = pages[number].places[index - offsets[number]]
            page = pages[number].page
            if line and line[0] == page and index - last < _NEAR and _on_line(line[1], place):
                line = (page, _around(line[1], place))
            else:
                if line:
                    yield Box(line[0], *line[1])
                line = (page, place)
            last = index
    if line:
        yield Box(line[0], *line[1])


def _on_line(line: Place, place: Place) -> bool:
    height = max(line[3] - line[1], place[3] - place[1])
    middle = (place[1] + place[3]) / 2
    beside = place[0] - line[2] < 4 * height and place[0] > line[0] - height
    return beside and line[1] - height / 2 < middle < line[3] + height / 2


def _around(a: Place, b: Place) -> Place:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
