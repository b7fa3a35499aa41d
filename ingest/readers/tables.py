"""A table row as a sentence: "header: value; header: value"."""

from __future__ import annotations

from collections.abc import Sequence


def rows_as_sentences(cells: Sequence[Sequence[str]]) -> list[str]:
    """The rows below the header, each with the headers said again. An empty cell is left out."""
    rows = [list(row) for row in cells if any(row)]
    if not rows:
        return []
    first = header_rows(rows)
    width = max(len(row) for row in rows)
    header = [" ".join(row[n] for row in rows[:first] if n < len(row) and row[n]) for n in range(width)]
    sentences = [row_as_sentence(list(zip(header, row, strict=False))) for row in rows[first:]]
    return [sentence for sentence in sentences if sentence]


def row_as_sentence(cells: Sequence[tuple[str, str]]) -> str:
    """(header, value) pairs as one sentence; a header is not said twice running."""
    parts: list[str] = []
    before = ""
    for header, value in cells:
        if value:
            parts.append(f"{header}: {value}" if header and header != before else value)
            before = header
    return "; ".join(parts)


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top are the header.

    It may be printed over several: it ends with the fullest of the first five rows, and takes in what follows while
    that is a cell or two without figures. A row with a figure (a code) is no header.
    """
    fullest = max(range(min(5, len(rows))), key=lambda n: (sum(bool(cell) for cell in rows[n]), -n))
    last = -1 if _has_code(rows[fullest]) and fullest == 0 else 0 if _has_code(rows[fullest]) else fullest
    while last + 1 < len(rows) and sum(bool(cell) for cell in rows[last + 1]) <= 2 and not _has_code(rows[last + 1]):
        last += 1
    return last + 1


def _has_code(row: Sequence[str]) -> bool:
    return any(any(letter.isdigit() for letter in cell) for cell in row)
