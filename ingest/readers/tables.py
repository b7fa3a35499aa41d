"""A table row as a sentence: "header: value; header: value"."""

from __future__ import annotations

from collections.abc import Sequence


def rows_as_sentences(cells: Sequence[Sequence[str]]) -> list[str]:
    """The rows below the header, each with the headers said again. An empty cell is left out.

    The header may be printed over several rows: it ends with the fullest of the first five rows, and takes in what
    follows while that is a cell or two without figures. A row above it with a single cell is a title.
    """
    rows = [list(row) for row in cells if any(row)]
    if not rows:
        return []
    fullest = max(range(min(5, len(rows))), key=lambda n: (sum(bool(cell) for cell in rows[n]), -n))
    last = 0 if _has_code(rows[fullest]) else fullest
    while last + 1 < len(rows) and sum(bool(cell) for cell in rows[last + 1]) <= 2 and not _has_code(rows[last + 1]):
        last += 1
    width = max(len(row) for row in rows)
    header = [" ".join(row[n] for row in rows[: last + 1] if n < len(row) and row[n]) for n in range(width)]
    sentences = []
    for row in rows[last + 1 :]:
        parts = [f"{header[n]}: {cell}" if header[n] else cell for n, cell in enumerate(row) if cell]
        if parts:
            sentences.append("; ".join(parts))
    return sentences


def _has_code(row: Sequence[str]) -> bool:
    return any(any(letter.isdigit() for letter in cell) for cell in row)
