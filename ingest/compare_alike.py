"""Which passage of the later edition says, in other words, what a passage of the earlier one said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from ingest.compare_sections import Placed
from knowledge.model import PassageKind

_RUN = 3
"""Words in a run by which passages worth comparing are found: comparing each with each takes minutes."""
_COMMON = 25
"""A run that stands in more passages than this finds nothing ("the crime should be")."""
_NEAREST = 12
"""Passages compared of those that share runs, and of those in the same section."""
_SAME_SECTION, _ELSEWHERE = 0.3, 0.6
"""Share of words in common from which two passages are one passage reworded."""
_SAME_ROW, _OTHER_ROW = 0.2, 0.65
"""The same for rows of tables: they share their headers, and what their first cell names tells them apart."""
TELLING = 8
"""Words from which a text is told by itself wherever it stands; "One crime." stands under many examples."""
_HOME = 0.25
"""What standing in the same section is worth when two passages are as much alike."""


def alike(before: Sequence[Placed], after: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    """Pairs of (earlier, later), each passage in one at most, the surest first chosen; in the order of the earlier."""
    numbers: dict[str, int] = {}
    ours, theirs = (
        [[numbers.setdefault(w, len(numbers)) for w in one.words] for one in side] for side in (before, after)
    )
    scored: list[tuple[float, int, int, int]] = []
    for i, j in _worth_comparing(before, after, ours, theirs):
        share = Indel.normalized_similarity(ours[i], theirs[j])
        if share >= _least(before[i], after[j]):
            scored.append((-_score(share, before[i], after[j]), abs(before[i].at - after[j].at), i, j))
    taken_before: set[int] = set()
    taken_after: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(scored):
        if i not in taken_before and j not in taken_after:
            taken_before.add(i)
            taken_after.add(j)
            pairs.append((before[i], after[j]))
    pairs += _last_rows(
        [one for i, one in enumerate(before) if i not in taken_before],
        [one for j, one in enumerate(after) if j not in taken_after],
    )
    return sorted(pairs, key=lambda pair: pair[0].at)


def _last_rows(before: Sequence[Placed], after: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    """Pairs of rows which alone of their section are left on both sides, whatever their first cells name."""
    ours, theirs = (Counter(one.section for one in side) for side in (before, after))
    waiting = {one.section: one for one in after if ours[one.section] == theirs[one.section] == 1}
    pairs = [(one, waiting[one.section]) for one in before if one.section in waiting]
    return [
        (a, b)
        for a, b in pairs
        if a.passage.kind is b.passage.kind is PassageKind.TABLE_ROW
        and Indel.normalized_similarity(a.words, b.words) >= _SAME_ROW
    ]


def _score(share: float, a: Placed, b: Placed) -> float:
    if a.section == b.section:
        return share + _HOME
    # A short text stands in many places: what it became where it stood comes before where else it stands now.
    return share if min(len(a.words), len(b.words)) >= TELLING else share * _SAME_SECTION


def _least(a: Placed, b: Placed) -> float:
    """How much of their words two passages must share to be one passage reworded."""
    if a.passage.kind is not b.passage.kind:
        return _OTHER_ROW
    if a.passage.kind is PassageKind.TABLE_ROW:
        return _SAME_ROW if _first_cell(a) == _first_cell(b) else _OTHER_ROW
    return _SAME_SECTION if a.section == b.section else _ELSEWHERE


def _first_cell(row: Placed) -> str:
    return row.text.partition(";")[0].casefold()


def _worth_comparing(
    before: Sequence[Placed], after: Sequence[Placed], ours: Sequence[list[int]], theirs: Sequence[list[int]]
) -> Iterator[tuple[int, int]]:
    """Indexes of pairs that share rare runs of words, or stand in the same section."""
    holders: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    sections: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for j, one in enumerate(after):
        sections[one.section].append(j)
        if one.passage.kind is PassageKind.TABLE_ROW:
            rows[_first_cell(one)].append(j)
        for run in _runs(theirs[j]):
            holders[run].append(j)
    for i, one in enumerate(before):
        shared: Counter[int] = Counter()
        for run in _runs(ours[i]):
            if len(holders.get(run, ())) <= _COMMON:
                shared.update(holders.get(run, ()))
        found = {j for j, _ in shared.most_common(_NEAREST)}
        found.update(sorted(sections.get(one.section, ()), key=lambda j: abs(after[j].at - one.at))[:_NEAREST])
        if one.passage.kind is PassageKind.TABLE_ROW:
            found.update(rows.get(_first_cell(one), ())[:_NEAREST])
        yield from ((i, j) for j in sorted(found))


def _runs(words: Sequence[int]) -> set[tuple[int, ...]]:
    return {tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)}
