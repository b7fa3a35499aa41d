"""Ruled tables of a PDF, read cell by cell with pdfplumber, each row as a sentence of "header: value".

Which header a value stands under, and which rows a merged cell goes down over, is told by the place of the cells: the
columns of a header seldom line up one to one with those of the body.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber

from ingest.readers.blocks import Block, Kind
from ingest.readers.tables import header_rows, row_as_sentence

_LEAST_ROWS = 4
_LEAST_COLUMNS = 3
_CARRIED_WORDS = 8
"""A merged cell of up to so many words is said again in each row it goes down over; a longer one only in the first."""
_SPACED = re.compile(r"(?<!\S)(?:\S ){4,}\S(?!\S)")
_BROKEN = re.compile(r"(\w+)(-?)\n(\w+)")


@dataclass(frozen=True, slots=True)
class _Cell:
    left: float
    top: float
    right: float
    bottom: float
    text: str


def read_tables(
    path: Path, pages: Sequence[int], known: Mapping[str, int] | None = None
) -> dict[int, list[tuple[float, float, list[Block]]]]:
    """Tables by page: (top, bottom) in points from the foot of the page, and a block a row.

    `known` counts the words of the document, by which a word broken inside a narrow cell is put together again. A table
    of fewer than four rows or three columns is left to be read as text: most such boxes only frame a paragraph.
    """
    if not pages:
        return {}
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    words = known or Counter[str]()
    out: dict[int, list[tuple[float, float, list[Block]]]] = {}
    with pdfplumber.open(path, pages=list(pages)) as document:
        for page in document.pages:
            for table in page.find_tables():
                rows = _rows(table, words)
                columns = max((sum(bool(cell.text) for cell in row) for row in rows), default=0)
                if len(rows) < _LEAST_ROWS or columns < _LEAST_COLUMNS:
                    continue
                _, top, _, bottom = table.bbox
                height = float(page.height)
                out.setdefault(page.page_number, []).append(
                    (height - top + 2, height - bottom - 2, _blocks(rows, page.page_number))
                )
    return out


def _rows(table: Any, known: Mapping[str, int]) -> list[list[_Cell]]:
    """The cells of each row that hold anything, from left to right, each where it begins."""
    rows: list[list[_Cell]] = []
    for row, texts in zip(table.rows, table.extract(), strict=True):
        cells = [
            _Cell(place[0], place[1], place[2], place[3], _tidy(text or "", known))
            for place, text in zip(row.cells, texts, strict=True)
            if place is not None
        ]
        if any(cell.text for cell in cells):
            rows.append(cells)
    return rows


def _blocks(rows: Sequence[Sequence[_Cell]], page: int) -> list[Block]:
    titles = 0
    while titles < len(rows) - 1 and sum(bool(cell.text) for cell in rows[titles]) == 1:
        titles += 1
    title = " \u2013 ".join(cell.text for row in rows[:titles] for cell in row if cell.text)
    rows = rows[titles:]
    first = header_rows([[cell.text for cell in row] for row in rows])
    header = [cell for row in rows[:first] for cell in row if cell.text]
    blocks: list[Block] = []
    for number, row in enumerate(rows[first:], start=first):
        middle = _middle(row)
        above = [
            cell
            for earlier in rows[first:number]
            for cell in earlier
            if cell.bottom > middle and 0 < len(cell.text.split()) <= _CARRIED_WORDS
        ]
        cells = sorted([*row, *above], key=lambda cell: cell.left)
        if text := row_as_sentence([(_over(cell, header), cell.text) for cell in cells]):
            blocks.append(Block(Kind.ROW, text, page, table=title))
    return blocks


def _middle(row: Sequence[_Cell]) -> float:
    """A height that is inside the row: the middle of its lowest cell."""
    lowest = min(row, key=lambda cell: cell.bottom - cell.top)
    return (lowest.top + lowest.bottom) / 2


def _over(cell: _Cell, header: Sequence[_Cell]) -> str:
    """The words of the header cells that stand over a cell."""
    told: list[str] = []
    for head in header:
        shared = min(cell.right, head.right) - max(cell.left, head.left)
        if shared >= 0.5 * min(cell.right - cell.left, head.right - head.left):
            told.append(head.text)
    return " ".join(told)


def _tidy(text: str, known: Mapping[str, int]) -> str:
    joined = _BROKEN.sub(lambda found: _unbroken(found, known), text)
    return _SPACED.sub(lambda found: _closed_up(found.group(0)), " ".join(joined.split()))


def _unbroken(found: re.Match[str], known: Mapping[str, int]) -> str:
    """A word broken because its cell is narrow, with or without a hyphen; else the line break as it was."""
    first, hyphen, second = found.groups()
    whole = (first + second).lower()
    if known.get(whole, 0) and not (not hyphen and known.get(first.lower(), 0) and known.get(second.lower(), 0)):
        return first + second
    return f"{first}-{second}" if hyphen else found.group(0)


def _closed_up(spaced: str) -> str:
    """`( c l a s s 2 8 I )` as `(class 28I)`: letters set apart to fill a cell."""
    return re.sub(r"(?<=[a-z])(?=\d)", " ", spaced.replace(" ", ""))
