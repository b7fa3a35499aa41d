"""The report as it looks in the terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from bot.rendering.report_words import REASON, STATUS, change_mark, enquiries, headline, rule_words
from bot.rendering.terminal_answer import heading
from bot.report.figures import Report

_ROWS = 8


def report_view(report: Report) -> RenderableType:
    """The headline, then each part that has something in it, the first rows of each."""
    parts: list[RenderableType] = [Hanging(printable(headline(report), "bold")), Hanging(printable(enquiries(report)))]
    parts += _part(
        "Against the weeks before",
        (
            (change.now, f"{STATUS[status].lower()} ({change_mark(change)})")
            for status, change in report.statuses.items()
            if change.now or change.before
        ),
    )
    parts += _part("Not covered", ((len(one.questions), one.questions[0]) for one in report.not_covered))
    parts += _part("By topic", ((change.now, f"{topic} ({change_mark(change)})") for topic, change in report.topics))
    parts += _part("Asked back", ((times, rule_words(rule)) for rule, times in report.asked_back))
    parts += _part("Marked not helpful", ((times, REASON.get(reason, reason)) for reason, times in report.reasons))
    parts += _part("Flagged as out of date", ((times, rule_words(rule)) for rule, _, _, times in report.out_of_date))
    parts += _part(
        "Cancellation checks",
        (
            (one.checks, f"under {one.criterion}" + "".join(f"; {v}: {n}" for v, n in one.with_line.items()))
            for one in report.checks
        ),
    )
    return Group(*parts)


def _part(title: str, rows: Iterable[tuple[int | str, str]]) -> list[RenderableType]:
    listed = list(rows)
    if not listed:
        return []
    shown = [Hanging(printable(says), printable(f"  {times!s:>3}  ", "cyan")) for times, says in listed[:_ROWS]]
    more = [Text(f"       and {len(listed) - _ROWS} more", "dim")] if len(listed) > _ROWS else []
    return [Text(), heading(title), *shown, *more]
