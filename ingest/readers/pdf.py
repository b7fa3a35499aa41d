"""Read a PDF: text lines with their type size, weight and place become headings, paragraphs, items and table rows.

Headings are told by size and weight relative to the body. Running headers, footers and page numbers are told by
standing at the same place on most pages, contents pages by most of their lines ending in a page number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ingest.readers.blocks import Block, Kind, Reading
from ingest.readers.pdf_lines import Line, Page, PdfUnreadable, read_lines
from ingest.readers.pdf_tables import read_tables
from knowledge.errors import DocumentRejected

_BULLET = re.compile(r"^(?:[\uf0b7\uf0a7\uf0d8\u2022\u25cf\u25e6\u2023\u2043\u00b7\u25aa]|[-\u2013](?=\s))\s*")
_ENUMERATED = re.compile(r"^(?:(?i:\(?[a-z]\)|\(?[ivx]{1,4}\))|\d{1,2}[.)]|\d{1,3}[A-Z]|[A-Z]\d{3}/\d{1,2})\s+\S")
_FIRST = re.compile(r"^\(?(?:1|a|i)[.)]", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"(?:\.{3,}|\u2026|\s)\s*\d{1,3}\s*$")
_RUN_IN = re.compile(r"^(?:example|examples|note|nb|general rule|or|and|not|step|examples?\s*\d*)\b", re.IGNORECASE)
_NUMBERED_HEADING = re.compile(
    r"^(?:[A-Z]{1,2}\d{1,3}[A-Z]?|\d+[A-Z]?(?:[./]\d+)?[A-Z]?)\s?[:\u2013-]\s?\w", re.UNICODE
)
_ENDED = re.compile(r"[.:;!?][\"'\u2019\u201d)]*$")
_MARGIN = 0.075
"""Share of the page height, at the top and at the bottom, in which running headers and footers stand."""


def read_pdf(path: Path) -> Reading:
    """Blocks of a PDF in reading order. Raises DocumentRejected with the reason in a sentence."""
    try:
        pages = read_lines(path)
    except PdfUnreadable as fault:
        raise DocumentRejected(path.name, str(fault)) from None
    running = _running_lines(pages)
    printed: dict[int, str] = {}
    body = _body_size(pages)
    blocks: list[Block] = []
    warnings: list[str] = []
    levels = _heading_sizes(pages, body)
    tables = read_tables(path, [page.number for page in pages if page.has_ruled_lines])
    for page in pages:
        kept: list[Line] = []
        for line in page.lines:
            if line.share_from_edge <= _MARGIN and re.fullmatch(
                r"(?:page\s*)?\d{1,4}(?:\s*of\s*\d+)?", line.text, re.IGNORECASE
            ):
                printed[page.number] = re.findall(r"\d+", line.text)[0]
            elif line.shape not in running or line.share_from_edge > _MARGIN:
                kept.append(line)
        if not kept:
            if page.image_share > 0.3:
                warnings.append(f"page {page.number} is a picture with no text of its own")
            continue
        if _is_contents(kept):
            continue
        if page.image_share > 0.25 and sum(len(line.text) for line in kept) < 700:
            warnings.append(f"page {page.number} is mostly a picture; what is drawn in it was not read")
        blocks += _page_blocks(kept, page.number, body, levels, tables.get(page.number, []))
    if not blocks:
        raise DocumentRejected(path.name, "no text was found in it; it may be a scan that needs OCR")
    return Reading(tuple(_joined(blocks)), len(pages), printed, tuple(warnings))


def _running_lines(pages: Sequence[Page]) -> set[str]:
    """Shapes of lines that stand in the margin of at least a third of the pages (and at least three)."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({line.shape for line in page.lines if line.share_from_edge <= _MARGIN})
    return {shape for shape, count in counts.items() if count >= max(3, len(pages) / 3)}


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=11.0)


def _heading_sizes(pages: Sequence[Page], body: float) -> list[float]:
    """Sizes of headings, largest first: bold or not, clearly larger than the body and seldom used for whole pages."""
    sizes = sorted({line.size for page in pages for line in page.lines if line.size >= body * 1.15}, reverse=True)
    levels: list[float] = []
    for size in sizes:
        # Word processors set one heading style in sizes that differ by a point; such sizes are one level.
        if not levels or size < levels[-1] * 0.88:
            levels.append(size)
    return levels


def _is_contents(lines: Sequence[Line]) -> bool:
    entries = sum(bool(_CONTENTS_LINE.search(line.text)) for line in lines)
    return len(lines) >= 8 and entries >= 0.6 * len(lines)


