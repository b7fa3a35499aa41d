"""Choose the run of sentences to quote: most likely to hold the answer, for what its words cost a reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.model import Passage

# A sentence that leans on the one before it is quoted with it.
_LEANS = re.compile(
    r"^(?:this|that|these|those|it|they|such|in (?:this|these|such|all|most|those)|however|therefore|where this|if so|"
    r"otherwise|the (?:latter|former|above)|and|or|but|also|similarly|likewise)\b",
    re.IGNORECASE,
)
# A sentence that turns the one before it round, or takes a case out of it: a rule without it is another rule.
_TURNS = re.compile(
    r"^(?:(?:however|unless|except|but|otherwise|nor|conversely|the (?:only )?exceptions?)\b|"
    r"this (?:does|is|will|may) not\b|(?:or|and|not)$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?:\([a-z0-9]{1,4}\)|[a-z0-9]{1,2}[.)])\s", re.IGNORECASE)
LONGEST_QUOTE = 90
"""Words a quotation may have. An officer reads it on a phone; the whole passage is one press away."""
_TORN = 0.3
"""What it costs, as a chance, to begin or end where a reader lacks what the words lean on."""


def best_run(passage: Passage, chances: Sequence[float], a_word: float) -> tuple[int, int]:
    """First and last sentence of the run to quote, of at most LONGEST_QUOTE words unless one sentence alone has more.

    `chances` are those of each sentence to hold the answer; `a_word` is the chance that one more word has to bring.
    """
    ends = range(len(passage.sentences))
    worth = {
        (first, last): sum(chances[first : last + 1]) - a_word * count - _TORN * _torn(passage, first, last)
        for first in ends
        for last in ends[first:]
        if (count := _count(passage, first, last)) <= LONGEST_QUOTE or first == last
    }
    return max(worth, key=lambda run: (worth[run], -run[0]))


def leads_in(sentence: str) -> bool:
    """Whether the sentence says what a list is of, or asks: without what follows it says nothing."""
    return sentence.rstrip().endswith(":")


def _torn(passage: Passage, first: int, last: int) -> int:
    """How many ends of the run leave the reader without what the words lean on."""
    before = first > 0 and (_is_item(passage, first) or bool(_LEANS.search(_text(passage, first))))
    after = last + 1 < len(passage.sentences) and (
        leads_in(_text(passage, last)) or bool(_TURNS.search(_text(passage, last + 1)))
    )
    return before + after


def _text(passage: Passage, index: int) -> str:
    return passage.text[slice(*passage.sentences[index])]


def _count(passage: Passage, first: int, last: int) -> int:
    return len(passage.text[passage.sentences[first][0] : passage.sentences[last][1]].split())


def _is_item(passage: Passage, index: int) -> bool:
    start = passage.sentences[index][0]
    return passage.text[:start].endswith(("- ", "\u2022 ")) or bool(_NUMBERED.match(passage.text, start))
