"""The question bank: questions as officers put them, each anchored to the passage that answers it.

A question matched to a question is far stronger than a question matched to a rule's prose. The anchor is a few words of
the rule as printed, so that a new edition shows at once which entries no longer stand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.check_citations import fold
from knowledge.errors import SourcesInvalid
from knowledge.model import Passage, PassageKind

_WORD = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+)*")


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
class BankQuestion:
    """One wording, and the sentence of its passage that holds the anchor's words (None when no single one does)."""

    text: str
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Anchored:
    """The questions of the bank by the passage they are anchored to, and the entries that no longer resolve."""

    questions: dict[str, tuple[BankQuestion, ...]]
    unresolved: tuple[BankEntry, ...]

    def texts(self) -> list[str]:
        """Every wording that is anchored to a passage, each once, in order."""
        return list(dict.fromkeys(question.text for asked in self.questions.values() for question in asked))


@dataclass(frozen=True, slots=True)
class _Printed:
    """A passage with its headings as it is compared with anchors: folded, and as the set of its words."""

    passage: Passage
    folded: str
    words: frozenset[str]


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
    by_document: dict[str, dict[str, list[_Printed]]] = {}
    for passage in passages:
        printed = f"{' '.join(passage.path)}\n{passage.text}".lower()
        held_words = frozenset(_WORD.findall(printed))
        editions = by_document.setdefault(passage.edition.document, {})
        editions.setdefault(passage.edition.key, []).append(_Printed(passage, fold(printed), held_words))
    questions: dict[str, tuple[BankQuestion, ...]] = {}
    unresolved: list[BankEntry] = []
    for entry in entries:
        held = by_document.get(entry.document)
        if held is None:
            continue
        found = False
        for edition in held.values():
            best = _best(entry, edition)
            if best is not None:
                found = True
                sentence = _sentence(entry, best)
                asked = tuple(BankQuestion(text, sentence) for text in entry.asks)
                questions[best.id] = questions.get(best.id, ()) + asked
        if not found:
            unresolved.append(entry)
    return Anchored(questions, tuple(unresolved))


def _best(entry: BankEntry, held: Sequence[_Printed]) -> Passage | None:
    """The passage of one edition that the entry stands for.

    Its words decide, then its page, then its headings. Words of a table run on over several cells and so stand in no
    passage as printed; then the row on that page that holds all of them. An entry without words (the rule stands in a
    picture) goes by its page alone.
    """
    words = fold(entry.words).lower()
    fits = [one.passage for one in held if words in one.folded]
    if not fits:
        each = set(_WORD.findall(entry.words.lower()))
        fits = [one.passage for one in held if entry.page in one.passage.pages and each <= one.words]
    if not words:
        fits = [passage for passage in fits if entry.page in passage.pages]
    # A header stands in every row of its table; the row that the questions speak of is the one meant.
    asked = {word for text in entry.asks for word in _WORD.findall(text.lower())}

    def nearness(passage: Passage) -> tuple[bool, int, int, int]:
        row = passage.kind is PassageKind.TABLE_ROW
        spoken_of = len(asked & set(_WORD.findall(passage.text.lower()))) if row else 0
        return entry.page in passage.pages, _shared(entry.section, passage.path), spoken_of, -passage.ordinal

    return max(fits, key=nearness, default=None)


def _sentence(entry: BankEntry, passage: Passage) -> int | None:
    words = fold(entry.words).lower()
    if not words:
        return None
    return next(
        (n for n, (start, end) in enumerate(passage.sentences) if words in fold(passage.text[start:end]).lower()), None
    )


def _shared(section: Sequence[str], path: Sequence[str]) -> int:
    folded = {fold(heading).lower() for heading in path}
    return sum(fold(heading).lower() in folded for heading in section)