def _page_blocks(
    lines: Sequence[Line],
    page: int,
    body: float,
    levels: Sequence[float],
    tables: Sequence[tuple[float, float, list[Block]]],
) -> list[Block]:
    blocks: list[Block] = []
    told: set[int] = set()
    previous: Line | None = None
    item_x: float | None = None
    edge = max(line.right for line in lines)
    for line in _bold_lines_joined(lines, edge):
        table = next((n for n, (top, bottom, _) in enumerate(tables) if bottom <= line.y <= top), None)
        if table is not None:
            if table not in told:
                told.add(table)
                blocks += tables[table][2]
            previous = None
            continue
        # A line further left than the bullet before it is not part of that item.
        left_of_item = item_x is not None and line.x < item_x - 5
        block = _block(line, previous, page, body, levels, left_of_item, edge)
        if previous is not None and _is_next_heading(blocks, block) and not _wraps(previous, line, edge):
            block = replace(block, text=f"/ {block.text}")  # Two headings over one text, not one on two lines.
        if block.kind is Kind.ITEM:
            item_x = line.x
        elif block.kind is Kind.HEADING or left_of_item or block.level == -1:
            item_x = None
        blocks.append(block)
        previous = line
    return blocks


def _is_next_heading(blocks: Sequence[Block], block: Block) -> bool:
    """Whether a heading follows its equal with nothing between."""
    if not blocks or block.kind is not Kind.HEADING or block.run_in:
        return False
    return blocks[-1].kind is Kind.HEADING and blocks[-1].level == block.level


def _wraps(above: Line, line: Line, edge: float) -> bool:
    """Whether `above` was broken because it was full, so that `line` goes on with it, and not ended by its author."""
    if line.text[:1].islower() and not _ENDED.search(above.text) and not _ENUMERATED.match(line.text):
        return True
    word = line.text.split(" ", 1)[0]
    return above.right + (1.2 + 0.5 * len(word)) * line.size > edge


def _bold_lines_joined(lines: Sequence[Line], edge: float) -> list[Line]:
    """Lines with a bold run-in heading broken over two lines put back together."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if (
            last is not None
            and last.bold
            and line.bold
            and last.size == line.size
            and 0 < last.y - line.y < 1.35 * line.size
            and not last.text.endswith((".", ":"))
            and not _BULLET.match(line.text)
            and not _NUMBERED_HEADING.match(line.text)
            and _wraps(last, line, edge)
        ):
            out[-1] = replace(last, text=f"{last.text} {line.text}", y=line.y, right=line.right)
        else:
            out.append(line)
    return out


def _block(
    line: Line,
    previous: Line | None,
    page: int,
    body: float,
    levels: Sequence[float],
    left_of_item: bool,
    edge: float,
) -> Block:
    level = next((n for n, size in enumerate(levels, start=1) if line.size >= size * 0.88), 0)
    if level and line.size >= body * 1.15 and len(line.text) < 200 and (line.bold or line.size >= body * 1.3):
        return Block(Kind.HEADING, line.text, page, level)
    if _BULLET.match(line.text):
        return Block(Kind.ITEM, _BULLET.sub("", line.text), page)
    apart = (
        previous is None
        or left_of_item
        or previous.y - line.y > 1.55 * line.size
        or previous.y < line.y
        # "... the 8Q Stalking,\n8U Controlling ..." is one sentence: a code or number begins an item of a list only
        # where the line before it was ended. So does any line whose first word had room on the line before.
        or (
            bool(_ENUMERATED.match(line.text)) and (bool(_ENDED.search(previous.text)) or bool(_FIRST.match(line.text)))
        )
        or not _wraps(previous, line, edge)
    )
    if line.bold and apart and len(line.text) < 170:
        numbered = _NUMBERED_HEADING.match(line.text)
        lead_in = line.text.endswith(":") and len(line.text.split()) > 6
        if numbered or not (lead_in or line.text.endswith((".", ",", ";")) or _RUN_IN.match(line.text)):
            return Block(Kind.HEADING, line.text, page, len(levels) + 1, run_in=True)
    # level -1 marks a line that begins a paragraph; 0 one that may go on from the line before.
    return Block(Kind.PARAGRAPH, line.text, page, level=-1 if apart else 0)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Lines of one paragraph, item or heading joined; a paragraph may go on over a page break."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if last is None or block.kind is Kind.ROW or last.kind is Kind.ROW:
            out.append(block)
        elif block.kind is Kind.HEADING:
            same = last.kind is Kind.HEADING and last.level == block.level and last.page == block.page
            if same and not block.run_in:
                out[-1] = Block(Kind.HEADING, f"{last.text} {block.text}", last.page, last.level)
            else:
                out.append(block)
        elif block.kind is Kind.ITEM or last.kind is Kind.HEADING:
            out.append(block)
        elif block.level == 0 or _goes_on(last, block):
            out[-1] = _append(last, block)
        else:
            out.append(block)
    return [replace(b, text=b.text.strip(), level=max(b.level, 0)) for b in out if b.text.strip()]


def _goes_on(last: Block, block: Block) -> bool:
    """Whether a sentence broken by a page, or by a wide line gap, goes on here."""
    if _ENUMERATED.match(block.text):
        return False
    return not re.search(r"[.:;?!)\]\u201d\"']\s*$", last.text) and bool(re.match(r"[a-z(]", block.text))


def _append(last: Block, block: Block) -> Block:
    return replace(
        last, text=f"{last.text.rstrip()} {block.text.lstrip()}", until=max(last.page, last.until, block.page)
    )
