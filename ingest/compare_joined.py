"""Neighbouring passages of a section compared as one text, and each difference told of the passages it stands in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.compare_align import Column, Said, align
from ingest.compare_sections import Placed
from ingest.compare_tokens import words_of

_LEAST_KEPT = 0.3
"""Share of a passage's words that must stand on the other side for it to be changed, and not removed or added."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What comparing them found: passages that say the same, those edited with their words, those lost and gained."""

    same: list[tuple[Placed, Placed]]
    edited: list[tuple[Placed, Placed, list[Column]]]
    lost: list[Placed]
    gained: list[Placed]


def compare_joined(before: Sequence[Placed], after: Sequence[Placed]) -> Joined:
    """Compare a run of passages with another, whatever words passed from one passage to its neighbour."""
    found = Joined([], [], [], [])
    ours, theirs = list(before), list(after)
    row = _Row(ours, theirs)
    while ours and theirs:
        # A passage of which next to nothing stands on the other side was removed, or added: what few words it shares
        # with another would only scatter that one's.
        lost = [one for n, one in enumerate(ours) if row.kept(n, 0) < _LEAST_KEPT]
        gained = [one for n, one in enumerate(theirs) if row.kept(n, 1) < _LEAST_KEPT]
        if not lost and not gained:
            break
        found.lost.extend(lost)
        found.gained.extend(gained)
        ours = [one for one in ours if all(one is not gone for gone in lost)]
        theirs = [one for one in theirs if all(one is not new for new in gained)]
        row = _Row(ours, theirs)
    if not ours or not theirs:
        return Joined([], [], [*found.lost, *ours], [*found.gained, *theirs])
    edits = row.edits()
    for (p, q), own in sorted(edits.items()):
        found.edited.append(
            (ours[p], theirs[q], [c for at, c in enumerate(row.columns) if at in own or row.of(at, p, q)])
        )
    told = {p for p, _ in edits}
    found.same.extend((one, theirs[row.partner[p]]) for p, one in enumerate(ours) if p not in told)
    return found


class _Row:
    """The words of both sides in one row; of each word it is known which passage of its side it stands in."""

    def __init__(self, ours: Sequence[Placed], theirs: Sequence[Placed]) -> None:
        words: list[list[str]] = [[], []]
        owners: list[list[int]] = [[], []]
        for side, passages in enumerate((ours, theirs)):
            for n, one in enumerate(passages):
                own = words_of(("\n" if n else "") + one.passage.text)
                words[side] += own
                owners[side] += [n] * len(own)
        self.columns = align(words[0], words[1])
        self.owners = [
            (
                None if column.before is None else owners[0][column.before],
                None if column.after is None else owners[1][column.after],
            )
            for column in self.columns
        ]
        self.partner: dict[int, int] = {}
        """For each earlier passage the later one that holds most of its words, and below the other way round."""
        self.partner_back: dict[int, int] = {}
        for (p, q), _ in Counter(pair for pair in self.owners if None not in pair).most_common():
            if p is not None and q is not None:
                self.partner.setdefault(p, q)
                self.partner_back.setdefault(q, p)

    def kept(self, n: int, side: int) -> float:
        """The share of a passage's words that stand on both sides."""
        own = [c.said for c, owner in zip(self.columns, self.owners, strict=True) if owner[side] == n]
        return sum(said is Said.SAME for said in own) / len(own) if own else 0.0

    def of(self, at: int, p: int, q: int) -> bool:
        """Whether a word stands on both sides, and in either of these passages."""
        ours, theirs = self.owners[at]
        return ours is not None and theirs is not None and (ours == p or theirs == q)

    def edits(self) -> dict[tuple[int, int], set[int]]:
        """Words that are gone or new, by the (earlier, later) passages they are told of: those of the words beside."""
        found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
        for at, (p, q) in enumerate(self.owners):
            if p is not None and q is None:
                own = [theirs for ours, theirs in self._beside(at) if ours == p]
                found[p, own[0] if own else self.partner[p]].add(at)
            elif q is not None and p is None:
                own = [ours for ours, theirs in self._beside(at) if theirs == q]
                found[own[0] if own else self.partner_back[q], q].add(at)
        return found

    def _beside(self, at: int) -> list[tuple[int, int]]:
        """The passages of the nearest words before and behind that stand on both sides."""
        found: list[tuple[int, int]] = []
        for step in (-1, 1):
            near = at
            while 0 <= near < len(self.owners) and None in self.owners[near]:
                near += step
            if 0 <= near < len(self.owners):
                p, q = self.owners[near]
                if p is not None and q is not None:
                    found.append((p, q))
        return found
