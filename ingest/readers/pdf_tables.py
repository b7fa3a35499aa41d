"""Ruled tables of a PDF, read cell by cell with pdfplumber, each row as a sentence of "header: value"."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pdfplumber

from ingest.readers.blocks import Block, Kind
from ingest.readers.tables import rows_as_sentences

_LEAST_ROWS = 4
_LEAST_COLUMNS = 3


def read_tables(path: Path, pages: Sequence[int]) -> dict[int, list[tuple[float, float, list[Block]]]]:
    """Tables by page: (top, bottom) in points from the foot of the page, and a block a row.

    A table of fewer than four rows or three columns is left to be read as text: most such boxes only frame a paragraph.
    """
    if not pages:
        return {}
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    out: dict[int, list[tuple[float, float, list[Block]]]] = {}
    with pdfplumber.open(path, pages=list(pages)) as document:
        for page in document.pages:
            for table in page.find_tables():
                cells = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
                cells = [row for row in cells if any(row)]
                columns = max((sum(bool(cell) for cell in row) for row in cells), default=0)
                if len(cells) < _LEAST_ROWS or columns < _LEAST_COLUMNS:
                    continue
                _, top, _, bottom = table.bbox
                height = float(page.height)
                rows = [Block(Kind.ROW, row, page.page_number, table="table") for row in rows_as_sentences(cells)]
                out.setdefault(page.page_number, []).append((height - top + 2, height - bottom - 2, rows))
    return out
