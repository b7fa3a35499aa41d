"""Find the stretch of a document that a rule stands in, what is quoted of it, and the digest of its words.

A stretch runs over the passages of a section, sentence by sentence, each sentence once: so neither where a document is
divided into passages, nor what is repeated between them, changes its digest, and whatever is added inside it does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.cancellation.table import Anchor
from knowledge.check_citations import fold
from knowledge.model import Passage, PassageKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, where it stands, and how it is compared."""

    passage: Passage
    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was found: the passage and the words to quote from it, and the digest and the words of the whole stretch."""

    passage: Passage
    quote: str
    sha256: str
    words: str


def find_stretch(anchor: Anchor, passages: Sequence[Passage]) -> Stretch | None:
    """The stretch of an anchor in the passages of one edition, in document order; None where it is not there."""
    section = _folded(anchor.section)
    sentences: dict[str, Sentence] = {}
    for passage in passages:
        if (passage.kind is PassageKind.PICTURE) is anchor.picture and any(section in _folded(p) for p in passage.path):
            for sentence in sentences_of(passage):
                sentences.setdefault(sentence.folded, sentence)
    inside = list(sentences.values())
    first = _index(inside, anchor.begins, 0)
    if first is None:
        return None
    last = _index(inside, anchor.ends, first + 1) if anchor.ends else None
    inside = inside[first:last]
    said = _index(inside, anchor.words, 0)
    if said is None:
        return None
    until = _index(inside, anchor.through, said) if anchor.through else said
    opens, closes = inside[said], inside[said if until is None else until]
    end = closes.end if closes.passage is opens.passage else opens.end
    digest = hashlib.sha256("\n".join(sentence.folded for sentence in inside).encode()).hexdigest()
    words = "\n".join(one.passage.text[one.start : one.end] for one in inside)
    return Stretch(opens.passage, opens.passage.text[opens.start : end], digest, words)


def nearest_words(anchor: Anchor, passages: Sequence[Passage]) -> Stretch | None:
    """The sentence of the edition that shares most words with an anchor that is gone; None where nothing is held."""
    wanted = _words(f"{anchor.section} {anchor.begins} {anchor.words}")
    best = max(
        (sentence for passage in passages for sentence in sentences_of(passage)),
        key=lambda sentence: len(wanted & _words(sentence.passage.text[sentence.start : sentence.end])),
        default=None,
    )
    if best is None:
        return None
    words = best.passage.text[best.start : best.end]
    return Stretch(best.passage, words, "", words)


def sentences_of(passage: Passage) -> list[Sentence]:
    """The sentences of a passage; the whole of it where it has none."""
    spans = passage.sentences or ((0, len(passage.text)),)
    return [Sentence(passage, start, end, _folded(passage.text[start:end])) for start, end in spans]


def _index(sentences: Sequence[Sentence], words: str, start: int) -> int | None:
    wanted = _folded(words)
    return next((n for n in range(start, len(sentences)) if wanted in sentences[n].folded), None)


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    """Headings and sentences are compared with one anchor after another."""
    return fold(text).lower()


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))
