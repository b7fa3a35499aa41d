"""Score candidates on the same parts, whichever index brought them in.

    passage   cosine of the question to the passage with its headings
    sentence  the best cosine to one of its sentences
    heading   cosine to its headings
    adapted   as passage and sentence, for the question turned towards the words of rules (Embedder.adapt)
    words     BM25 over headings and text, as a share of the best score for this question
    bank      the best cosine to a question of the question bank that is anchored to it
    banked    the same of the next best two: one near wording may be chance, three are not
    asked     share of the question's words, weighed by rarity, that the questions of the bank anchored to it hold
    asked_words  BM25 over those questions, as a share of the best score for this question
    coverage  share of the question's words, weighed by rarity, that the passage or its headings hold
    code      1 where it holds an offence code of the question

and nudged by how much its document binds. `evaluation/` measures what each part is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.codes import codes_in, with_codes_written_out
from knowledge.encode import Encoded
from knowledge.model import Authority, Found, Passage, PassageKind
from knowledge.ports import Cosines, OpenBuild, UnitHit


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a score is worth. Chosen on the tuning questions (docs/retrieval.md)."""

    passage: float = 0.15
    sentence: float = 0.105
    heading: float = 0.03
    adapted: float = 0.42
    words: float = 0.02
    coverage: float = 0.18
    code: float = 0.40
    bank: float = 1.12
    banked: float = 0.48
    asked: float = 0.30
    asked_words: float = 0.20

    def without_banks(self) -> Weights:
        """The same where nothing is known of how officers ask."""
        return replace(self, bank=0.0, banked=0.0, asked=0.0, asked_words=0.0)


ADAPTED_WHOLE = 0.655
"""Share of the passage as a whole in `adapted`, the rest is its best sentence: as in the loss the adapter was learned
by (evaluation/train_adapter.py), and as the two parts stood to each other before there was one."""
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


def words_searched(question: Encoded) -> str:
    """What is looked for by its words: shorthand written out, and offence codes in each way they are printed."""
    return with_codes_written_out(question.written_out)


def rank(
    question: Encoded,
    build: OpenBuild,
    candidates: Sequence[str],
    cosines: tuple[Cosines, Cosines],
    hits: tuple[Sequence[UnitHit], Sequence[UnitHit]],
    weights: Weights,
) -> list[Found]:
    """The candidates (passage ids) with their scores, best first.

    `cosines` are those of the question as it is and of the question turned towards the words of rules; `hits` are the
    BM25 hits for it among the passages and among the questions of the bank.
    """
    plain, turned = cosines
    covered = build.lexical.covered(question.written_out, candidates)
    asked = build.asked.covered(question.written_out, candidates) if build.asked else {}
    bm25, bm25_asked = (_shares(found) for found in hits)
    codes = codes_in(question.text)
    scored: list[tuple[Passage, dict[str, float]]] = []
    for candidate in candidates:
        passage = build.passage(candidate)
        whole, sentence, heading = _nearest(plain.get(candidate, {}))
        turned_whole, turned_sentence, _ = _nearest(turned.get(candidate, {}))
        bank, banked = _nearest_asked(plain.get(candidate, {}))
        parts = {
            "passage": whole,
            "sentence": sentence,
            "heading": heading,
            "adapted": ADAPTED_WHOLE * turned_whole + (1 - ADAPTED_WHOLE) * turned_sentence,
            "words": bm25.get(candidate, 0.0),
            "coverage": covered.get(candidate, 0.0),
            "bank": bank,
            "banked": banked,
            "asked": asked.get(candidate, 0.0),
            "asked_words": bm25_asked.get(candidate, 0.0),
            "code": 1.0 if codes and any(code in passage.text for code in codes) else 0.0,
        }
        scored.append((passage, parts))
    _lend_to_rows(scored)
    found = [Found(passage, _score(parts, passage, weights), parts) for passage, parts in scored]
    return sorted(found, key=lambda one: (-one.score, one.passage.id))


def _shares(hits: Sequence[UnitHit]) -> dict[str, float]:
    best = max((hit.score for hit in hits), default=1.0)
    return {hit.passage: hit.score / best for hit in hits}


def _lend_to_rows(scored: Sequence[tuple[Passage, dict[str, float]]]) -> None:
    """What the bank says of one row of a table it nearly says of the others; their words tell which row is meant."""
    rows = [(passage, parts) for passage, parts in scored if passage.kind is PassageKind.TABLE_ROW]
    for name in ("bank", "banked"):
        best: dict[tuple[str, tuple[str, ...]], float] = {}
        for passage, parts in rows:
            table = (passage.edition.key, passage.path)
            best[table] = max(best.get(table, 0.0), parts[name])
        for passage, parts in rows:
            parts[name] = max(parts[name], _LENT * best[(passage.edition.key, passage.path)])


def _nearest(units: dict[str, float]) -> tuple[float, float, float]:
    """How near the passage is as a whole, by its best sentence and by its headings.

    A passage of one sentence is both whole and sentence. One pass, since this is run for every unit of every candidate.
    """
    whole, sentence, heading = units.get("p", 0.0), -1.0, units.get("h", 0.0)
    for kind, cosine in units.items():
        if kind[0] == "s" and cosine > sentence:
            sentence = cosine
    return whole, sentence if sentence > -1.0 else whole, heading


def _nearest_asked(units: dict[str, float]) -> tuple[float, float]:
    """The best cosine to a question of the bank, and the mean of the next two; of one question alone, that twice."""
    best, *others = sorted((cosine for kind, cosine in units.items() if kind[0] == "q"), reverse=True)[:3] or [0.0]
    best = max(best, 0.0)
    return best, max(sum(others) / len(others), 0.0) if others else best


def _score(parts: dict[str, float], passage: Passage, weights: Weights) -> float:
    score: float = sum(getattr(weights, name) * value for name, value in parts.items())
    if passage.kind is PassageKind.OFFENCE and not parts["code"]:
        score -= 0.05  # A list of statutes holds every word of the trade and answers only questions about codes.
    return score + AUTHORITY_NUDGE[passage.edition.authority]
