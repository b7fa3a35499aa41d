"""A question as it is searched for: its words, and their vectors."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.ports import Embedder, Vectors
from knowledge.shorthand import write_out
from knowledge.stopwatch import Stopwatch


@dataclass(frozen=True, slots=True)
class Encoded:
    """A question as it is searched for: its words, its words with shorthand written out, and the vectors of both.

    `vectors` is (1 or 2, dimension), the words as typed last; `adapted` are the same turned towards the words of rules.
    """

    text: str
    written_out: str
    vectors: Vectors
    adapted: Vectors


def encode(text: str, embedder: Embedder, watch: Stopwatch | None = None) -> Encoded:
    """The question, without personal data and dates, ready to be searched for."""
    written_out = write_out(text)
    # The shorthand's words help, and what the asker typed is not thrown away: a passage may use their very words.
    with (watch or Stopwatch()).part("embed"):
        vectors = embedder.embed([written_out, text] if written_out != text else [text])
    return Encoded(text, written_out, vectors, embedder.adapt(vectors))
