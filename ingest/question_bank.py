"""The question bank: questions as officers put them, each anchored to the passage that answers it.

A question matched to a question is far stronger than a question matched to a rule's prose. The anchor is a few words of
the rule as printed, so that a new edition shows at once which entries no longer stand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.check_citations import fold
from knowledge.errors import SourcesInvalid
from knowledge.model import Passage


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One rule and the ways officers ask for it. `page`: where it stood in the file when reviewed (0: none)."""

    file: str
    document: str
    section: tuple[str, ...]
    page: int
    words: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anchored:
    """The questions of the bank by the passage they are anchored to, and the entries that no longer resolve."""

    questions: dict[str, tuple[str, ...]]
    unresolved: tuple[BankEntry, ...]


def read_bank(folder: Path) -> list[BankEntry]:
    """Every entry of the folder's TOML files. Raises SourcesInvalid naming the file and the fault."""
    entries: list[BankEntry] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            records = tomllib.loads(path.read_text(encoding="utf-8")).get("question", [])
            entries += [
                BankEntry(
                    path.name,
                    record["document"],
                    tuple(record["section"]),
                    int(record.get("page", 0)),
                    record.get("words", ""),
                    tuple(record["asks"]),
                )
                for record in records
            ]
        except tomllib.TOMLDecodeError as fault:
            raise SourcesInvalid(f"{path.name}: not valid TOML: {fault}.") from None
        except (KeyError, TypeError, ValueError) as fault:
            raise SourcesInvalid(f"{path.name}: an entry lacks or misuses {fault}.") from None
    return entries


def anchor(entries: Sequence[BankEntry], passages: Sequence[Passage]) -> Anchored:
    """Find the passage of each entry, in every edition of its document that holds the words.

    Entries for documents that are not held are passed over; an entry whose document is held and whose words stand in
    none of its passages is reported as unresolved.
    """
    by_document: dict[str, list[tuple[Passage, str]]] = {}
    for passage in passages:
        by_document.setdefault(passage.edition.document, []).append((passage, fold(passage.text).lower()))
    questions: dict[str, tuple[str, ...]] = {}
    unresolved: list[BankEntry] = []
    for entry in entries:
        held = by_document.get(entry.document)
        if held is None:
            continue
        found = False
        for edition in dict.fromkeys(passage.edition.key for passage, _ in held):
            best = _best(entry, [pair for pair in held if pair[0].edition.key == edition])
            if best is not None:
                found = True
                questions[best.id] = questions.get(best.id, ()) + entry.asks
        if not found:
            unresolved.append(entry)
    return Anchored(questions, tuple(unresolved))


def _best(entry: BankEntry, held: Sequence[tuple[Passage, str]]) -> Passage | None:
    """The passage of one edition that the entry stands for: its words, on its page, under its headings, in that order.

    An entry without words (the rule stands in a picture) goes by page and headings alone.
    """
    words = fold(entry.words).lower()
    ranked = sorted(
        (
            (entry.page in passage.pages, _shared(entry.section, passage.path), -passage.ordinal, passage)
            for passage, text in held
            if words in text
        ),
        key=lambda row: row[:3],
        reverse=True,
    )
    if not ranked:
        return None
    on_page, shared, _, passage = ranked[0]
    return passage if words or on_page or shared == len(entry.section) else None


def _shared(section: Sequence[str], path: Sequence[str]) -> int:
    folded = {fold(heading).lower() for heading in path}
    return sum(fold(heading).lower() in folded for heading in section)
