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


def place_of(passage: Passage) -> str:
    """Section and pages, as `When to record > Time limit, page 10`. May be empty.

    The document's own title, where it heads every section, is left out: it stands beside the place already.
    """
    path = passage.path
    if len(path) > 1 and path[0].lower() in passage.edition.title.lower():
        path = path[1:]
    return ", ".join(part for part in (" > ".join(path), pages_of(passage)) if part)


def edition_of(edition: Edition) -> str:
    """`Crime Recording Rules, 2026/27 (in force from 1 April 2026)`; the label only where the title lacks it."""
    label = "" if edition.label.lower() in edition.title.lower() else f", {edition.label}"
    return f"{edition.title}{label} ({dates_of(edition)})"


def dates_of(edition: Edition) -> str:
    """`in force from 1 April 2026`, `in force 1 April 2013 to 31 March 2014`, or what stands in for it."""
    if edition.withdrawn is not None:
        why = f": {edition.withdrawn_reason}" if edition.withdrawn_reason else ""
        return f"withdrawn on {spoken_date(edition.withdrawn)}{why}"
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
