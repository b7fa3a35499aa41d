"""What a person must say yes to before a build is published: dates that clash or leave gaps, and what is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

from ingest.compared import is_withdrawn
from knowledge.model import Build, Edition
from knowledge.notices import spoken_date

_DAY = timedelta(days=1)
Span = tuple[date, date]
"""First and last day, both inclusive; `date.min` and `date.max` where there is none."""


def concerns(before: Build | None, after: Build) -> list[str]:
    """One sentence for each thing about build `after` that needs an explicit yes, `before` being what it would replace.

    Editions of one document in force on the same days; days between two editions on which none is; days that were
    covered and no longer are; a document that vanished; half the passages or fewer. An overlap or a gap that was there
    before was answered for when it was published, and is not told again.
    """
    was, now = _documents(before), _documents(after)
    told = [
        f"{_title(editions)} ({document}) is in the build before and not in this one."
        for document, editions in was.items()
        if before is not None and document not in now
    ]
    for document, editions in now.items():
        held = was.get(document, [])
        told += [says for says in _overlaps(editions) if says not in set(_overlaps(held))]
        gaps = [gap for gap in _gaps(_spans(editions)) if gap not in _gaps(_spans(held))]
        told += [f"No edition of {_title(editions)} is in force {_spoken(gap)}." for gap in gaps]
        told += [
            f"No edition of {_title(editions)} is in force {_spoken(lost)}; in the build before, one is."
            for lost in _without(_spans(held), _spans(editions))
            if before is not None and lost not in gaps
        ]
    if before is not None and before.passages and 2 * after.passages <= before.passages:
        told.append(
            f"This build holds {after.passages} passages and the one before {before.passages}: half or fewer are left."
        )
    return told


def _documents(build: Build | None) -> dict[str, list[Edition]]:
    found: defaultdict[str, list[Edition]] = defaultdict(list)
    for edition in build.editions if build is not None else ():
        found[edition.document].append(edition)
    return dict(found)


def _title(editions: Sequence[Edition]) -> str:
    return max(editions, key=lambda edition: edition.effective_from or date.min).title


def _dated(editions: Sequence[Edition]) -> list[Edition]:
    """Those whose dates decide an answer: findings are evidence on any day, and what is withdrawn answers nothing."""
    rules = [one for one in editions if one.authority.is_rule and not is_withdrawn(one)]
    return [one for one in rules if one.effective_from or one.effective_to]


def _span(edition: Edition) -> Span:
    return edition.effective_from or date.min, edition.effective_to or date.max


def _overlaps(editions: Sequence[Edition]) -> Iterator[str]:
    for one, other in combinations(sorted(_dated(editions), key=_span), 2):
        both = max(_span(one)[0], _span(other)[0]), min(_span(one)[1], _span(other)[1])
        if both[0] <= both[1]:
            yield (
                f"Two editions of {_title([one, other])} are in force {_spoken(both)}: {one.label} and {other.label}."
            )


def _spans(editions: Sequence[Edition]) -> list[Span]:
    """The days on which an edition is in force, as spans that do not touch, in order."""
    joined: list[Span] = []
    for start, end in sorted(map(_span, _dated(editions))):
        if joined and (joined[-1][1] == date.max or start <= joined[-1][1] + _DAY):
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _gaps(spans: Sequence[Span]) -> list[Span]:
    return [(one[1] + _DAY, other[0] - _DAY) for one, other in pairwise(spans)]


def _without(was: Sequence[Span], now: Sequence[Span]) -> list[Span]:
    """Spans of `was` that are not in `now`."""
    left: list[Span] = []
    for start, end in was:
        at: date | None = start
        for first, last in now:
            if at is None or last < at or first > end:
                continue
            if first > at:
                left.append((at, first - _DAY))
            at = last + _DAY if last < end else None
        if at is not None:
            left.append((at, end))
    return left


def _spoken(span: Span) -> str:
    start, end = span
    if start == end:
        return f"on {spoken_date(start)}"
    if end == date.max:
        return f"from {spoken_date(start)} on" if start != date.min else "on any day"
    return f"from {spoken_date(start)} to {spoken_date(end)}" if start != date.min else f"to {spoken_date(end)}"
