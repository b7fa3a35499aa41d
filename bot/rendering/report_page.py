"""The report as one HTML page, complete in itself: no address is followed from it, and its policy forbids it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, select_autoescape

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
from bot.report.figures import NotCovered, Report
from bot.report.happenings import Rule

_TEMPLATE = Path(__file__).with_suffix(".html")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ROWS, _GROUPS, _IN_OTHER_WORDS = 12, 25, 10


def report_page(report: Report, charts: Sequence[Chart]) -> str:
    """The page as HTML. What askers and documents say is escaped; control and bidirectional characters are dropped."""
    source = _TEMPLATE.read_text(encoding="utf-8")
    style = source.partition("<style>")[2].partition("</style>")[0]
    environment = Environment(autoescape=select_autoescape(default=True), undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    return environment.from_string(source).render(
        policy=f"default-src 'none'; img-src data:; style-src {_hash(style)}; base-uri 'none'; form-action 'none'",
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
            {"data": f"data:{one.media};base64,{base64.b64encode(one.body).decode()}", "says": _plain(one.says)}
            for one in charts
        ],
        not_covered=[_group(one) for one in report.not_covered[:_GROUPS]],
        left=max(0, len(report.not_covered) - _GROUPS),
        topics=[
            {"name": _plain(topic), "now": change.now, "change": change_mark(change)}
            for topic, change in report.topics[:_ROWS]
        ],
        rules=_rows(report.rules),
        asked_back=_rows(report.asked_back),
        declined=_rows(report.declined),
        reasons=[(REASON.get(reason, reason), times) for reason, times in report.reasons],
        comments=[
            {"words": _plain(words), "where": f"{REASON.get(reason, reason)}; {_plain(rule_words(rule))}"}
            for rule, reason, words in report.comments[:_GROUPS]
        ],
        out_of_date=[
            (_plain(f"{rule_words(rule)}, {edition}, page {', '.join(map(str, pages)) or 'not numbered'}"), times)
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
    words = [_plain(one) for one in dict.fromkeys(group.questions)]
    return {
        "says": "Asked once" if len(group.questions) == 1 else f"Asked {len(group.questions)} times",
        "first": words[0],
        "others": words[1 : 1 + _IN_OTHER_WORDS],
        "nearest": _plain(rule_words(group.nearest[0])) if group.nearest else "",
    }


def _rows(rules: Iterable[tuple[Rule, int]]) -> list[tuple[str, int]]:
    return [(_plain(rule_words(rule)), times) for rule, times in list(rules)[:_ROWS]]


def _plain(text: str) -> str:
    return _UNSEEN.sub("", text)


def _hash(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
