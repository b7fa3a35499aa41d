"""Where a passage stands and when its edition is in force, as people say it."""

from __future__ import annotations

from knowledge.model import Edition, Passage
from knowledge.notices import spoken_date


def pages_of(passage: Passage) -> str:
    """`page 25`, `pages 25-26`, or nothing where the format has no pages."""
    pages = passage.pages
    if not pages:
        return ""
    if len(pages) == 1:
        return f"page {pages[0]}"
    if list(pages) == list(range(pages[0], pages[-1] + 1)):
        return f"pages {pages[0]}-{pages[-1]}"
    return f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"


def dates_of(edition: Edition) -> str:
    """`in force from 1 April 2026`, `in force 1 April 2013 to 31 March 2014`, or what stands in for it."""
    start, end = edition.effective_from, edition.effective_to
    if start and end:
        return f"in force {spoken_date(start)} to {spoken_date(end)}"
    if start:
        return f"in force from {spoken_date(start)}"
    if end:
        return f"in force to {spoken_date(end)}"
    if edition.published:
        return f"published {spoken_date(edition.published)}, never in force as a rule"
    return "undated, never in force as a rule"
