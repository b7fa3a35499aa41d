"""The forms in which officers write a day, a month or a year, and the day each means."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "a couple of": 2}
_COUNTED = "|".join(sorted(_COUNTS, key=len, reverse=True))
DATE = "|".join(
    (
        rf"(?P<iso>{_YEAR}-\d{{1,2}}-\d{{1,2}})",
        r"(?P<numeric>\d{1,2}[/.]\d{1,2}[/.](?:(?:19|20)\d\d|\d\d))(?![/\d])",
        rf"(?P<full>\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})\.?,?\s+(?:{_YEAR}|'?\d\d))\b",
        rf"(?P<month_year>(?:{_MONTH})\.?,?\s+(?:of\s+)?(?:{_YEAR}|'\d\d))\b",
        rf"(?P<numeric_month>(?:0?[1-9]|1[0-2])[/.]{_YEAR})(?![/\d])",
        # "the 2023-25 PEEL" is the name of a report, not a date.
        rf"(?P<financial>{_YEAR}\s?[/-]\s?(?:(?:19|20)?\d\d))(?![/\d-])(?!\s+(?:peel|inspection|report))",
        rf"(?P<last_month>last\s+(?:{_MONTH})(?:\s+(?:just\s+gone))?)\b",
        r"(?P<last_year>last\s+year)\b",
        rf"(?P<ago>(?:{_COUNTED}|\d{{1,2}})\s+(?P<unit>year|month)s?\s+ago)\b",
        rf"(?P<year>{_YEAR})(?![\d/-])",
    )
)
"""One pattern with a named group for each form."""


def resolve(found: re.Match[str], today: date) -> date | None:
    """The day a form means. A month is its first day; a year, or a financial year, its 1 April, when editions start."""
    part = found.groupdict()
    try:
        if part["iso"]:
            return date(*(int(n) for n in part["iso"].split("-")))
        if part["numeric"]:
            day, month, year = (int(n) for n in re.split(r"[/.]", part["numeric"]))
            return date(_century(year), month, day)
        if part["full"]:
            numbers = re.findall(r"\d+", part["full"])
            return date(_century(int(numbers[-1])), _month(part["full"]), int(numbers[0]))
        if part["month_year"]:
            return date(_century(int(re.findall(r"\d+", part["month_year"])[-1])), _month(part["month_year"]), 1)
        if part["last_month"]:
            month = _month(part["last_month"].split()[1])
            return date(today.year if month < today.month else today.year - 1, month, 1)
        if part["last_year"]:
            return date(today.year - 1, today.month, min(today.day, 28))
        if part["numeric_month"]:
            month, year = (int(n) for n in re.split(r"[/.]", part["numeric_month"]))
            return date(year, month, 1)
        if part["ago"]:
            return _ago(part["ago"].lower(), part["unit"].lower(), today)
        return date(int((part["financial"] or part["year"])[:4]), 4, 1)
    except ValueError:
        return None


def _ago(text: str, unit: str, today: date) -> date:
    """The first of the month so many years or months before this one."""
    count = re.match(rf"(?:{_COUNTED}|\d+)", text)
    number = count.group(0) if count else "1"
    months = (_COUNTS.get(number) or int(number)) * (12 if unit == "year" else 1)
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(years, month + 1, 1)


def _month(text: str) -> int:
    name = re.search(rf"(?:{_MONTH})", text, re.IGNORECASE)
    return _MONTHS[name.group(0).lower()] if name else 0


def _century(year: int) -> int:
    """Two figures mean this century up to 69, the last from 70, as people write them."""
    if year >= 100:
        return year
    return 2000 + year if year < 70 else 1900 + year
