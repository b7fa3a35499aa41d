"""Personal data replaced by placeholders before a question is stored, logged, embedded or sent anywhere.

Offence codes, statutes, outcome numbers and dates other than dates of birth are not personal data and stay. When in
doubt a thing is taken out: the rules never turn on who somebody is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.names import GIVEN_NAMES, NOT_NAMES


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text with placeholders, and the kinds of personal data removed (never the data)."""

    text: str
    removed: tuple[str, ...]


# No part of a street's name: "4 motors on one street", "2 lads in our road" are not addresses.
_BETWEEN = (
    r"(?:on|in|at|off|from|to|into|down|up|along|across|outside|near|by|with|and|or|per|for|of|one|same|this|that|each|"
    r"my|our|his|her|their|your|a|an|goes|went|was|were|is|are)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*"
_DATE = rf"(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}|{_DAY}\s+(?:of\s+)?{_MONTH}\.?,?\s+\d{{2,4}}|\d{{4}}-\d\d-\d\d)"

# Order matters: what is surest and longest goes first, so that a bank card is not read as a telephone number.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        # Not personal, and pasted by mistake all the same: tokens by their makers' marks, passwords by what precedes them.
        (
            "password or token",
            r"\bx(?:ox[a-z]|app)-[\w-]{6,}|\b(?:sk|ghp|gho|glpat|AKIA)[-_]?[A-Za-z0-9_-]{16,}"
            r"|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*|\b(?:password|passwd|pwd|passphrase)\s*(?:is|=|:)\s*\S+",
        ),
        ("e-mail address", r"[\w.+'-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"),
        ("date of birth", rf"(?:\b(?:d\.?\s?o\.?\s?b\.?|date of birth|born(?:\s+on)?)(?!\w)[\s:=,is]{{0,5}}){_DATE}"),
        ("date of birth", rf"{_DATE}(?=\s*\(?(?:d\.?o\.?b\b|date of birth))"),
        (
            "bank details",
            r"\b(?:\d[ -]?){15}\d\b|\b\d{2}-\d{2}-\d{2}\b(?:\s*(?:,|/|and)?\s*(?:acc\w*\.?\s*(?:no\.?)?)?\s*\d{8}\b)?",
        ),
        ("bank details", r"\b(?:account|acc|acct|a/c)\.?\s*(?:no\.?|num\w*|number)?[\s:#is]{0,4}\d{6,10}\b"),
        ("bank details", r"\bsort\s*code[\s:#is]{0,5}\d{2}[ -]?\d{2}[ -]?\d{2}\b"),
        (
            "National Insurance number",
            r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b",
        ),
        (
            "crime or incident number",
            r"\b\d{2}[A-Z]{0,4}/\d{3,9}/\d{2,4}\b|\b[A-Z]{2,4}[/-]\d{4,9}(?:[/-]\d{2,4})?\b|\b[A-Z]?\d{2}/\d{5,9}\b",
        ),
        (
            "crime or incident number",
            r"\b(?:crime|incident|inc|cad|log|isr|stom|storm|urn|crn|occ|occurrence|investigation|custody|niche|athena)\s*"
            r"(?:ref(?:erence)?|no|num|number|id)?\.?\s*[:#]?\s*(?:is\s+)?(?!(?:19|20)\d\d\s+(?:rules?|edition|counting|hocr))(?:[A-Z]{1,3}[-/]?|\d{2}[A-Z]{1,4})?\d{3,}(?:[-/]\d{2,})*"
            r"(?:\s+of\s+(?:" + _DATE + r"|\d{1,2}/\d{1,2}|today|yesterday))?",
        ),
        ("telephone number", r"(?<![\w/])(?:\+44\s?\(?0?\)?|0044\s?|\(?0)(?:\d[\s()-]{0,2}){8,10}\d?(?![\w/])"),
        (
            "NHS number",
            r"\bnhs\s*(?:no|number|num)?\.?[\s:#is]{0,5}\d{3}[ -]?\d{3}[ -]?\d{4}\b|\b\d{3}[ -]\d{3}[ -]\d{4}\b",
        ),
        # A mark with a gap counts only in capitals, and S, C and N followed by figures are statutes and codes:
        # "s20 GBH", "c2 for a rape", "N100 AVI".
        (
            "vehicle registration mark",
            r"\b[A-Z]{2}\d{2}[A-Z]{3}\b|(?-i:\b[A-Z]{2}\d{2}\s[A-Z]{3}\b|\b[ABD-MO-RT-Y]\d{1,3}\s?[A-Z]{3}\b)",
        ),
        (
            "vehicle registration mark",
            r"\b(?:reg|vrm|index|registration|plate)\s*(?:no|mark|number)?\.?[\s:]{1,2}(?:is\s+)?(?=[A-Z]*\d)[A-Z0-9]{2,4}\s?[A-Z0-9]{2,4}\b",
        ),
        ("postcode", r"\b(?:GIR\s?0AA|[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?\s?(?!\d(?:st|nd|rd|th))\d[ABD-HJLNP-UW-Z]{2})\b"),
        (
            "address",
            rf"\b\d{{1,4}}[A-Z]?,?\s+(?:(?!{_BETWEEN}\b)[A-Z][\w'-]+\s+){{1,3}}(?:street|st|road|rd|avenue|ave|lane|ln|close|cl|drive|dr|way|court|crescent|cres|gardens|gdns|terrace|place|grove|walk|hill)\b\.?",
        ),
        (
            "collar number",
            r"\b(?:collar|shoulder|warrant)\s*(?:no|num|number)?\.?[\s:#is]{0,5}[A-Z]{0,2}\d{2,6}\b|\b(?:pc|dc|ps|ds|sgt|pcso|wpc|insp|sc)\s?\d{2,6}\b",
        ),
        ("reference number", r"(?<![\w/])\d{7,}(?![\w/])"),
    )
)
# Forms that look like something above and are the rules' own.
_KEEP = re.compile(
    r"(?:n[123]00/\d{1,2}|\d{1,3}/\d{1,3}[a-z]?|nfib\s?\d+[a-z]?|[cs]\d{1,3}[a-z]?|\d{4}/\d{2,4}|pc\s?\d{2}\s?act)",
    re.IGNORECASE,
)

