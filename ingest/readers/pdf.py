"""Read a PDF: text lines with their type size, weight and place become headings, paragraphs, items and table rows.

Headings are told by size and weight relative to the body. Where words are part of a picture the region is named in the
reading, to be read by OCR in a process of its own.
"""

from __future__ import annotations

from pathlib import Path

from ingest.readers.blocks import TO_BE_READ, Block, Kind, Reading
from ingest.readers.mend_words import vocabulary
from ingest.readers.pdf_blocks import joined, page_blocks
from ingest.readers.pdf_charts import read_chart
from ingest.readers.pdf_furniture import body_size, heading_sizes, is_contents, running_lines, without_furniture
from ingest.readers.pdf_lines import PdfUnreadable, read_lines
from ingest.readers.pdf_tables import read_tables
from knowledge.errors import DocumentRejected


def read_pdf(path: Path) -> Reading:
    """Blocks of a PDF in reading order. Raises DocumentRejected with the reason in a sentence."""
    try:
        pages = read_lines(path)
    except PdfUnreadable as fault:
        raise DocumentRejected(path.name, str(fault)) from None
    running = running_lines(pages)
    body = body_size(pages)
    levels = heading_sizes(pages, body)
    known = vocabulary(line.text for page in pages for line in page.lines)
    printed: dict[int, str] = {}
    blocks: list[Block] = []
    warnings: list[str] = [
        f"page {page.number} has text nobody can see, white on white or too small, which was left out"
        for page in pages
        if page.unseen
    ]
    try:
        tables = read_tables(path, [page.number for page in pages if page.has_ruled_lines], known)
    except MemoryError:
        raise
    except Exception as fault:  # pdfminer reads fewer damaged files than PDFium does, and raises anything.
        tables = {}
        warnings.append(f"its ruled tables could not be read as tables ({type(fault).__name__}) and are read as lines")
    pictures: dict[int, tuple[float, float, float, float]] = {}
    for page in pages:
        lines, label = without_furniture(page, running)
        if label:
            printed[page.number] = label
        if is_contents(lines):
            continue
        drawn = list(tables.get(page.number, []))
        if page.picture is not None:
            pictures[page.number] = page.picture
            drawn.append((page.picture[3], page.picture[1], [Block(Kind.PICTURE, TO_BE_READ, page.number)]))
        chart = read_chart(page, lines, drawn, body) if page.picture is None else None
        if chart is not None:
            drawn.append(chart)
            warnings.append(f"page {page.number} has a chart; its words are read box by box and its arrows are not")
        blocks += page_blocks(lines, page.number, body, levels, drawn)
    if not blocks:
        raise DocumentRejected(path.name, "no text was found in it; it may be a scan that needs OCR")
    return Reading(tuple(joined(blocks)), len(pages), printed, tuple(warnings), pictures=pictures)
