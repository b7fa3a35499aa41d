"""A text as the words it is compared by, and which of them are figures or say what must be done.

White space, typographic quotation marks and dashes are no difference; capitals are (NOT is not "not").
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

_TOKEN = re.compile(r"\s*(?:\w+(?:(?:['\u2019./:\-\u2010\u2011]|(?<=\d),(?=\d))\w+)*|[^\w\s])")
_FOLD = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-",
                       "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2022": "-", "\u00ad": ""})  # fmt: skip
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half third quarter "
    "once twice first second".split()
)
_DUTIES = frozenset(
    "not never no none neither nor must shall should may cannot can't mustn't only unless except without until always "
    "required requires mandatory optional prohibited permitted".split()
)
_JOINS = frozenset({"AND", "OR"})
"""Joins count as duties only in capitals, where a rule turns on them; every new sentence has an "and"."""


class Mark(StrEnum):
    """What a word that differs may do to the rule."""

    NONE = ""
    FIGURE = "figure"
    DUTY = "duty"


def words_of(text: str) -> list[str]:
    """The words and marks of a text, each with the white space before it."""
    return _TOKEN.findall(text.replace("\u00ad", ""))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """The word as it is compared."""
    return word.strip().translate(_FOLD)


def folded(text: str) -> str:
    """A text as it is compared: the same for texts that differ in white space and typography alone."""
    return " ".join(map(fold, words_of(text)))


@lru_cache(maxsize=50_000)
def mark_of(word: str) -> Mark:
    """Whether the word is a figure, or says what must, may or must not be done."""
    plain = fold(word)
    if any(letter.isdigit() for letter in plain) or plain.lower() in _NUMBERS:
        return Mark.FIGURE
    return Mark.DUTY if plain.lower() in _DUTIES or plain in _JOINS else Mark.NONE
