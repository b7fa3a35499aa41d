"""Which date a question concerns: when it happened, when it was reported, and which edition applies are three dates.

Only an edition date ("as at April 2013", "under the 2015 rules") or a report date ("reported 3/3/24", "back in 2019")
chooses the edition: crimes are recorded under the rules in force when they are reported. When something only
*happened* on a past day, today's edition is used and a notice says that the rules give no general statement on old
offences (facts: contradictions between editions). A date of birth or an age never counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
_DATE = "|".join(
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
_HISTORIC = (
    r"(?:happened|occurred|took\s+place|committed|(?:was|were|got)\s+(?:raped|assaulted|abused|attacked|stolen|burgled)|"
    r"historic(?:al)?|dating|dates?\s+(?:back\s+)?(?:from|to)|between)"
)
_ON = r"(?:on|in|at|from|for|of|around|about|during|since|back\s+in)"
_LEAD = re.compile(
    rf"""(?P<lead>
        (?P<edition>\b(?:as\s+(?:it\s+(?:was|stood)\s+)?(?:at|of|in|on)
                     |rules?\s+(?:in\s+force\s+)?{_ON}
                     |(?:in\s+force|applied)\s+{_ON}
                     |under\s+the
                     |edition\s+{_ON})\s+)
      | (?P<reported>\b(?:reported|recorded|report\s+made|made\s+a\s+report|told\s+us|called\s+(?:us|it\s+in)|came\s+in
                      |crimed|taken|cancelled|no.?crimed)\s+(?:\w+\s+){{0,3}}?{_ON}?\s*)
      | (?P<happened>\b{_HISTORIC}\s+(?:\w+\s+){{0,3}}?{_ON}?\s*)
      | (?P<back>\b(?:way\s+)?{_ON}\s+)
    )?(?:the\s+)?(?:start\s+of\s+|end\s+of\s+|early\s+|late\s+|mid[\s-]+)?(?:{_DATE})
    (?P<rules>\s+(?:rules?|edition|hocr|counting\s+rules|ncrs|crr)\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
_BIRTH = re.compile(r"\b(?:born|d\.?o\.?b\.?|date of birth|birthday|aged?)\b[^.?!]{0,12}$", re.IGNORECASE)
_LAW = re.compile(r"\b(?:act|regulations|order)\s+(?:of\s+)?$", re.IGNORECASE)
_TODAY = re.compile(
    r"\b(?:as\s+(?:at|of)\s+(?:today|now)|right\s+now|nowadays|current(?:ly)?\s+rules)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Dates:
    """What the question said of dates.

    `edition` chooses the edition (None: today); `happened` is a past date on which something only took place.
    `text` is the question without the words of the edition date, as it is searched for.
    """

    edition: date | None
    happened: date | None
    text: str


def read_dates(text: str, today: date) -> Dates:
    """Read the dates of a question. Future dates and dates of birth are left alone."""
    edition: date | None = None
    happened: date | None = None
    cut: list[tuple[int, int]] = []
    for found in _LEAD.finditer(text):
        day = _resolve(found, today)
        before = text[: found.start()]
        if day is None or _BIRTH.search(before + (found["lead"] or "")) or _LAW.search(before + (found["lead"] or "")):
            continue
        bare_year = any(found[form] is not None for form in ("year", "financial", "ago"))
        if found["happened"]:
            happened = happened or day
        elif found["edition"] or found["reported"] or found["rules"] or found["back"] or not bare_year:
            if edition is None or found["edition"] or found["rules"]:
                edition = day
            # The words that carry meaning ("reported", "cancelled") stay; only the date and its "as at" go.
            cut.append((found.end("reported") if found["reported"] else found.start(), found.end()))
    if edition is not None and (edition > today or _TODAY.search(text)):
        edition = None
    for start, end in reversed(cut):
        text = text[:start] + " " + text[end:]
    return Dates(edition, happened, " ".join(text.split()))


def read_date(text: str, today: date) -> date | None:
    """A date on its own, in any of the forms `read_dates` knows, or "today"."""
    if text.strip().lower() in {"today", "now"}:
        return today
    found = re.compile(rf"\s*(?:the\s+)?(?:{_DATE})\s*", re.IGNORECASE).fullmatch(text)
    return _resolve(found, today) if found else None


def _resolve(found: re.Match[str], today: date) -> date | None:
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
