"""Choose the exact words of a passage that answer a question.

Which sentence answers is told from a few things of each, weighed as was learned from the question bank, whose every
question is anchored to a sentence (evaluation/learn_quote.py).
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from knowledge.model import Found, PassageKind
from knowledge.ports import LexicalIndex
from knowledge.quoted_run import best_run, leads_in

_DUTY = re.compile(
    r"\b(?:must|should|will be|may only|only|cannot|can not|no later than|not be|never|always|is not|are not|"
    r"required)\b",
    re.IGNORECASE,
)
_SHORT = 5
"""Words below which a sentence is rather a heading in sentence's clothing."""
LEARNED = {"adapted": 5.0, "coverage": 1.9, "duty": 0.3, "short": -1.4, "lead_in": -0.9}
"""What each thing told of a sentence weighs: log odds for 1, as evaluation/learn_quote.py prints them, rounded."""
A_WORD = 0.004
"""Chance of holding the answer that one more word has to bring. At this a quotation of what answers best has 60 words
on average and holds the anchor of three in four questions of the bank; the best sentence alone has half of both."""
A_WORD_BESIDE = 0.008
"""The same of what is quoted beside it: about half as long."""
_RUNS_ON = 0.15
"""Chance that the sentence after the one an anchor stands in is needed too: an anchor marks where a rule is stated, and
not how far it goes."""


def best_quote(found: Found, question: str, words: LexicalIndex, *, a_word: float = A_WORD_BESIDE) -> tuple[str, float]:
    """The quotation of a passage that answers the question best, verbatim, and how well it fits (about 0 to 1).

    `question` has its shorthand written out; `a_word` is what a word costs (A_WORD, A_WORD_BESIDE).
    """
    passage = found.passage
    if not passage.sentences:
        return passage.text, found.parts.get("passage", 0.0)
    if passage.kind is PassageKind.TABLE_ROW:
        # A cell without its row says nothing.
        return passage.text, _fit(passage.text, max(found.sentences.values(), default=0.0), question, words)
    texts = [passage.text[start:end] for start, end in passage.sentences]
    odds = [
        sum(LEARNED[name] * value for name, value in told(text, found.adapted.get(n, 0.0), question, words).items())
        for n, text in enumerate(texts)
    ]
    first, last = best_run(passage, chances(np.array(odds)), a_word)
    fit = max(_fit(texts[n], found.sentences.get(n, 0.0), question, words) for n in range(first, last + 1))
    return passage.text[passage.sentences[first][0] : passage.sentences[last][1]], fit


def told(sentence: str, adapted: float, question: str, words: LexicalIndex) -> dict[str, float]:
    """What is told of a sentence, by the names of LEARNED. `adapted` is its cosine to the adapted question."""
    return {
        "adapted": adapted,
        "coverage": words.coverage(question, sentence),
        "duty": float(bool(_DUTY.search(sentence))),
        "short": float(len(sentence.split()) < _SHORT),
        "lead_in": float(leads_in(sentence)),
    }


def chances(odds: npt.NDArray[np.float64]) -> list[float]:
    """For each sentence, the chance that it holds the answer or something the answer needs, from its log odds."""
    likely = np.exp(odds - odds.max())
    likely /= likely.sum()
    runs_on = np.append(0.0, likely[:-1])
    return [float(chance) for chance in (1 - _RUNS_ON) * likely + _RUNS_ON * runs_on]


def _fit(sentence: str, cosine: float, question: str, words: LexicalIndex) -> float:
    fit = 0.6 * cosine + 0.4 * words.coverage(question, sentence)
    if _DUTY.search(sentence):
        fit += 0.04
    if sentence.rstrip().endswith(("?", ":")) or len(sentence.split()) < _SHORT:
        fit -= 0.12  # A heading in sentence's clothing, or a lead-in without its list, tells the asker little.
    return fit
