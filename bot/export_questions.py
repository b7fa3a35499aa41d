"""Rulings and helpful answers as entries of the question bank, written to a file that a person reviews."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.fetch.toml_text import toml_text
from ingest.question_bank import BankEntry
from knowledge.check_citations import fold
from knowledge.clean import clean
from knowledge.errors import WrongUse
from knowledge.model import Answer, Authority, Citation, Passage
from knowledge.notices import spoken_date
from knowledge.ruling import Ruling
from knowledge.searched_words import searched_words

_ANCHOR = 6
"""Words of an anchor at most (guidance/questions/README.md)."""
_ASKS = 6
_SPACE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Offered:
    """An entry to review, and what it comes from."""

    entry: BankEntry
    sources: tuple[str, ...]

    @property
    def asks(self) -> tuple[str, ...]:
        """Its wordings."""
        return self.entry.asks


def bank_entries(rulings: Iterable[Ruling], helpful: Iterable[Answer], held: Iterable[str]) -> list[Offered]:
    """One entry for each passage, with the questions it was found to answer; those of `held` are left out.

    A ruling is offered under the first passage it rests on, an answer under the first it cited. A question in which
    something personal was replaced is offered without it, and is the reviewer's to read.
    """
    known = {_plain(words) for words in held}
    found: dict[tuple[str, str], tuple[Citation, list[str], list[str]]] = {}
    offers = [
        *((ruling.question, ruling.rests_on, f"ruling {ruling.reference}") for ruling in rulings),
        *((answer.question, answer.citations, "an answer marked as helpful") for answer in helpful),
    ]
    for question, cited, source in offers:
        words = searched_words(clean(question))
        first = next(iter(cited), None)
        if not words or first is None or first.passage.edition.authority is Authority.RULING or _plain(words) in known:
            continue
        known.add(_plain(words))
        place = (first.passage.edition.document, fold(first.quote))
        _, asks, sources = found.setdefault(place, (first, [], []))
        asks.append(words)
        sources.append(source)
    return [
        Offered(_entry(citation, asks[at : at + _ASKS]), tuple(dict.fromkeys(sources[at : at + _ASKS])))
        for citation, asks, sources in found.values()
        for at in range(0, len(asks), _ASKS)
    ]


def write_entries(entries: Sequence[Offered], file: Path, on: date) -> None:
    """Write the file whole. Raises WrongUse where one of that name is there already, and OSError."""
    heading = (
        f"# Offered on {spoken_date(on)}, to be reviewed by a person who has the document open beside them, as\n"
        "# guidance/questions/README.md says. Take out every trace of a case, and add wordings.\n"
    )
    body = "\n".join([heading, *(_written(one) for one in entries)])
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(body)
    except FileExistsError:
        raise WrongUse(f"{file} is there already; name a new file.") from None


def _entry(citation: Citation, asks: Sequence[str]) -> BankEntry:
    passage = citation.passage
    return BankEntry(
        "",
        passage.edition.document,
        passage.path,
        passage.pages[0] if passage.pages else 0,
        _anchor(citation.quote, passage),
        tuple(asks),
    )


def _anchor(quote: str, passage: Passage) -> str:
    """The first words of the quotation, on one line, that occur once in the passage; the first ones if none do."""
    runs = [line.split() for line in re.split(r"\n|(?<=[.:;])\s", quote) if len(line.split()) >= 3]
    windows = [" ".join(run[at : at + _ANCHOR]) for run in runs for at in range(max(1, len(run) - _ANCHOR + 1))]
    once = (words for words in windows if fold(passage.text).count(fold(words)) == 1)
    return next(once, " ".join(quote.split()[:_ANCHOR]))


def _written(offered: Offered) -> str:
    entry = offered.entry
    lines = [
        f"# From {', '.join(offered.sources)}.",
        "[[question]]",
        f"document = {toml_text(entry.document)}",
        f"section = [{', '.join(map(toml_text, entry.section))}]",
        f"page = {entry.page}",
        f"words = {toml_text(entry.words)}",
        "asks = [",
        *(f"  {toml_text(words)}," for words in entry.asks),
        "]",
    ]
    return "\n".join(lines) + "\n"


def _plain(words: str) -> str:
    """As two wordings are compared: capitals and punctuation make no other."""
    return _SPACE.sub(" ", words.lower()).strip()
