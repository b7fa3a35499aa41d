"""What a fetch found, as a message for the administrators' channel. Pure."""

from __future__ import annotations

from bot.rendering.escape import escape
from bot.rendering.fetch_lines import counts, proposal
from ingest.fetch.report import FetchReport, Finding, Outcome
from knowledge.notices import spoken_date

_MOST = 20
"""Documents named; a message is read on a phone, and `desk fetch --check` lists them all."""


def fetch_summary(report: FetchReport) -> str:
    """Slack mrkdwn, escaped once: publishers' words are in it. One line where there is nothing new.

    Whoever posts it may leave that out: `report.nothing_new`.
    """
    told = [one for one in report.findings if one.outcome is not Outcome.UNCHANGED]
    lines = [f"*Official documents.* {escape(counts(report))}"]
    lines += [f"\u2022 {escape(_line(one))}" for one in told[:_MOST]]
    if len(told) > _MOST:
        lines.append(f"and {len(told) - _MOST} more.")
    if report.check and any(one.outcome in (Outcome.NEW, Outcome.CHANGED) for one in told):
        lines.append("Nothing was kept; `desk fetch` brings the documents as drafts.")
    if report.drafts:
        waiting = ", ".join(f"`{escape(name)}`" for name in report.drafts[:_MOST])
        lines.append(f"Drafts that wait for a person: {waiting}. Nothing answers from them until they are confirmed.")
    return "\n".join(lines)


def _line(one: Finding) -> str:
    if one.outcome in (Outcome.VANISHED, Outcome.FAILED):
        word = "Vanished" if one.outcome is Outcome.VANISHED else "Could not be fetched"
        return f"{word}: {one.title}: {one.reason}."
    line = f"{one.outcome.capitalize()}: {one.title}"
    if one.published:
        line += f", its page updated {spoken_date(one.published)}"
    if one.note:
        line += f"; its publisher says: {one.note}"
    if one.draft is not None:
        line += f"; draft {one.draft.id}: {proposal(one.draft)}"
    return f"{line.rstrip('.')}."
