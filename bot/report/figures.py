"""Count what happened in a period, against the weeks before. Pure: happenings in, a report out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from bot.checks import Outcome
from bot.report.alike import gather_alike
from bot.report.happenings import NOWHERE, Asked, Happenings, Put, Rule
from bot.report.period import Period
from bot.report.small_numbers import FEWEST, UnitCount, by_unit, shown
from knowledge.cancellation.result import Verdict
from knowledge.model import Status

_DAY, _HOUR = 86_400.0, 3_600.0
_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Change:
    """A number in the period and in as many weeks before."""

    now: int
    before: int


@dataclass(frozen=True, slots=True)
class NotCovered:
    """Questions alike that the documents did not answer, and where their nearest passages stand."""

    questions: tuple[str, ...]
    nearest: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Cancellation checks under one criterion: how many, and in how many a line came out so. Small numbers are not
    shown and not broken down, since a supervisor who checked a case could be found by them.
    """

    criterion: str
    checks: str
    with_line: dict[Verdict, str]


@dataclass(frozen=True, slots=True)
class OpenEnquiry:
    """One that waits, by its reference."""

    reference: str
    days: float
    taken_on: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What the registrar's office reads. Statuses are those of the answers; no name and no id of anybody is in it."""

    period: Period
    total: Change
    people: str
    statuses: dict[Status, Change]
    weeks: tuple[tuple[Period, dict[Status, int]], ...]
    topics: tuple[tuple[str, Change], ...]
    rules: tuple[tuple[Rule, int], ...]
    units: tuple[UnitCount, ...]
    not_covered: tuple[NotCovered, ...]
    asked_back: tuple[tuple[Rule, int], ...]
    declined: tuple[tuple[Rule, int], ...]
    not_helpful: Change
    reasons: tuple[tuple[str, int], ...]
    comments: tuple[tuple[Rule, str, str], ...]
    out_of_date: tuple[tuple[Rule, str, tuple[int, ...], int], ...]
    checks: tuple[CheckLine, ...]
    open_enquiries: tuple[OpenEnquiry, ...]
    enquiries_put: int
    enquiries_answered: int
    hours_to_answer: float | None


def figures(happenings: Happenings, period: Period) -> Report:
    """The report on a period; `happenings` have to reach back to the first of the weeks of its trend."""
    asked = [one for one in happenings.asked if period.holds(one.at)]
    before = [one for one in happenings.asked if period.before.holds(one.at)]
    statuses = Counter(one.status for one in asked)
    statuses_before = Counter(one.status for one in before)
    not_helpful = [one for one in happenings.not_helpful if period.holds(one.at)]
    flagged = [one for one in happenings.flagged if period.holds(one.at)]
    settled = [one for one in happenings.put if one.settled_at is not None and period.holds(one.settled_at)]
    answered = [one for one in settled if one.answered]
    return Report(
        period=period,
        total=Change(len(asked), len(before)),
        people=shown(len({one.asker for one in asked})),
        statuses={status: Change(statuses[status], statuses_before[status]) for status in Status},
        weeks=tuple((week, _by_status(happenings.asked, week)) for week in period.trend()),
        topics=_topics(asked, before),
        rules=_most(one.rule for one in asked if one.rule != NOWHERE),
        units=_units(asked),
        not_covered=_not_covered(asked),
        asked_back=_most(one.rule for one in asked if one.status == Status.NEEDS_CLARIFYING),
        declined=_most(one.rule for one in asked if one.status == Status.DECLINED),
        not_helpful=Change(len(not_helpful), sum(period.before.holds(one.at) for one in happenings.not_helpful)),
        reasons=_most(str(one.reason) for one in not_helpful),
        comments=tuple((one.rule, str(one.reason), one.comment) for one in not_helpful if one.comment),
        out_of_date=tuple((*key, count) for key, count in _most((one.rule, one.edition, one.pages) for one in flagged)),
        checks=tuple(_checks([one for one in happenings.checks if period.holds(one.checked_at)])),
        open_enquiries=_open(happenings.put, period),
        enquiries_put=sum(period.holds(one.asked_at) for one in happenings.put),
        enquiries_answered=len(answered),
        hours_to_answer=median(_hours(one) for one in answered) if answered else None,
    )


def _by_status(asked: Sequence[Asked], week: Period) -> dict[Status, int]:
    found = Counter(one.status for one in asked if week.holds(one.at))
    return {status: found[status] for status in Status}


def _topics(asked: Sequence[Asked], before: Sequence[Asked]) -> tuple[tuple[str, Change], ...]:
    def topics(some: Sequence[Asked]) -> Counter[str]:
        return Counter(one.rule.topic for one in some if one.rule != NOWHERE)

    now, then = topics(asked), topics(before)
    return tuple((topic, Change(count, then[topic])) for topic, count in _ordered(now))


def _units(asked: Sequence[Asked]) -> tuple[UnitCount, ...]:
    people: dict[str, set[str]] = defaultdict(set)
    for one in asked:
        if one.unit:
            people[one.unit].add(one.asker)
    counts = Counter(one.unit for one in asked if one.unit)
    return by_unit(counts, {unit: frozenset(them) for unit, them in people.items()})


def _not_covered(asked: Sequence[Asked]) -> tuple[NotCovered, ...]:
    missed = [one for one in asked if one.status == Status.NOT_COVERED and one.text]
    rules = _grouped(missed, lambda one: one.text)
    groups = []
    for group in gather_alike([one.text for one in missed]):
        near = (one.rule for text in dict.fromkeys(group.questions) for one in rules[text] if one.rule != NOWHERE)
        groups.append(NotCovered(group.questions, tuple(rule for rule, _ in _most(near))))
    return tuple(groups)


def _checks(made: Sequence[Outcome]) -> Iterable[CheckLine]:
    for criterion, some in sorted(_grouped(made, lambda one: one.criterion).items()):
        lines = {verdict: sum(bool(one.verdicts.get(verdict)) for one in some) for verdict in Verdict}
        told = {verdict: shown(count) for verdict, count in lines.items()} if len(some) >= FEWEST else {}
        yield CheckLine(criterion, shown(len(some)), told)


def _open(put: Sequence[Put], period: Period) -> tuple[OpenEnquiry, ...]:
    waiting = [one for one in put if one.settled_at is None]
    return tuple(OpenEnquiry(one.reference, (period.ends - one.asked_at) / _DAY, one.taken_on) for one in waiting)


def _hours(one: Put) -> float:
    return ((one.settled_at or one.asked_at) - one.asked_at) / _HOUR


def _most(of: Iterable[_K]) -> tuple[tuple[_K, int], ...]:
    return _ordered(Counter(of))


def _ordered(counted: Counter[_K]) -> tuple[tuple[_K, int], ...]:
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], str(one[0]))))


def _grouped(some: Iterable[_T], by: Callable[[_T], _K]) -> dict[_K, list[_T]]:
    groups: dict[_K, list[_T]] = defaultdict(list)
    for one in some:
        groups[by(one)].append(one)
    return groups
