"""Find the passages that bear on a question: dense and BM25 candidates, ranked together, near-duplicates folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.encode import Encoded
from knowledge.model import Found
from knowledge.ports import OpenBuild
from knowledge.rank import Weights, rank, words_searched
from knowledge.stopwatch import Stopwatch

_DENSE_UNITS = 100
_LEXICAL = 40
"""How many candidates each index brings in: units of passages, and passages. Half as many or twice as many moved one
tuning question in two hundred."""


def retrieve(
    question: Encoded,
    build: OpenBuild,
    *,
    as_at: date,
    limit: int = 10,
    weights: Weights | None = None,
    watch: Stopwatch | None = None,
) -> list[Found]:
    """The best passages for a question among the editions in force on `as_at`, best first.

    Near-duplicates of a better passage are folded into it.
    """
    editions = frozenset(edition.key for edition in build.editions if edition.governs(as_at))
    if not editions or not question.text.strip():
        return []
    with (watch or Stopwatch()).part("search"):
        weights = weights or Weights()
        words = words_searched(question)
        lexical = build.lexical.search(words, limit=_LEXICAL, editions=editions)
        asked = build.asked.search(words, limit=_LEXICAL, editions=editions) if build.asked and weights.asked else []
        near = build.dense.nearest(question.vectors[0], limit=_DENSE_UNITS, editions=editions)
        candidates = list(dict.fromkeys(hit.passage for hits in (near, lexical, asked) for hit in hits))
        plain, turned = build.dense.compare((question.vectors, question.adapted), candidates)
        found = rank(question, build, candidates, (plain, turned), (lexical, asked), weights)
        kept = _fold_near_duplicates(found)[:limit]
    return [_with_sentences(one, plain.get(one.passage.id, {}), turned.get(one.passage.id, {})) for one in kept]


def _with_sentences(found: Found, plain: dict[str, float], turned: dict[str, float]) -> Found:
    """How near each sentence is: by its own words, or by a question of the bank that it is known to answer."""
    asked: dict[int, float] = {}
    for kind, cosine in plain.items():
        if kind[0] == "q" and "." in kind:
            sentence = int(kind.partition(".")[2])
            asked[sentence] = max(asked.get(sentence, -1.0), cosine)
    own, adapted = (
        {int(kind[1:]): cosine for kind, cosine in units.items() if kind[0] == "s"} for units in (plain, turned)
    )
    return replace(found, sentences=_nearer(own, asked), adapted=_nearer(adapted, asked))


def _nearer(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    return one | {sentence: max(cosine, one.get(sentence, -1.0)) for sentence, cosine in other.items()}


def _fold_near_duplicates(ranked: Sequence[Found]) -> list[Found]:
    """Keep the best of each group of near-duplicates and remember the others for citing."""
    kept: list[Found] = []
    place: dict[str, int] = {}
    for found in ranked:
        twin = next((place[t] for t in found.passage.twins if t in place), None)
        if twin is None:
            place[found.passage.id] = len(kept)
            kept.append(found)
        else:
            place[found.passage.id] = twin
            kept[twin] = replace(kept[twin], collapsed=(*kept[twin].collapsed, found.passage))
    return kept
