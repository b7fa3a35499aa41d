"""Read which crime a form is about: the class or the offence code as the offence list writes it, and nothing else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from knowledge.cancellation.form import Form, Kind
from knowledge.codes import normal_code
from knowledge.errors import WrongUse

_TABLE = Path(__file__).with_name("crimes.toml")
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<code>(?:\d{1,3}|N[123]00)/\d{1,2}[A-Z]?\b)
      | (?:s|sec|section)\.?\s*(?P<section>\d{1,3})[A-Z]?\b
      | (?:class\s+)?(?P<class>N[123]00|NFIB\s?\d{1,2}[A-Z]?|\d{1,3}[A-Z]?)\b
      | (?P<word>[A-Z]+)\b
    )[\s,.()-]*""",
    re.IGNORECASE | re.VERBOSE,
)
_ATTEMPT = frozenset({"att", "attempt", "attempted"})
_NAMES_NOTHING = _ATTEMPT | {"class", "code", "ho", "of", "offence"}
_OTHER_WORDS = _NAMES_NOTHING | {"abh", "gbh", "nfs"}
_SECTION_OF_WORD = {"abh": "47", "gbh": "20"}
# Offences that stand in more than one class: their section alone names none.
_IN_SEVERAL_CLASSES = frozenset({"39", "47"})


class Crime(StrEnum):
    """The crimes that the cancellation rules treat in their own way."""

    RAPE = "rape"
    HOMICIDE = "homicide"
    NEAR_HOMICIDE = "near-homicide"
    REPORTED_RAPE = "reported-rape"
    SLAVERY = "slavery"
    FGM = "fgm"
    MAKING_OFF = "making-off"
    IMAGES = "images"
    ASSAULT_104 = "assault-104"
    ASSAULT_105A = "assault-105a"
    ASSAULT_105 = "assault-105"
    ASSAULT_8N_S47 = "assault-8n-s47"
    ASSAULT_8N = "assault-8n"
    CLASS_NOT_SAID = "class-not-said"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Entry:
    crime: Crime
    classes: frozenset[str]
    codes: frozenset[str]
    sections: frozenset[str]
    words: frozenset[str]
    within: str


@dataclass(frozen=True, slots=True)
class _Given:
    """What the text of a form names."""

    classes: frozenset[str]
    codes: frozenset[str]
    sections: frozenset[str]
    words: frozenset[str]


def read_crime(form: Form, classes_of: Mapping[str, frozenset[str]]) -> Crime:
    """Which crime the form is about. `classes_of` are the classes of each offence code held, empty without a list.

    Raises WrongUse, without repeating the text, where it is not a class or an offence code.
    """
    if form.kind is Kind.RAPE:
        return Crime.RAPE
    if form.kind is Kind.HOMICIDE:
        return Crime.HOMICIDE
    given = _read(form.offence)
    found = {entry.crime for entry in _entries() if not entry.within and given.words & entry.words}
    if found == {Crime.HOMICIDE} and given.words & _ATTEMPT:
        return Crime.NEAR_HOMICIDE
    if len(found) == 1:
        return found.pop()
    classes = given.classes or _classes_of(given.codes, classes_of)
    if classes:
        crimes = {_of_class(name, given) for name in classes}
        return crimes.pop() if len(crimes) == 1 else Crime.CLASS_NOT_SAID
    named = {entry.crime for entry in _entries() if not entry.within and given.codes & entry.codes}
    if len(named) == 1:
        return named.pop()
    if given.words & _words_within() == {"fgm"}:
        return Crime.FGM
    return Crime.CLASS_NOT_SAID if given.codes or given.sections & _IN_SEVERAL_CLASSES else Crime.OTHER


def offence_given(text: str) -> str:
    """The text, once it is known to be a class or an offence code. Raises WrongUse, without repeating it."""
    _read(text)
    return " ".join(text.split())


def _read(text: str) -> _Given:
    given: dict[str, set[str]] = {"class": set(), "code": set(), "section": set(), "word": set()}
    place, text = 0, text.strip()
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None or (token["word"] and token["word"].lower() not in _known_words()):
            raise WrongUse(
                "Give the crime by its class or offence code, such as 8N s47, 104, 105A or 008/06, "
                "without words of the report."
            )
        for name, found in given.items():
            if token[name]:
                found.add(token[name])
        place = token.end()
    words = {word.lower() for word in given["word"]}
    codes = {normal_code(code) for code in given["code"]}
    # Classes such as 4/1 are written as codes are: 004/01 is the one offence that stands in it.
    classes = {name.upper().replace(" ", "") for name in given["class"]}
    if len(classes) > 1 or not (classes or codes or given["section"] or words - _NAMES_NOTHING):
        raise WrongUse("Give one crime by its class or offence code, such as 8N s47, 104, 105A or 008/06.")
    sections = given["section"] | {_SECTION_OF_WORD[word] for word in words & set(_SECTION_OF_WORD)}
    return _Given(frozenset(classes), frozenset(codes), frozenset(sections), frozenset(words))


def _of_class(name: str, given: _Given) -> Crime:
    within = [entry for entry in _entries() if entry.within == name]
    if not within:
        return next((entry.crime for entry in _entries() if name in entry.classes), Crime.OTHER)
    details = given.codes | given.sections | (given.words & (_words_within() | {"nfs"}))
    for entry in within:
        if details and details <= entry.codes | entry.sections | entry.words:
            return entry.crime
    return Crime.OTHER if details else Crime.ASSAULT_8N


def _classes_of(codes: Iterable[str], classes_of: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(classes_of.get(code, frozenset()) for code in codes))


def _known_words() -> frozenset[str]:
    return _OTHER_WORDS.union(*(entry.words for entry in _entries()))


def _words_within() -> frozenset[str]:
    return frozenset().union(*(entry.words for entry in _entries() if entry.within))


@cache
def _entries() -> tuple[_Entry, ...]:
    records = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["crime"]
    return tuple(
        _Entry(
            Crime(record["name"]),
            frozenset(record.get("classes", ())),
            frozenset(record.get("codes", ())),
            frozenset(record.get("sections", ())),
            frozenset(record.get("words", ())),
            record.get("within", ""),
        )
        for record in records
    )
