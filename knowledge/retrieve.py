"""Find the passages that bear on a question: dense and BM25 candidates, scored together, near-duplicates folded.

Every candidate is scored on the same parts, whichever index brought it in:

    passage   cosine of the question to the passage with its headings
    sentence  the best cosine to one of its sentences
    heading   cosine to its headings
    words     BM25 over headings and text, as a share of the best score for this question
    bank      the best cosine to a question of the question bank that is anchored to it
    coverage  share of the question's words, weighed by rarity, that the passage or its headings hold

and nudged by how much its document binds. `evaluation/` measures what each part is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.codes import codes_in, with_codes_written_out
from knowledge.model import Authority, Found, Passage, PassageKind
from knowledge.ports import Embedder, OpenBuild, Vectors
from knowledge.shorthand import write_out
from knowledge.stopwatch import Stopwatch


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a score is worth. Chosen on the tuning questions (docs/retrieval.md)."""

    passage: float = 0.40
    sentence: float = 0.21
    heading: float = 0.03
    words: float = 0.05
    coverage: float = 0.22
    code: float = 0.40
    bank: float = 1.20
    dense_units: int = 120
    lexical: int = 60


_LENT = 0.97
"""Share of a question's nearness to one row of a table that counts for the table's other rows."""

# A nudge, never enough to lift a passage that does not fit the question over one that does.
AUTHORITY_NUDGE = {
    Authority.NATIONAL_RULE: 0.05,
    Authority.RULING: 0.05,
    Authority.NATIONAL_GUIDANCE: 0.03,
    Authority.FORCE_POLICY: 0.0,
    Authority.OFFENCE_LIST: -0.03,
    Authority.INSPECTION: -0.05,
    Authority.BACKGROUND: -0.10,
}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A question as it is searched for: its words, its words with shorthand written out, and the vectors of both.

    `vectors` is (1 or 2, dimension), the words as typed last.
    """

    text: str
    written_out: str
    vectors: Vectors


def encode(text: str, embedder: Embedder, watch: Stopwatch | None = None) -> Encoded:
    """The question, without personal data and dates, ready to be searched for."""
    written_out = write_out(text)
    # The shorthand's words help, and what the asker typed is not thrown away: a passage may use their very words.
    with (watch or Stopwatch()).part("embed"):
        vectors = embedder.embed([written_out, text] if written_out != text else [text])
    return Encoded(text, written_out, vectors)


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
    weights, watch = weights or Weights(), watch or Stopwatch()
    editions = frozenset(edition.key for edition in build.editions if edition.governs(as_at))
    if not editions or not question.text.strip():
        return []
    text, written_out, vectors = question.text, question.written_out, question.vectors
    with watch.part("search"):
        words = with_codes_written_out(written_out)
        lexical = build.lexical.search(words, limit=weights.lexical, editions=editions)
        near = build.dense.nearest(vectors[0], limit=weights.dense_units, editions=editions)
        candidates = list(dict.fromkeys([hit.passage for hit in near] + [hit.passage for hit in lexical]))
        cosines = build.dense.compare(vectors, candidates)
        covered = build.lexical.covered(written_out, candidates)
        bm25 = {hit.passage: hit.score for hit in lexical}
        codes = codes_in(text)
        scored = []
        for candidate in candidates:
            passage = build.passage(candidate)
            units = cosines.get(candidate, {})
            sentences = _sentences(units)
            whole = units.get("p", 0.0)
            parts = {
                "passage": whole,
                "sentence": max((cosine for kind, cosine in units.items() if kind.startswith("s")), default=whole),
                "heading": units.get("h", 0.0),
                "words": bm25.get(candidate, 0.0) / max(bm25.values(), default=1.0),
                "coverage": covered.get(candidate, 0.0),
                "bank": max((cosine for kind, cosine in units.items() if kind.startswith("q")), default=0.0),
                "code": 1.0 if codes and any(code in passage.text for code in codes) else 0.0,
            }
            scored.append(Found(passage, 0.0, parts, sentences))
        _lend_to_rows(scored)
        scored = [replace(one, score=_score(one.parts, one.passage, weights)) for one in scored]
    scored.sort(key=lambda found: (-found.score, found.passage.id))
    return _fold_near_duplicates(scored)[:limit]


def _lend_to_rows(found: Sequence[Found]) -> None:
    """What the bank says of one row of a table it nearly says of the others; their words tell which row is meant."""
    best: dict[tuple[str, tuple[str, ...]], float] = {}
    rows = [one for one in found if one.passage.kind is PassageKind.TABLE_ROW]
    for one in rows:
        table = (one.passage.edition.key, one.passage.path)
        best[table] = max(best.get(table, 0.0), one.parts["bank"])
    for one in rows:
        lent = _LENT * best[(one.passage.edition.key, one.passage.path)]
        one.parts["bank"] = max(one.parts["bank"], lent)


def _sentences(units: dict[str, float]) -> dict[int, float]:
    """How near each sentence is: by its own words, or by a question of the bank that it is known to answer."""
    out: dict[int, float] = {}
    for kind, cosine in units.items():
        number = kind[1:] if kind.startswith("s") else kind.partition(".")[2]
        if number:
            out[int(number)] = max(out.get(int(number), -1.0), cosine)
    return out


def _score(parts: dict[str, float], passage: Passage, weights: Weights) -> float:
    score = sum(float(getattr(weights, name)) * value for name, value in parts.items())
    if passage.kind is PassageKind.OFFENCE and not parts["code"]:
        score -= 0.05  # A list of statutes holds every word of the trade and answers only questions about codes.
    return score + AUTHORITY_NUDGE[passage.edition.authority]


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
