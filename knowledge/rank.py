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
from dataclasses import dataclass, fields, replace

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
    worth = [(field.name, getattr(weights, field.name)) for field in fields(weights)]
    scored: list[tuple[Passage, dict[str, float]]] = []
    for candidate in candidates:
        passage = build.passage(candidate)
        units = plain.get(candidate, {})
        whole, sentence, nearest_asked = _nearest(units)
        turned_whole, turned_sentence, _ = _nearest(turned.get(candidate, {}))
        bank, banked = _banked(nearest_asked)
        parts = {
            "passage": whole,
            "sentence": sentence,
            "heading": units.get("h", 0.0),
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
    found = [Found(passage, _score(parts, passage, worth), parts) for passage, parts in scored]
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


def _nearest(units: dict[str, float]) -> tuple[float, float, list[float]]:
    """How near the passage is as a whole and by its best sentence, and its three nearest questions of the bank.

    A passage of one sentence is both whole and sentence. One pass, since this is run for every unit of every candidate.
    """
    whole, sentence = units.get("p", 0.0), -1.0
    asked: list[float] = []
    for kind, cosine in units.items():
        if kind[0] == "s":
            if cosine > sentence:
                sentence = cosine
        elif kind[0] == "q":
            asked.append(cosine)
    return whole, sentence if sentence > -1.0 else whole, sorted(asked, reverse=True)[:3]


def _banked(asked: Sequence[float]) -> tuple[float, float]:
    """The best cosine to a question of the bank, and the mean of the next two; of one question alone, that twice."""
    best, *others = asked or [0.0]
    best = max(best, 0.0)
    return best, max(sum(others) / len(others), 0.0) if others else best


def _score(parts: dict[str, float], passage: Passage, worth: Sequence[tuple[str, float]]) -> float:
    score: float = sum([weight * parts[name] for name, weight in worth])
    if passage.kind is PassageKind.OFFENCE and not parts["code"]:
        score -= 0.05  # A list of statutes holds every word of the trade and answers only questions about codes.
    return score + AUTHORITY_NUDGE[passage.edition.authority]
