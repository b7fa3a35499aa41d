"""Choose the exact words of a passage that answer a question."""

from __future__ import annotations

import re

from knowledge.model import Found, Passage, PassageKind
from knowledge.ports import LexicalIndex

_DUTY = re.compile(
    r"\b(?:must|should|will be|may only|only|cannot|can not|no later than|not be|never|always|is not|are not|"
    r"required)\b",
    re.IGNORECASE,
)
# A sentence that leans on the one before it is quoted with it.
_LEANS = re.compile(
    r"^(?:this|that|these|those|it|they|such|in (?:this|these|such|all|most|those)|however|therefore|where this|if so|"
    r"otherwise|the (?:latter|former|above)|and|or|but|also|similarly|likewise)\b",
    re.IGNORECASE,
)
LONGEST_QUOTE = 90
"""Words a quotation may have. An officer reads it on a phone; the whole passage is one press away."""


def best_quote(found: Found, question: str, words: LexicalIndex) -> tuple[str, float]:
    """The quotation of a passage that fits the question best, verbatim, and how well it fits (about 0 to 1).

    A whole run of sentences of the passage: the best one, what it leans on, and, while there is room, what follows a
    colon, so that a list is not quoted without what it is a list of.
    """
    passage = found.passage
    if not passage.sentences:
        return passage.text, found.parts.get("passage", 0.0)
    if passage.kind is PassageKind.TABLE_ROW:
        # A cell without its row says nothing.
        return passage.text, _fit(passage.text, max(found.sentences.values(), default=0.0), question, words)
    scores = [
        _fit(passage.text[start:end], found.sentences.get(index, 0.0), question, words)
        for index, (start, end) in enumerate(passage.sentences)
    ]
    best = max(range(len(scores)), key=lambda index: scores[index])
    first, last = _whole_thought(passage, best)
    return passage.text[passage.sentences[first][0] : passage.sentences[last][1]], scores[best]


def _fit(sentence: str, cosine: float, question: str, words: LexicalIndex) -> float:
    fit = 0.6 * cosine + 0.4 * words.coverage(question, sentence)
    if _DUTY.search(sentence):
        fit += 0.04
    if sentence.rstrip().endswith(("?", ":")) or len(sentence.split()) < 5:
        fit -= 0.12  # A heading in sentence's clothing, or a lead-in without its list, tells the asker little.
    return fit


def _whole_thought(passage: Passage, best: int) -> tuple[int, int]:
    """Widen from the best sentence to what it cannot be read without."""
    first = last = best
    spans = passage.sentences

    def text(index: int) -> str:
        return passage.text[slice(*spans[index])]

    def length() -> int:
        return len(passage.text[spans[first][0] : spans[last][1]].split())

    if _LEANS.search(text(first)) and first > 0 and length() + len(text(first - 1).split()) <= LONGEST_QUOTE:
        first -= 1
    if text(last).rstrip().endswith(":"):
        while last + 1 < len(spans) and length() + len(text(last + 1).split()) <= LONGEST_QUOTE:
            last += 1
            if not _is_item(passage, last):
                break
    elif _is_item(passage, best):
        # An item of a list: back to the sentence that says what the list is of.
        lead = best
        while lead > 0 and _is_item(passage, lead):
            lead -= 1
        if (
            text(lead).rstrip().endswith(":")
            and len(passage.text[spans[lead][0] : spans[best][1]].split()) <= LONGEST_QUOTE
        ):
            first = lead
    return first, last


def _is_item(passage: Passage, index: int) -> bool:
    """Whether the sentence begins an item of a list."""
    return passage.text[: passage.sentences[index][0]].endswith(("- ", "\u2022 "))
