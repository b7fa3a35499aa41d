"""Where two passages that print the same rule word it differently."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from knowledge.model import Passage

_EDGES = ".,;:!?()\"'\u2018\u2019\u201c\u201d-\u2013\u2022"
_ALIKE = 0.62
"""Share of words in common from which two sentences say the same thing, perhaps in other words."""


def differing_sentences(a: Passage, b: Passage) -> list[tuple[str, str]]:
    """Pairs of sentences of `a` and `b` that are the same sentence worded differently, in the order of `a`.

    White space, punctuation at the edges and capitals are no difference.
    """
    theirs = [b.text[start:end] for start, end in b.sentences]
    found: list[tuple[str, str]] = []
    for start, end in a.sentences:
        ours = a.text[start:end]
        alike = [(_likeness(ours, other), other) for other in theirs]
        best, other = max(alike, default=(0.0, ""))
        if _ALIKE <= best < 1.0:
            found.append((ours, other))
    return found


def same_words(quote: str, text: str) -> str | None:
    """`quote` as it stands in `text`, white space and bullets apart; None where it does not stand there."""
    pattern = r"\s+(?:- )?".join(re.escape(word) for word in quote.split() if word != "-")
    found = re.search(pattern, text) if pattern else None
    return found.group(0) if found else None


def _likeness(ours: str, other: str) -> float:
    first, second = _words(ours), _words(other)
    if first == second:
        return 1.0
    shorter, longer = sorted((len(first), len(second)))
    if not shorter or shorter / longer < _ALIKE / 2:
        return 0.0
    return min(0.99, SequenceMatcher(None, first, second, autojunk=False).ratio())


def _words(text: str) -> list[str]:
    return [word.strip(_EDGES).lower() for word in text.split() if word.strip(_EDGES)]
