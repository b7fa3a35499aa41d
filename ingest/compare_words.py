"""Two wordings in one row of pieces, with the figures and the words of duty that differ marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.compare_align import Column, Said, align
from ingest.compare_tokens import Mark, mark_of, words_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; `text` begins with the white space before it."""

    said: Said
    text: str
    mark: Mark = Mark.NONE


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Both wordings in one row of pieces; those that are not new make the earlier one, those not gone the later."""
    return pieces_of(align(words_of(before), words_of(after)))


def pieces_of(columns: Iterable[Column]) -> tuple[Piece, ...]:
    """The row as runs of words that stand in the same wordings and carry the same mark."""
    found: list[Piece] = []
    for column in columns:
        said = column.said
        mark = Mark.NONE if said is Said.SAME else mark_of(column.text)
        if found and (found[-1].said, found[-1].mark) == (said, mark):
            found[-1] = Piece(said, found[-1].text + column.text, mark)
        else:
            found.append(Piece(said, column.text, mark))
    return tuple(found)
