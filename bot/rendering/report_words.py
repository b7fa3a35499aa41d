"""The words of the weekly report: what numbers mean, in sentences that stand alone. Pure."""

from __future__ import annotations

from bot.report.figures import Change, Report
from bot.report.happenings import NOWHERE, Rule
from bot.report.period import Period
from knowledge.model import Status
from knowledge.notices import spoken_date

STATUS = {
    Status.ANSWERED: "Answered",
    Status.NOT_COVERED: "Not covered",
    Status.NEEDS_CLARIFYING: "Asked back",
    Status.DECLINED: "Declined",
    Status.FAILED: "Failed",
}
REASON = {
    "wrong_rule": "It quoted the wrong rule",
    "out_of_date": "It is out of date",
    "did_not_answer": "It did not answer the question",
    "hard_to_follow": "It was hard to follow",
    "other": "Another reason",
}


def spoken_period(period: Period) -> str:
    """`16 November 2026 to 22 November 2026`."""
    return f"{spoken_date(period.first)} to {spoken_date(period.last)}"


def headline(report: Report) -> str:
    """The whole of it in a sentence or two; that nothing was asked, where nothing was."""
    before = "the week before" if report.period.weeks == 1 else f"the {report.period.weeks} weeks before"
    if not report.total.now:
        than = f"; {count(report.total.before, 'was', 'were')} in {before}" if report.total.before else ""
        return f"No question was put to the desk from {spoken_period(report.period)}{than}."
    return (
        f"{count(report.total.now, 'question')} from {spoken_period(report.period)}, by {report.people} people, "
        f"{against(report.total)} {before}. {report.statuses[Status.NOT_COVERED].now} not covered, "
        f"{report.statuses[Status.NEEDS_CLARIFYING].now} asked back, {report.statuses[Status.DECLINED].now} declined, "
        f"{report.not_helpful.now} marked not helpful."
    )


def enquiries(report: Report) -> str:
    """What waits for the registrar's office, and what it answered."""
    waiting = report.open_enquiries
    oldest = max((one.days for one in waiting), default=0.0)
    if not waiting and not report.enquiries_put and not report.enquiries_answered:
        return "No question to the registrar is open."
    says = f"{count(len(waiting), 'question')} to the registrar {'is' if len(waiting) == 1 else 'are'} open"
    says += f", the oldest for {age(oldest)}" if waiting else ""
    says += f"; {report.enquiries_put} put and {report.enquiries_answered} answered in these days"
    if report.hours_to_answer is not None:
        half = "half of them " if report.enquiries_answered > 1 else ""
        says += f", {half}within {count(max(1, round(report.hours_to_answer)), 'hour')}"
    return says + "."


def age(days: float) -> str:
    """`3 days`, `less than a day`."""
    return count(int(days), "day") if days >= 1 else "less than a day"


def against(change: Change) -> str:
    """`3 more than`, `as many as`: how the period stands to the one before."""
    if change.now == change.before:
        return "as many as in"
    more = change.now - change.before
    return f"{abs(more)} {'more' if more > 0 else 'fewer'} than in"


def change_mark(change: Change) -> str:
    """`+3`, `-2`, `0`."""
    more = change.now - change.before
    return f"{more:+d}" if more else "0"


def rule_words(rule: Rule) -> str:
    """Where a rule stands, in words."""
    return "no passage near, or forgotten" if rule == NOWHERE else f"{rule.section} ({rule.document})"


def count(number: int, one: str, several: str = "") -> str:
    """`1 question`, `2 questions`."""
    return f"{number} {one if number == 1 else several or one + 's'}"
