"""A cancellation check as a block of text to paste into a crime record: dated, with every word it rests on. Pure.

The same check gives the same text, byte for byte, however long ago it was made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.rendering.decision_record import cited
from bot.rendering.escape import inert
from knowledge.cancellation.form import Form, Kind
from knowledge.cancellation.menus import Asked, asked
from knowledge.cancellation.result import ResultLine
from knowledge.notices import spoken_date

if TYPE_CHECKING:
    from bot.checks import RecordedCheck


def check_record_text(check: RecordedCheck) -> str:
    """Plain text, lines ended by newlines. Of the form what was asked under its criterion, in the words of the form."""
    when, result = datetime.fromtimestamp(check.checked_at, UTC), check.result
    lines = [
        f"Recording Desk, cancellation check, reference {check.reference}",
        f"Asked by {inert(check.asker)} on {spoken_date(when.date())} at {when:%H:%M} UTC",
        f"As at: {spoken_date(result.as_at)}",
        f"Edition: {inert(result.edition) or 'no reviewed table of the cancellation rules fits this date'}",
        f"Build: {inert(result.build)}",
        "On the form:",
        *(f"- {said}" for said in _form(check.form)),
    ]
    if result.lines:
        lines.append("Result:")
        lines += [said for line in result.lines for said in _line(line)]
    lines += [f"Note: {inert(notice)}" for notice in result.notices]
    if result.citations:
        lines.append("Rules quoted:" if result.lines else "Held for that date, shown as it stands:")
        lines += [said for citation in result.citations for said in cited(citation)]
    lines.append("The desk informs; the Force Crime Registrar decides.")
    return "\n".join(lines) + "\n"


def _form(form: Form) -> Iterator[str]:
    yield f"Criterion: {form.criterion.label}"
    yield f"Recorded crime: {form.kind.label if form.kind is not Kind.OTHER else inert(form.offence)}"
    yield f"Relied on: {'; '.join(one.label for one in form.relied_on)}"
    said = {
        Asked.DECIDER: f"Deciding: {form.decider.label}",
        Asked.INDEPENDENT: f"Independent of the investigation: {'yes' if form.independent else 'no'}",
        Asked.TOLD: f"The victim: {form.told.label}",
        Asked.PRESSURE: f"Fear, pressure and coercion: {form.pressure.label}",
        Asked.BEGUN: f"Investigation: {form.begun.label}",
    }
    yield from (said[one] for one in asked(form.criterion, form.kind))


def _line(line: ResultLine) -> Iterator[str]:
    numbers = "".join(f"[{number}]" for number in line.citations)
    yield f"{line.verdict}: {inert(line.rule)} {numbers}"
    yield f"    {inert(line.says)}"
    yield from (f"    Missing: {inert(what)}." for what in line.missing)
