"""Two editions beside each other, passage by passage: what says the same, what changed, came, went and moved."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from ingest.compare_alike import TELLING, alike
from ingest.compare_divided import Pair, differences
from ingest.compare_sections import Placed, placed
from ingest.compared import Kind, Matched, PassageChange
from knowledge.model import Passage


def match_passages(before: Sequence[Passage], after: Sequence[Passage]) -> Matched:
    """The passages of one edition against those of another, or of the same as it was; changes in document order.

    Passages are matched by section and words, never by number: one paragraph more moves every number after it.
    """
    ours, theirs = placed(before), placed(after)
    same, ours, theirs = _equals(ours, theirs, lambda one: (one.section, one.text))
    elsewhere, ours, theirs = _equals(ours, theirs, lambda one: one.text if len(one.words) >= TELLING else None)
    moved = [
        PassageChange(Kind.MOVED, a.passage, b.passage, another_section=a.section != b.section)
        for a, b in [*same, *elsewhere]
        if a.section != b.section or a.passage.pages != b.passage.pages
    ]
    divided, changes = differences(alike(ours, theirs), ours, theirs)
    stays = [(a, b) for a, b in same if a.passage.pages == b.passage.pages] + divided
    return Matched(
        tuple((a.passage, b.passage) for a, b in stays),
        tuple(_in_order([*changes, *moved], [*same, *elsewhere, *divided], before, after)),
    )


def _equals(
    before: Sequence[Placed], after: Sequence[Placed], key: Callable[[Placed], Hashable | None]
) -> tuple[list[Pair], list[Placed], list[Placed]]:
    """Pairs with equal keys, in order where a key stands more than once, and what is left of both sides."""
    waiting: defaultdict[Hashable, list[Placed]] = defaultdict(list)
    for one in reversed(after):
        waiting[key(one)].append(one)
    pairs: list[Pair] = []
    left: list[Placed] = []
    for one in before:
        told = key(one)
        if told is not None and waiting[told]:
            pairs.append((one, waiting[told].pop()))
        else:
            left.append(one)
    taken = {b.at for _, b in pairs}
    return pairs, left, [one for one in after if one.at not in taken]


def _in_order(
    changes: Sequence[PassageChange], pairs: Sequence[Pair], before: Sequence[Passage], after: Sequence[Passage]
) -> list[PassageChange]:
    """By place in the later edition; what was removed follows whatever stood before it."""
    was = {passage.id: at for at, passage in enumerate(before)}
    now = {passage.id: at for at, passage in enumerate(after)}
    links = [(a.at, b.at) for a, b in pairs]
    links += [(was[c.before.id], now[c.after.id]) for c in changes if c.before and c.after]
    links.sort()

    def place(change: PassageChange) -> tuple[float, int]:
        if change.after is not None:
            return now[change.after.id], -1
        at = was[change.before.id] if change.before else -1
        behind = bisect(links, (at, -1)) - 1
        return (links[behind][1] + 0.5 if behind >= 0 else -1.0), at

    return sorted(changes, key=place)
