"""The report as one HTML page, complete in itself: no address is followed from it, and its policy forbids it."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.rendering.report_charts import Chart
from bot.rendering.report_words import (
    REASON,
    STATUS,
    age,
    change_mark,
    enquiries,
    headline,
    rule_words,
    spoken_period,
)
from bot.rendering.whole_page import plain, whole_page
from bot.report.figures import NotCovered, Report
from bot.report.happenings import Rule

_TEMPLATE = Path(__file__).with_suffix(".html")
_ROWS, _GROUPS, _IN_OTHER_WORDS = 12, 25, 10


def report_page(report: Report, charts: Sequence[Chart]) -> str:
    """The page as HTML. What askers and documents say is escaped; control and bidirectional characters are dropped."""
    return whole_page(
        _TEMPLATE,
        period=spoken_period(report.period),
        headline=headline(report),
        enquiries=enquiries(report),
        total=report.total.now,
        tiles=[
            {"name": name, "now": change.now, "change": change_mark(change)}
            for name, change in (
                ("Questions", report.total),
                *((STATUS[status], change) for status, change in report.statuses.items()),
                ("Marked not helpful", report.not_helpful),
            )
            if change.now or change.before
        ],
        statuses=list(STATUS.values()),
        weeks=[
            {"first": week.first.isoformat(), "counts": [found[status] for status in STATUS]}
            for week, found in report.weeks
        ],
        charts=[
            {"data": f"data:{one.media};base64,{base64.b64encode(one.body).decode()}", "says": plain(one.says)}
            for one in charts
        ],
        not_covered=[_group(one) for one in report.not_covered[:_GROUPS]],
        left=max(0, len(report.not_covered) - _GROUPS),
        topics=[
            {"name": plain(topic), "now": change.now, "change": change_mark(change)}
            for topic, change in report.topics[:_ROWS]
        ],
        rules=_rows(report.rules),
        asked_back=_rows(report.asked_back),
        declined=_rows(report.declined),
        reasons=[(REASON.get(reason, reason), times) for reason, times in report.reasons],
        comments=[
            {"words": plain(words), "where": f"{REASON.get(reason, reason)}; {plain(rule_words(rule))}"}
            for rule, reason, words in report.comments[:_GROUPS]
        ],
        out_of_date=[
            (plain(f"{rule_words(rule)}, {edition}, page {', '.join(map(str, pages)) or 'not numbered'}"), times)
            for rule, edition, pages, times in report.out_of_date[:_ROWS]
        ],
        checks=[
            {
                "criterion": f"Under {one.criterion}",
                "checks": one.checks,
                "counts": [(str(verdict), count) for verdict, count in one.with_line.items()],
            }
            for one in report.checks
        ],
        open=[
            {
                "reference": one.reference,
                "taken_on": "yes" if one.taken_on else "no",
                "days": age(one.days),
            }
            for one in report.open_enquiries
        ],
        units=[(f"Channel {one.unit}" if one.unit else "All others", one.count) for one in report.units],
    )


def _group(group: NotCovered) -> dict[str, Any]:
    words = [plain(one) for one in dict.fromkeys(group.questions)]
    return {
        "says": "Asked once" if len(group.questions) == 1 else f"Asked {len(group.questions)} times",
        "first": words[0],
        "others": words[1 : 1 + _IN_OTHER_WORDS],
        "nearest": plain(rule_words(group.nearest[0])) if group.nearest else "",
    }


def _rows(rules: Iterable[tuple[Rule, int]]) -> list[tuple[str, int]]:
    return [(plain(rule_words(rule)), times) for rule, times in list(rules)[:_ROWS]]
