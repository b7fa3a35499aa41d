"""Link passages that print the same rule twice, in one document or two, so that search shows it once and cites both.

Told by runs of words: two passages are twins when most runs of the shorter stand in the longer too. Rows and lists of
codes are alike by nature and are left alone, and two editions of one document are no twins: only one is in force.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.model import Passage, PassageKind
from knowledge.wordings import differing_sentences

_RUN = 5
"""Words in a run: shorter ones ("the force crime registrar must") stand everywhere."""
_LEAST_RUNS = 20
_SHARE = 0.5
_COMMON = 12
"""A run that stands in more passages than this is a formula, not a rule printed twice."""
_BESIDE = 3
"""Passages of one edition no further apart than this are parallel provisions, not one rule printed twice."""
_WORD = re.compile(r"\w+")


def link_twins(passages: Sequence[Passage]) -> list[Passage]:
    """The passages in order, each with the ids of its twins."""
    runs = {
        passage.id: _runs(passage.text)
        for passage in passages
        if passage.kind in {PassageKind.PROSE, PassageKind.PICTURE}
    }
    by_id = {passage.id: passage for passage in passages}
    holders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for pid, own in runs.items():
        for run in own:
            holders[run].append(pid)
    shared: Counter[tuple[str, str]] = Counter()
    for ids in holders.values():
        if 1 < len(ids) <= _COMMON:
            shared.update((a, b) for n, a in enumerate(ids) for b in ids[n + 1 :])
    twins: defaultdict[str, list[str]] = defaultdict(list)
    for (a, b), count in shared.items():
        shorter = min(len(runs[a]), len(runs[b]))
        if shorter >= _LEAST_RUNS and count >= _SHARE * shorter and _both_in_force(by_id[a], by_id[b]):
            twins[a].append(b)
            twins[b].append(a)
    return [replace(p, twins=tuple(sorted(twins[p.id]))) if p.id in twins else p for p in passages]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return {tuple(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)}


def _both_in_force(a: Passage, b: Passage) -> bool:
    if a.edition.key == b.edition.key:
        # Dog abduction and cat abduction stand side by side in the same words, and are two rules.
        return abs(a.ordinal - b.ordinal) > _BESIDE
    if a.edition.document == b.edition.document:
        return False
    starts = [edition.effective_from or date.min for edition in (a.edition, b.edition)]
    ends = [edition.effective_to or date.max for edition in (a.edition, b.edition)]
    return max(starts) <= min(ends)


def differences_of(passages: Sequence[Passage]) -> list[dict[str, object]]:
    """For each pair of twins the sentences they word differently: `a`, `b` (passage ids) and `wordings` (pairs)."""
    by_id = {passage.id: passage for passage in passages}
    pairs = [(p, by_id[twin]) for p in passages for twin in p.twins if p.id < twin]
    found = [(a, b, differing_sentences(a, b)) for a, b in pairs]
    return [{"a": a.id, "b": b.id, "wordings": wordings} for a, b, wordings in found if wordings]
