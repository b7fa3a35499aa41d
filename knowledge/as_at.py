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

from knowledge.date_forms import DATE, resolve

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
    )?(?:the\s+)?(?:start\s+of\s+|end\s+of\s+|early\s+|late\s+|mid[\s-]+)?(?:{DATE})
    (?P<rules>\s+(?:rules?|edition|hocr|counting\s+rules|ncrs|crr)\b)?""",
    re.IGNORECASE | re.VERBOSE,
)
_BIRTH = re.compile(r"\b(?:born|d\.?o\.?b\.?|date of birth|birthday|aged?)\b[^.?!]{0,12}$", re.IGNORECASE)
# "last year" in a story is when something happened, and chooses an edition only where the rule of then is asked for.
_OF_THEN = re.compile(
    r"\b(?:what|which|who|how(?:\s+\w+)?)\s+(?:\w+\s+)?(?:was|were|did)\b|\b(?:did|were)\s+(?:we|they|officers|forces)\b|"
    r"\b(?:at\s+the\s+time|back\s+then)\b",
    re.IGNORECASE,
)
# The year in which an inspector came, or a thing began or ended, is what is asked about and not the day to answer for.
_ABOUT = re.compile(
    r"\b(?:inspect\w+|hmic\w*|peel)\b|\b(?:when|what\s+(?:date|day|year))\s+(?:was|were|did)\b", re.IGNORECASE
)
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
        day = resolve(found, today)
        before = text[: found.start()]
        if day is None or _BIRTH.search(before + (found["lead"] or "")) or _LAW.search(before + (found["lead"] or "")):
            continue
        bare_year = any(found[form] is not None for form in ("year", "financial", "ago"))
        if found["happened"]:
            happened = happened or day
        elif not (found["edition"] or found["reported"] or found["rules"]) and _is_of_the_story(found, text):
            continue
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


def _is_of_the_story(found: re.Match[str], text: str) -> bool:
    """Whether a date that nothing ties to an edition or a report is told in passing, or asked about itself."""
    in_passing = (found["last_month"] or found["last_year"]) and not _OF_THEN.search(text)
    return bool(in_passing or _ABOUT.search(text))


def read_date(text: str, today: date) -> date | None:
    """A date on its own, in any of the forms `read_dates` knows, or "today"."""
    if text.strip().lower() in {"today", "now"}:
        return today
    found = re.compile(rf"\s*(?:the\s+)?(?:{DATE})\s*", re.IGNORECASE).fullmatch(text)
    return resolve(found, today) if found else None
