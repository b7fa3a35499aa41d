"""What is published, and one edition more: the sources of the build that a draft would make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from ingest.fetch.drafts import Draft, draft_file
from ingest.keep_transcriptions import kept_list
from ingest.publish import builds_folder, current_build
from ingest.sources import MAY_BE_UNDATED, Source
from knowledge.adapters.build_editions import read_build
from knowledge.adapters.documents import document_file
from knowledge.errors import DeskError, WrongUse
from knowledge.model import Edition
from knowledge.notices import spoken_date

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Added:
    """The editions with the new one among them, and a sentence on each that is changed by it."""

    editions: tuple[Edition, ...]
    new: Edition
    notes: tuple[str, ...]


def published_editions(home: Path) -> tuple[Edition, ...]:
    """The editions of the published build, none where nothing is published. Raises BuildInvalid."""
    current = current_build(home)
    return read_build(builds_folder(home) / current).editions if current else ()


def add_edition(held: Sequence[Edition], new: Edition) -> Added:
    """Put an edition among those held, as the editions of a document follow each other.

    One that lasts beyond the day before the new one begins ends on that day; the new one ends before the next that
    begins. One of the same label, or that begins on the same day, gives way to it. Raises WrongUse where the new one
    ends before it begins, or has the label of one that was withdrawn.
    """
    begins, notes = new.effective_from, []
    ours = [one for one in held if one.document == new.document and one.withdrawn is None]
    if new.key in {one.key for one in held if one.withdrawn is not None}:
        raise WrongUse(f"Edition {new.label} was withdrawn; give this one another label.")
    replaced = [one for one in ours if one.key == new.key or (begins and one.effective_from == begins)]
    starts = [one.effective_from for one in ours if one not in replaced and one.effective_from]
    later = min((day for day in starts if begins and day > begins), default=None)
    if later is not None and (new.effective_to is None or new.effective_to >= later):
        new = replace(new, effective_to=later - _DAY)
        notes.append(f"It ends on {spoken_date(later - _DAY)}, the day before the next edition begins.")
    if begins and new.effective_to and new.effective_to < begins:
        raise WrongUse("Its last day is before its first; put one of the days right.")
    kept = []
    for one in held:
        if one in replaced:
            notes.append(f"It takes the place of edition {one.label}{_from(one)}, which is then no longer held.")
        elif one in ours and begins and one.effective_from and one.effective_from < begins and _lasts(one, begins):
            notes.append(f"Edition {one.label} now ends on {spoken_date(begins - _DAY)}.")
            kept.append(replace(one, effective_to=begins - _DAY))
        else:
            kept.append(one)
    return Added((*kept, new), new, tuple(notes))


def published_and(home: Path, draft: Draft) -> tuple[list[Source], tuple[str, ...]]:
    """The sources of the build that this draft would make, and what else it changes, a sentence each.

    Raises WrongUse as `add_edition` does, and DeskError where a file is not kept or not the one that came.
    """
    added = add_edition(published_editions(home), edition_of(draft))
    own = draft_file(home, draft)
    sources = [_kept(home, one) if one is not added.new else Source(one, own, own) for one in added.editions]
    return sources, added.notes


def edition_of(draft: Draft) -> Edition:
    """The edition that a draft proposes. Raises WrongUse where it does not say which, or from when it applies."""
    if not draft.edition:
        raise WrongUse(f"Draft {draft.id} does not say which edition it is; confirm it with --edition.")
    if draft.effective_from is None and draft.authority not in MAY_BE_UNDATED:
        raise WrongUse(
            f"Draft {draft.id} does not say from when it applies; confirm it with its --effective-from instead."
        )
    return draft.proposed()


def _kept(home: Path, edition: Edition) -> Source:
    if not edition.digest:
        return Source(edition, None, kept_list(home, ""))
    file = document_file(home, edition)
    if file is None:
        raise DeskError(
            f"The file of {edition.title}, edition {edition.label}, is not kept in the data directory; run `desk "
            "ingest` with its list once more, and then add the edition."
        )
    return Source(replace(edition, digest=""), file, kept_list(home, edition.digest))


def _lasts(one: Edition, day: date) -> bool:
    return one.effective_to is None or one.effective_to >= day


def _from(edition: Edition) -> str:
    return f" from {spoken_date(edition.effective_from)}" if edition.effective_from else ""
