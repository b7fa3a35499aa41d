"""Words an OCR ran together or misread by a letter, mended by the words the rest of the document uses.

Only a word the document does not know is touched, and only where what it becomes is known: "ofany" to "of any",
"behavlour" to "behaviour". Figures and codes are never changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z\u2019']+")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])I(?=[a-z])")
_FIGURE_AFTER = re.compile(r"(?<=[a-z]{3})(?=\d)")
_FIGURE_BEFORE = re.compile(r"(?<=\d)(?=[A-Z][a-z]{2})")
_MOST_PARTS = 4
_LONG = 9
_SHORT = frozenset("a an as at be by do he if in is it may me no not of on or so the to up us was we i".split())
_LOOK_ALIKE = (("l", "i"), ("I", "i"), ("I", "l"), ("rn", "m"), ("m", "rn"), ("0", "o"))


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in `texts`, in lower case."""
    return Counter(word.lower() for text in texts for word in _WORD.findall(text))


def mend_words(text: str, known: Counter[str]) -> str:
    """`text` with each unknown word that is plainly known ones run together, or one misread, put right.

    "Class8N" is parted between letters and figures; the figures themselves stay as they were read.
    """
    text = _INNER_CAPITAL.sub("i", text)  # A small i read as a capital: "dynamIc".
    text = _FIGURE_AFTER.sub(" ", _FIGURE_BEFORE.sub(" ", text))
    return _WORD.sub(lambda found: _mended(found.group(0), known), text)


def _mended(word: str, known: Counter[str]) -> str:
    if len(word) < 2:
        return word
    if word.lower() in known:
        return word
    for wrong, right in _LOOK_ALIKE:
        tried = word.replace(wrong, right)
        if tried != word and known[tried.lower()] > 1:
            return tried
    parts = _parted(word, known, _MOST_PARTS)
    # "manage" may be a word the document never uses; "man age" is hardly what it is made of.
    likely = parts and (len(word) >= _LONG or any(len(part) < 3 for part in parts))
    return " ".join(parts) if parts and likely else word


def _parted(word: str, known: Counter[str], most: int) -> list[str] | None:
    """The fewest known words that `word` is made of; of equally few, those that stand most often."""
    best: list[str] | None = None
    for end in range(1, len(word)):
        head, rest = word[:end], word[end:]
        if not _stands(head, known):
            continue
        if _stands(rest, known):
            found: list[str] | None = [head, rest]
        else:
            found = [head, *tail] if most > 2 and (tail := _parted(rest, known, most - 1)) else None
        if found and (best is None or (len(found), -_rarest(found, known)) < (len(best), -_rarest(best, known))):
            best = found
    return best


def _stands(word: str, known: Counter[str]) -> bool:
    lowered = word.lower()
    if len(word) < 3:
        return lowered in _SHORT
    return known[lowered] > (2 if len(word) == 3 else 0)


def _rarest(words: list[str], known: Counter[str]) -> int:
    return min(known[word.lower()] for word in words)
