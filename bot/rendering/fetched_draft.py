"""A draft edition on the terminal: what it is, where it came from, and how to settle it. Pure."""

from __future__ import annotations

from pathlib import Path

from bot.rendering.fetch_lines import proposal
from ingest.fetch.drafts import Draft
from knowledge.notices import spoken_date

_MEGABYTE = 1024**2


def draft_lines(draft: Draft, file: Path) -> list[str]:
    """One line for each thing to know, the command that confirms it last; `file` is where the draft's file lies.

    Lines are not to be wrapped: a person copies paths, addresses and the command out of them.
    """
    rows = {
        "Title": draft.title,
        "Listed as": draft.listed_as if draft.listed_as != draft.title else "",
        "Proposed": proposal(draft),
        "Published": spoken_date(draft.published) if draft.published else "",
        "Its page": draft.note,
        "From": draft.came_from,
        "File": f"{file} ({max(0.1, draft.size / _MEGABYTE):.1f} MB, SHA-256 {draft.digest[:16]})",
        "Confirm": how_to_confirm(draft),
    }
    kind = "a changed document" if draft.changed else "a document not held before"
    said = [f"  {name:9} {value}" for name, value in rows.items() if value]
    return [f"{draft.id}, {kind}, fetched {draft.fetched_at[:10]}", *said]


def how_to_confirm(draft: Draft) -> str:
    """The command that confirms a draft, with its proposals in it for the person to put right."""
    label = draft.edition.replace('"', "") or "LABEL"
    begins = draft.effective_from.isoformat() if draft.effective_from else "YYYY-MM-DD"
    return f'desk drafts confirm {draft.id} --effective-from {begins} --edition "{label}"'
