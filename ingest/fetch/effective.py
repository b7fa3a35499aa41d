"""What a document says of itself on its first pages: from when it applies, and which edition it is.

Both are only proposals: a person confirms them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from knowledge.as_at import read_date
from knowledge.clean import clean

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_LEAD = re.compile(
    r"\b(?:with\s+effect\s+from|w\.?e\.?f\.?|(?:takes?|taking|took)\s+effect\s+(?:from|on)|effective\s+(?:from|date|as\s+of)"
    r"|date\s+effective|(?:comes?|coming|came)\s+into\s+(?:force|effect|operation)\s+(?:from|on|in)"
    r"|in\s+force\s+from|appl(?:y|ies|icable)\s+from|valid\s+from|implementation\s+date|date\s+of\s+implementation)"
    r"\s*[:\-\u2013]?\s*(?:(?:the|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\s+)?",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\.?,?\s+20\d\d|{_MONTH}\.?,?\s+20\d\d"
    r"|20\d\d-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]20\d\d|20\d\d\s?/\s?(?:20)?\d\d",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(20\d\d)", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(20\d\d)\s?(?:/|-|_|\u2013|\u2011|\bto\b)\s?(?:20)?(\d\d)(?!\d)")
_VERSION = re.compile(rf"(?<![A-Za-z])(?:({_MONTH})[\s_-]+)?v(?:ersion)?[\s_.-]?(\d+(?:\.\d+)*)(?![\w])", re.IGNORECASE)
_TITLE_PAGE = 600


@dataclass(frozen=True, slots=True)
class Effective:
    """A day from which a document says that it applies, and the words it says it in."""

    day: date
    words: str


def find_effective_date(text: str) -> Effective | None:
    """The day most often given on these pages; of several given as often, the first. None where none is.

    A month means its first day, a financial year its 1 April. A year alone says nothing.
    """
    text = clean(text)
    found: dict[date, str] = {}
    times: Counter[date] = Counter()
    for lead in _LEAD.finditer(text):
        read = _day_at(text, lead.end())
        if read is not None:
            day, end = read
            times[day] += 1
            found.setdefault(day, text[lead.start() : end])
    if not times:
        return None
    day = max(times, key=lambda one: times[one])  # of equals, the one met first
    return Effective(day, found[day])


def read_effective_date(text: str) -> date | None:
    """The day from which a text says that it applies ("With effect from April 2026"), None where it does not say."""
    found = find_effective_date(text)
    return found.day if found else None


def propose_edition(titles: str, first_pages: str, effective: date | None, published: date | None) -> str:
    """What to call an edition: `2026/27` where a financial year is named, else `April 2026`; empty where nothing says.

    `titles` are the attachment's title and file name; only the beginning of `first_pages` is looked at.
    """
    for text in (titles, clean(first_pages)[:_TITLE_PAGE]):
        for first, second in _YEARS.findall(text):
            if int(second) == (int(first) + 1) % 100:
                return f"{first}/{second}"
    day = effective or published
    return f"{day:%B %Y}" if day else ""


def read_version(titles: str) -> str:
    """`April v2`, `v1.3` as named in a title or a file name; empty where none is."""
    found = _VERSION.search(titles.replace("_", " "))
    if not found:
        return ""
    month = f"{found[1].title()} " if found[1] else ""
    return f"{month}v{found[2]}"


def _day_at(text: str, start: int) -> tuple[date, int] | None:
    """The date that begins at `start` and where it ends."""
    if american := _MONTH_DAY.match(text, start):
        day = read_date(f"{american[2]} {american[1]} {american[3]}", date.max)
        return (day, american.end()) if day else None
    written = _DAY.match(text, start)
    day = read_date(re.sub(r"\s?/\s?", "/", written[0]), date.max) if written else None
    return (day, written.end()) if written and day else None
