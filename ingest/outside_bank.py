"""Read the bank of questions outside the documents: what officers also ask, and where the answer lives instead.

A question nearer to one of these than to anything in the documents is told that the documents do not say, with the
signpost of its topic. Reviewed data, kept in `guidance/outside/*.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.embed import Units, embed_units
from ingest.question_bank import BankEntry
from knowledge.adapters.scope_bank import ScopeBank, own_words
from knowledge.errors import SourcesInvalid
from knowledge.model import Outside
from knowledge.ports import Embedder

_FEW = 500
_THIN = 3


@dataclass(frozen=True, slots=True)
class OutsideEntry:
    """A topic the documents do not cover, where to look instead, and how officers ask about it."""

    topic: str
    says: str
    asks: tuple[str, ...]


def read_outside(folder: Path) -> list[OutsideEntry]:
    """The entries of every *.toml of the folder, in order. Raises SourcesInvalid naming the file and the fault."""
    entries: list[OutsideEntry] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            for record in tomllib.loads(path.read_text(encoding="utf-8")).get("outside", []):
                asks = tuple(str(text) for text in record["asks"])
                entries.append(OutsideEntry(str(record["topic"]), str(record["says"]), asks))
        except tomllib.TOMLDecodeError as fault:
            raise SourcesInvalid(f"{path.name}: not valid TOML: {fault}.") from None
        except (KeyError, TypeError) as fault:
            raise SourcesInvalid(f"{path.name}: an entry lacks or misuses {fault}.") from None
    return entries


def embed_scope(
    outside: Sequence[OutsideEntry],
    bank: Sequence[BankEntry],
    anchored: Sequence[str],
    documents: Sequence[str],
    embedder: Embedder,
    cache: Path,
) -> ScopeBank | None:
    """The questions inside and outside as vectors, with the words only `documents` (their texts) use.

    None where either side is missing.

    `anchored` are the phrasings of the bank that stand as units in the build. Where they are few, because other
    documents than the bank's are held, the first phrasing of every entry stands in for them, and a few of each topic
    outside for all: the bank still says what recording is about, and a first start should not wait for thousands.
    """
    thin = len(anchored) < _FEW
    inside = [entry.asks[0] for entry in bank if entry.asks] if thin else list(anchored)
    asked = [(entry, text) for entry in outside for text in (entry.asks[:_THIN] if thin else entry.asks)]
    if not inside or not asked:
        return None
    texts = [*inside, *(text for _, text in asked)]
    units = Units([(f"scope#{n}", "scope") for n in range(len(texts))], texts)
    vectors = embed_units(units, embedder, cache).vectors
    topics = [Outside(entry.topic, entry.says) for entry, _ in asked]
    every = [text for asks in (*(e.asks for e in bank), *(e.asks for e in outside)) for text in asks]
    return ScopeBank(vectors[: len(inside)], vectors[len(inside) :], topics, own_words(documents, every))
