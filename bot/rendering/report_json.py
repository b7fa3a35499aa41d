"""The report as the object that scripts depend on. Pure."""

from __future__ import annotations

from typing import Any

from bot.rendering.report_words import headline
from bot.report.figures import Change, Report
from bot.report.happenings import Rule


def report_json(report: Report) -> dict[str, Any]:
    """Every number of the report, small ones as they are shown."""
    return {
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "weeks": report.period.weeks,
        "says": headline(report),
        "questions": _change(report.total),
        "people": report.people,
        "statuses": {str(status): _change(change) for status, change in report.statuses.items()},
        "by_week": [
            {"from": week.first.isoformat(), **{str(status): count for status, count in found.items()}}
            for week, found in report.weeks
        ],
        "topics": [{"topic": topic, **_change(change)} for topic, change in report.topics],
        "rules": [{**_rule(rule), "count": count} for rule, count in report.rules],
        "units": [{"channel": one.unit or None, "count": one.count} for one in report.units],
        "not_covered": [
            {
                "count": len(one.questions),
                "questions": list(one.questions),
                "nearest": [_rule(rule) for rule in one.nearest],
            }
            for one in report.not_covered
        ],
        "asked_back": [{**_rule(rule), "count": count} for rule, count in report.asked_back],
        "declined": [{**_rule(rule), "count": count} for rule, count in report.declined],
        "not_helpful": {
            **_change(report.not_helpful),
            "reasons": dict(report.reasons),
            "comments": [
                {**_rule(rule), "reason": reason, "comment": words} for rule, reason, words in report.comments
            ],
        },
        "out_of_date": [
            {**_rule(rule), "edition": edition, "pages": list(pages), "count": count}
            for rule, edition, pages, count in report.out_of_date
        ],
        "checks": [
            {
                "criterion": one.criterion,
                "checks": one.checks,
                "with": {str(verdict): count for verdict, count in one.with_line.items()},
            }
            for one in report.checks
        ],
        "enquiries": {
            "open": [
                {"reference": one.reference, "days": round(one.days, 1), "taken_on": one.taken_on}
                for one in report.open_enquiries
            ],
            "put": report.enquiries_put,
            "answered": report.enquiries_answered,
            "hours_to_answer": report.hours_to_answer,
        },
    }


def _change(change: Change) -> dict[str, int]:
    return {"now": change.now, "before": change.before}


def _rule(rule: Rule) -> dict[str, str]:
    return {"document": rule.document, "topic": rule.topic, "section": rule.section}
