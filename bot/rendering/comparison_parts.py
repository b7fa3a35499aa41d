"""What a comparison of two builds says in words, the same on the terminal and on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.rendering.locator import dates_of, place_of
from ingest.compare_align import Said
from ingest.compare_tokens import Mark
from ingest.compared import Comparison, EditionPair, FieldChange, Kind, PassageChange
from knowledge.model import Edition, Passage
from knowledge.notices import spoken_date

_NAMES = {
    "title": "Title",
    "publisher": "Publisher",
    "authority": "Authority",
    "label": "Edition",
    "effective_from": "First day in force",
    "effective_to": "Last day in force",
    "version": "Version",
    "published": "Published",
    "force": "Force",
    "url": "Address",
    "file": "File",
    "withdrawn": "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Moves:
    """Passages that read as they did and stand elsewhere: one by one to other sections, and how many on other pages.

    `sections` holds (section before, section after, passages).
    """

    sections: tuple[tuple[str, str, int], ...]
    pages: int


def name_of(edition: Edition) -> str:
    """`Invented Rules, 2026/27`; the label only where the title lacks it."""
    return edition.title if edition.label.lower() in edition.title.lower() else f"{edition.title}, {edition.label}"


def told_of(pair: EditionPair, comparison: Comparison) -> list[str]:
    """When the edition is in force and what became of it, a sentence each."""
    dates = dates_of(pair.edition)
    says = [f"{dates[0].upper()}{dates[1:]}."]
    if pair.after is None:
        says.append("No longer held.")
    elif pair.before is None:
        says.append("New; it takes over from no edition held.")
    elif pair.takes_over:
        gone = pair.before.key not in {edition.key for edition in comparison.after.editions}
        held = "no longer held" if gone else "still held for its own dates"
        says.append(f"New; compared with {pair.before.label} ({dates_of(pair.before)}), which is {held}.")
    return says + [_field_says(field) for field in pair.fields if field.name != "digest"]


def moves_of(changes: Sequence[PassageChange]) -> Moves:
    """The moves among the changes of a pair."""
    moved = [change for change in changes if change.kind is Kind.MOVED and change.before and change.after]
    sections = Counter((_section(change.before), _section(change.after)) for change in moved if change.another_section)
    return Moves(
        tuple((was, now, count) for (was, now), count in sections.items()),
        sum(not change.another_section for change in moved),
    )


def place(passage: Passage | None) -> str:
    """Where a passage stands; its edition where it has neither section nor page."""
    return (place_of(passage) or passage.edition.label) if passage else ""


def weight_of(change: PassageChange) -> dict[str, str]:
    """Which figures and words of duty differ, by kind: `24, now 48 and 72`."""
    says = {}
    for mark in (Mark.FIGURE, Mark.DUTY):
        gone, new = (_listed(change.marked(said, mark)) for said in (Said.GONE, Said.NEW))
        if gone or new:
            says[str(mark)] = f"{gone}, now {new}" if gone and new else f"new: {new}" if new else f"gone: {gone}"
    return says


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def summary(comparison: Comparison) -> str:
    """One line on how many passages changed and how."""
    counts = comparison.counts()
    weighty = sum(change.weighty for change in comparison.changes())
    moves = [moves_of(pair.matched.changes) for pair in comparison.pairs]
    elsewhere = sum(count for one in moves for _, _, count in one.sections)
    pages = sum(one.pages for one in moves)
    parts = [
        (counts[Kind.CHANGED], f"changed ({weighty} in a figure or a word of duty)" if weighty else "changed"),
        (counts[Kind.ADDED], "added"),
        (counts[Kind.REMOVED], "removed"),
        (elsewhere, "under another heading"),
        (pages, "on another page"),
        (counts["same"], "as before"),
    ]
    return "; ".join(f"{number} {says}" for number, says in parts if number) or "no passages in either build"


def _section(passage: Passage | None) -> str:
    """Its headings as they are shown, without its pages."""
    return place_of(replace(passage, pages=())) if passage else ""


def _field_says(field: FieldChange) -> str:
    return f"{_NAMES.get(field.name, field.name)}: {_value(field, field.before)}, now {_value(field, field.after)}."


def _value(field: FieldChange, value: object) -> str:
    if isinstance(value, date):
        return spoken_date(value)
    if not value:
        return "none"
    return str(value).replace("_", " ") if field.name == "authority" else str(value)


def editions_told(comparison: Comparison) -> list[dict[str, object]]:
    """Each edition that is not as it was: its key, what became of it, what it takes over from, and fields changed."""
    told: list[dict[str, object]] = []
    held = {edition.key for edition in comparison.after.editions}
    for pair in comparison.pairs:
        changed = {field.name: [_plain(field.before), _plain(field.after)] for field in pair.fields}
        if pair.before is None or pair.takes_over:
            told.append(_told(pair.edition, "added", pair.before))
        elif pair.after is not None and changed:
            told.append({**_told(pair.edition, "withdrawn" if pair.withdrawn else "changed"), "fields": changed})
        if pair.before is not None and pair.before.key not in held:
            told.append(_told(pair.before, "removed"))
    return told


def _told(edition: Edition, change: str, earlier: Edition | None = None) -> dict[str, object]:
    return {"edition": edition.key, "change": change, "takes_over_from": earlier.key if earlier else None, "fields": {}}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value if value is None else str(value)