_TITLE = r"(?:mr|mrs|ms|miss|mstr|dr|prof|sir|lady|rev|pc|dc|ps|ds|di|dci|sgt|insp|wpc|pcso)"
_ROLE = (
    r"(?:vic|vics|victim|ip|suspect|sus|susp|offender|wit|witness|complainant|aggrieved|informant|caller|driver|"
    r"neighbour|manager|son|daughter|mother|father|mum|dad|brother|sister|husband|wife|partner|boyfriend|girlfriend|ex|"
    r"mate|friend|teacher|boss|landlord|tenant|nephew|niece|uncle|aunt|cousin|girl|boy|man|woman|lad|male|female|oic|"
    r"officer|sergeant|inspector|nurse|doctor|social worker)"
)
_NAME = r"[A-Z][a-z'\u2019-]+(?:[A-Z][a-z]+)?"
_NAMES = rf"(?:{_NAME}|[A-Z]\.?)(?:\s+(?:(?:de|van|von|al|bin|der|la|le|du)\s+)?{_NAME}){{0,3}}"
_CONTEXTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?i:{_TITLE})\.?\s+(?P<name>{_NAMES})",
        rf"\b(?i:named|called|name is|name's|names are|known as|aka|a\.k\.a\.|nicknamed|surname|forename)\s*:?\s+(?P<name>{_NAMES})",
        rf"\b(?i:{_ROLE})(?:\s+(?i:is|was|are|=|being|name|named|called)|\s*[:,(-]|)\s+(?P<name>{_NAMES})",
        rf"\[collar number\]\s+(?P<name>{_NAMES})",
        rf"(?P<name>{_NAME}\s+{_NAME})(?=\s*(?:,|\(|is|was|has|says|said|wants|told|reported|hit|punched|stole|who)\b)",
    )
)
_LOWER = re.compile(
    rf"\b(?:named|called|name is|name's|known as|aka|{_ROLE}\s+(?:is|was|called|named))\s+(?P<name>[a-z'-]+(?:\s+[a-z'-]+)?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019-]*")


def replace_personal_data(text: str) -> Cleaned:
    """Replace names, dates of birth, contact, vehicle, bank, identity, crime and collar numbers by placeholders.

    Returns the text with placeholders such as `[name]`, and the kinds removed in the order they were found.
    """
    removed: list[str] = []

    def take(kind: str, found: re.Match[str]) -> str:
        if _KEEP.fullmatch(found.group(0).strip()):
            return found.group(0)
        removed.append(kind)
        return f"[{kind}]"

    for kind, pattern in _PATTERNS:
        text = pattern.sub(lambda found, kind=kind: take(kind, found), text)  # type: ignore[misc]
    text, names = _without_names(text)
    if names:
        removed.append("name")
    return Cleaned(text, tuple(dict.fromkeys(removed)))


def _without_names(text: str) -> tuple[str, int]:
    spans: list[tuple[int, int]] = []
    for pattern in _CONTEXTS:
        for found in pattern.finditer(text):
            spans += _name_spans(text, *found.span("name"))
    for found in _LOWER.finditer(text):
        start, end = found.span("name")
        words = list(_WORD.finditer(text, start, end))
        if words and words[0].group(0).lower() in GIVEN_NAMES:
            last = words[-1] if len(words) > 1 and words[-1].group(0).lower() not in NOT_NAMES else words[0]
            spans.append((start, last.end()))
    for word in _WORD.finditer(text):
        # A given name wherever it stands, with the capitalised word behind it.
        if word.group(0)[0].isupper() and word.group(0).lower().removesuffix("'s") in GIVEN_NAMES:
            after = re.compile(rf"\s+({_NAME})").match(text, word.end())
            end = after.end() if after and after.group(1).lower() not in NOT_NAMES else word.end()
            spans.append((word.start(), end))
    if not spans:
        return text, 0
    return _replace(text, spans)


def _name_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The leading run of words in text[start:end] that are not words of the rules."""
    kept: list[re.Match[str]] = []
    for word in _WORD.finditer(text, start, end):
        initial = len(word.group(0)) == 1 and word.group(0).isupper()
        if not initial and word.group(0).lower().removesuffix("'s") in NOT_NAMES:
            break
        kept.append(word)
    return [(kept[0].start(), kept[-1].end())] if kept else []


def _replace(text: str, spans: list[tuple[int, int]]) -> tuple[str, int]:
    out: list[str] = []
    at, count = 0, 0
    for start, end in sorted(spans):
        if start < at:
            if end > at:
                at = end
            continue
        out += [text[at:start], "[name]"]
        at, count = end, count + 1
    return "".join([*out, text[at:]]), count
