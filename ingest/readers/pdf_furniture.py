"""What a PDF's pages share: running headers and footers, page numbers, contents pages, the sizes of its type.

All of it is told by repetition, place and shape, never by its wording.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.pdf_line import Line
from ingest.readers.pdf_lines import Page

_CONTENTS_LINE = re.compile(r"(?:\.{3,}|\u2026|\s)\s*\d{1,3}\s*$")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*of\s*\d+)?", re.IGNORECASE)
_MARGIN = 0.075
"""Share of the page height, at the top and at the bottom, in which running headers and footers stand."""


def without_furniture(page: Page, running: set[str]) -> tuple[list[Line], str]:
    """The lines of a page that are its own, and the page number printed on it ("" where none is)."""
    kept: list[Line] = []
    printed = ""
    for line in page.lines:
        if line.share_from_edge <= _MARGIN and _PAGE_NUMBER.fullmatch(line.text):
            printed = re.findall(r"\d+", line.text)[0]
        elif line.shape not in running or line.share_from_edge > _MARGIN:
            kept.append(line)
    return kept, printed


def running_lines(pages: Sequence[Page]) -> set[str]:
    """Shapes of lines that stand in the margin of at least a third of the pages (and at least three)."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({line.shape for line in page.lines if line.share_from_edge <= _MARGIN})
    return {shape for shape, count in counts.items() if count >= max(3, len(pages) / 3)}


def body_size(pages: Sequence[Page]) -> float:
    """The size most letters are printed in."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=11.0)


def heading_sizes(pages: Sequence[Page], body: float) -> list[float]:
    """Sizes of headings, largest first: bold or not, clearly larger than the body and seldom used for whole pages."""
    sizes = sorted({line.size for page in pages for line in page.lines if line.size >= body * 1.15}, reverse=True)
    levels: list[float] = []
    for size in sizes:
        # Word processors set one heading style in sizes that differ by a point; such sizes are one level.
        if not levels or size < levels[-1] * 0.88:
            levels.append(size)
    return levels


def is_contents(lines: Sequence[Line]) -> bool:
    """Whether most lines of a page end in a page number, as those of a table of contents do."""
    entries = sum(bool(_CONTENTS_LINE.search(line.text)) for line in lines)
    return len(lines) >= 8 and entries >= 0.6 * len(lines)
