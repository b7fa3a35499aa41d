"""Tell an edit from a section that was only cut elsewhere because of it.

Where a paragraph grows, the splitter may cut its section at other places, and the passages around the edit begin and
end with other words although no rule changed. So neighbouring passages of one section are compared as one text, and
each difference is told of the passages it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.compare_align import Column, align
from ingest.compare_joined import compare_joined
from ingest.compare_sections import Placed
from ingest.compare_tokens import words_of
from ingest.compare_words import pieces_of
from ingest.compared import Kind, PassageChange

_MOST = 12
"""Passages in a row that are compared as one text; more is a section written anew, compared passage by passage."""
Pair = tuple[Placed, Placed]


def differences(
    pairs: Sequence[Pair], before: Sequence[Placed], after: Sequence[Placed]
) -> tuple[list[Pair], list[PassageChange]]:
    """What became of passages that have no equal: (pairs that say the same, changes).

    `pairs` are those that are alike (`alike`); `before` and `after` all that have no equal, also those in no pair.
    """
    same: list[Pair] = []
    changes: list[PassageChange] = []
    for ours, theirs, own in _groups(pairs, before, after):
        if (len(ours), len(theirs)) == (1, 1) or max(len(ours), len(theirs)) > _MOST or not (ours and theirs):
            changes += _one_by_one(own, ours, theirs)
            continue
        joined = compare_joined(ours, theirs)
        same += joined.same
        changes += [_changed(a, b, columns) for a, b, columns in joined.edited]
        changes += [*map(_removed, joined.lost), *map(_added, joined.gained)]
    return same, changes


def _groups(
    pairs: Sequence[Pair], before: Sequence[Placed], after: Sequence[Placed]
) -> Iterator[tuple[list[Placed], list[Placed], list[Pair]]]:
    """Passages that words may have passed between: partners, and neighbours in a section."""
    partner = {a.at: b for a, b in pairs}
    group: dict[tuple[str, int], list[tuple[str, Placed]]] = {}
    for side, passages in (("a", before), ("b", after)):
        for one in passages:
            group[side, one.at] = [(side, one)]

    def join(first: tuple[str, int], second: tuple[str, int]) -> None:
        if group[first] is not group[second]:
            group[first] += group[second]
            for side, one in group[second]:
                group[side, one.at] = group[first]

    for a, b in pairs:
        join(("a", a.at), ("b", b.at))
    for side, passages in (("a", before), ("b", after)):
        for one, following in pairwise(passages):
            if one.next_to(following):
                join((side, one.at), (side, following.at))
    for members in {id(members): members for members in group.values()}.values():
        ours, theirs = ([one for held, one in sorted(members, key=lambda m: m[1].at) if held == s] for s in ("a", "b"))
        yield ours, theirs, [(one, partner[one.at]) for one in ours if one.at in partner]


def _one_by_one(pairs: Sequence[Pair], ours: Sequence[Placed], theirs: Sequence[Placed]) -> list[PassageChange]:
    changes = []
    for a, b in pairs:
        if a.text == b.text:
            changes.append(PassageChange(Kind.MOVED, a.passage, b.passage, another_section=a.section != b.section))
        else:
            changes.append(_changed(a, b, align(words_of(a.passage.text), words_of(b.passage.text))))
    paired = {a.at for a, _ in pairs}, {b.at for _, b in pairs}
    changes += [_removed(one) for one in ours if one.at not in paired[0]]
    return changes + [_added(one) for one in theirs if one.at not in paired[1]]


def _changed(a: Placed, b: Placed, columns: Sequence[Column]) -> PassageChange:
    return PassageChange(Kind.CHANGED, a.passage, b.passage, pieces_of(columns), a.section != b.section)


def _removed(one: Placed) -> PassageChange:
    return PassageChange(Kind.REMOVED, one.passage, None)


def _added(one: Placed) -> PassageChange:
    return PassageChange(Kind.ADDED, None, one.passage)
