"""How the editions of one document follow each other: an edition ends the day before the next one begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.sources import Record
from knowledge.model import Edition
from knowledge.notices import spoken_date

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Succession:
    """A new edition with its last day where another follows it, and the last days given to entries without one.

    `notes` say a sentence each, what was ended and what overlaps.
    """

    edition: Edition
    ends: tuple[tuple[Record, date], ...]
    notes: tuple[str, ...]


def succession(others: Sequence[Record], edition: Edition) -> Succession:
    """Where an edition stands among the other entries of its document, none of which begins on its day.

    Only what has no last day is given one; where a listed last day overlaps, that is only said. An edition without a
    first day follows nothing.
    """
    begins = edition.effective_from
    if begins is None:
        return Succession(edition, (), ())
    days = sorted([begins, *(one.values["effective_from"] for one in others if "effective_from" in one.values)])
    earlier = [one for one in others if "effective_from" in one.values and one.values["effective_from"] < begins]
    ends = tuple(
        (one, next(day for day in days if day > one.values["effective_from"]) - _DAY)
        for one in earlier
        if "effective_to" not in one.values
    )
    notes = [f"Edition {one.values['edition']} now ends on {spoken_date(day)}." for one, day in ends]
    later = next((day for day in days if day > begins), None)
    if later is not None:
        edition = replace(edition, effective_to=later - _DAY)
        notes.append(f"It ends on {spoken_date(later - _DAY)}, the day before the next edition begins.")
    for one in earlier:
        until = one.values.get("effective_to")
        if until is not None and until >= begins:
            listed = f"Edition {one.values['edition']} is listed until {spoken_date(until)}"
            notes.append(f"{listed}, which overlaps with this one; put one of the days right.")
    return Succession(edition, ends, tuple(notes))
