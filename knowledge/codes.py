"""Offence codes, classes, cancellation criteria and outcome numbers as they stand in questions and documents."""

from __future__ import annotations

import re

_CODE = re.compile(r"(?<![\w/])(\d{1,3})/(\d{1,2})([a-z]?)(?![\d/])", re.IGNORECASE)
_INCIDENT = re.compile(r"\b(N[123]00)(?:\s*/\s*(\d{1,2}))?\b", re.IGNORECASE)
_CLASS = re.compile(r"\b(?:\d{1,3}[a-z]{1,2}|N[123]00)\b", re.IGNORECASE)
_OUTCOME = re.compile(r"\b(?:outcome|o/?c)\s*(?:type|code|no\.?|number)?\s*(\d{1,2}a?)\b", re.IGNORECASE)


def normal_code(code: str) -> str:
    """`8/58` -> `008/58`, `N300/8` -> `N300/08`. Anything that is not a code comes back as it is."""
    found = _CODE.fullmatch(code.strip())
    if found:
        return f"{int(found[1]):03d}/{int(found[2]):02d}{found[3].lower()}"
    found = _INCIDENT.fullmatch(code.strip())
    if found and found[2]:
        return f"{found[1].upper()}/{int(found[2]):02d}"
    return code


def classes_in(text: str) -> list[str]:
    """Classes named in a text as the offence list names them ("8M", "28I", "N200"), in order, each once."""
    return list(dict.fromkeys(found.upper() for found in _CLASS.findall(_CODE.sub(" ", text))))


def without_codes(text: str) -> str:
    """The text with every code and class taken out."""
    return _CLASS.sub(" ", _INCIDENT.sub(" ", _CODE.sub(" ", text)))


def codes_in(text: str) -> list[str]:
    """Offence codes of a text in normal form, in order, each once. Dates such as 3/3/24 are not codes."""
    found = [(m.start(), normal_code(m.group(0))) for m in _CODE.finditer(text)]
    found += [(m.start(), normal_code(m.group(0))) for m in _INCIDENT.finditer(text) if m[2]]
    return list(dict.fromkeys(code for _, code in sorted(found)))


def with_codes_written_out(text: str) -> str:
    """The question with each code in the forms documents print, so that a word index finds any of them."""
    extra: list[str] = []
    for code in codes_in(text):
        left, _, right = code.partition("/")
        extra += [code, f"{left.lstrip('0') or '0'}/{right}"]
    extra += [f"outcome type {m[1]}" for m in _OUTCOME.finditer(text)]
    return " ".join([text, *(form for form in dict.fromkeys(extra) if form.lower() not in text.lower())])
