"""LexicalIndex on bm25s with Snowball stemming."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from knowledge.errors import BuildInvalid
from knowledge.ports import UnitHit

# A code such as 008/58, 125/12 or N100/01 is one word; so are 8N and C2.
_WORD = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+)*")
# "section 20", "Sec 20", "s.20" and "(S20)" are one word, however a document or an officer writes it.
_SECTION = re.compile(r"\bs(?:ect?(?:ion)?)?\.?\s?(\d{1,3}[a-z]?)\b")
# Only words that carry nothing. "not", "no", "must", "before", "after" and "without" turn a rule round and stay.
_STOP = frozenset(
    "a an the of to in on at for and or is are was were be been being it its this that these those as by with from i "
    "my me we you your he she they them his her their do does did have has had am im so then there what which who how "
    "can could would will shall may".split()
)
_STEMMER = Stemmer.Stemmer("english")


def words_of(text: str) -> list[str]:
    """Stemmed words of a text, stop words left out; the same for passages and questions."""
    folded = text.lower().replace("\u2019", "'").replace("'s", "").replace("'", "")
    folded = _SECTION.sub(r"s\1", folded)
    return [str(w) for w in _STEMMER.stemWords([w for w in _WORD.findall(folded) if w not in _STOP])]


@lru_cache(maxsize=20_000)
def _word_set(text: str) -> frozenset[str]:
    # The same passages come up for question after question, and stemming is most of what coverage costs.
    return frozenset(words_of(text))


def write_lexical(directory: Path, passages: Sequence[str], editions: Sequence[str], texts: Sequence[str]) -> None:
    """Write passage ids, their edition keys and an index over their texts."""
    directory.mkdir(parents=True)
    index = bm25s.BM25(k1=1.2, b=0.6)
    index.index([words_of(text) or ["\x00"] for text in texts], show_progress=False)
    index.save(str(directory))
    (directory / "ids.json").write_text(json.dumps({"passages": list(passages), "editions": list(editions)}))


class Bm25LexicalIndex:
    """Best passages by BM25."""

    def __init__(self, directory: Path) -> None:
        try:
            self._index = bm25s.BM25.load(str(directory), load_corpus=False)
            ids = json.loads((directory / "ids.json").read_text())
            self._passages: list[str] = ids["passages"]
            self._editions: list[str] = ids["editions"]
            self._row = {passage: row for row, passage in enumerate(self._passages)}
        except Exception as fault:  # NumPy, JSON and OS errors alike mean a damaged build.
            raise BuildInvalid(f"The word index of the build cannot be opened ({type(fault).__name__}).") from fault

    def search(self, text: str, *, limit: int, editions: frozenset[str]) -> list[UnitHit]:
        """Up to `limit` passages of the named editions, best first."""
        words = [word for word in words_of(text) if word in self._index.vocab_dict]
        if not words or not self._passages:
            return []
        scores = self._index.get_scores(words)
        hits: list[UnitHit] = []
        for row in np.argsort(-scores, kind="stable"):
            if scores[row] <= 0 or len(hits) >= limit:
                break
            if self._editions[row] in editions:
                hits.append(UnitHit(f"{self._passages[row]}#p", float(scores[row])))
        return hits

    def covered(self, text: str, passages: Sequence[str]) -> dict[str, float]:
        """`coverage` of each named passage with its headings, read off the postings without its text."""
        rows = [self._row[passage] for passage in passages if passage in self._row]
        held = np.zeros(len(self._passages), dtype=np.float64)
        whole = 0.0
        columns, postings = self._index.scores["indptr"], self._index.scores["indices"]
        for word in _word_set(text):
            weight = self._rarity(word)
            whole += weight
            token = self._index.vocab_dict.get(word)
            if token is not None:
                held[postings[columns[token] : columns[token + 1]]] += weight
        return {self._passages[row]: float(held[row] / whole) if whole else 0.0 for row in rows}

    def coverage(self, text: str, passage_text: str) -> float:
        """Share of the words of `text`, weighed by rarity, that stand in `passage_text` (0 to 1)."""
        wanted, held = _word_set(text), _word_set(passage_text)
        weights = {word: self._rarity(word) for word in wanted}
        whole = sum(weights.values())
        return sum(weight for word, weight in weights.items() if word in held) / whole if whole else 0.0

    def _rarity(self, word: str) -> float:
        token = self._index.vocab_dict.get(word)
        if token is None:
            return float(np.log(1 + len(self._passages)))
        columns = self._index.scores["indptr"]
        frequency = int(columns[token + 1] - columns[token])
        return float(np.log(1 + len(self._passages) / (1 + frequency)))
