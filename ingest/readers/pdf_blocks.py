"""Lines of one PDF page to headings, paragraphs, items and rows; and lines broken by the page put back together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.blocks import Block, Kind
from ingest.readers.pdf_line import Line

_BULLET = re.compile(r"^(?:[\uf0b7\uf0a7\uf0d8\u2022\u25cf\u25e6\u2023\u2043\u00b7\u25aa]|[-\u2013](?=\s))\s*")
_ENUMERATED = re.compile(r"^(?:(?i:\(?[a-z]\)|\(?[ivx]{1,4}\))|\d{1,2}[.)]|\d{1,3}[A-Z]|[A-Z]\d{3}/\d{1,2})\s+\S")
_FIRST = re.compile(r"^\(?(?:1|a|i)[.)]", re.IGNORECASE)
_RUN_IN = re.compile(r"^(?:example|examples|note|nb|general rule|or|and|not|step|examples?\s*\d*)\b", re.IGNORECASE)
_NUMBERED_HEADING = re.compile(
    r"^(?:[A-Z]{1,2}\d{1,3}[A-Z]?|\d+[A-Z]?(?:[./]\d+)?[A-Z]?)\s?[:\u2013-]\s?\w", re.UNICODE
)
_ENDED = re.compile(r"[.:;!?][\"'\u2019\u201d)]*$")
Drawn = tuple[float, float, list[Block]]
"""Something on the page that is not read line by line: its top and foot in points from the foot, and its blocks."""


def page_blocks(
    lines: Sequence[Line],
    page: int,
    body: float,
    levels: Sequence[float],
    drawn: Sequence[Drawn],
) -> list[Block]:
    """The blocks of one page in order; lines that `joined` may put together are still apart."""
    blocks: list[Block] = []
    told: set[int] = set()
    previous: Line | None = None
    item_x: float | None = None
    edge = max((line.right for line in lines), default=0.0)
    for line in _bold_lines_joined(lines, edge):
        inside = next((n for n, (top, foot, _) in enumerate(drawn) if foot <= line.y <= top), None)
        for n, (_, foot, things) in enumerate(drawn):
            if n not in told and (n == inside or line.y < foot):
                told.add(n)
                blocks += things
        if inside is not None:
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
    return blocks + [block for n, (_, _, things) in enumerate(drawn) if n not in told for block in things]


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


def joined(blocks: Sequence[Block]) -> list[Block]:
    """Lines of one paragraph, item or heading joined; a paragraph may go on over a page break."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if last is None or {block.kind, last.kind} & {Kind.ROW, Kind.PICTURE}:
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
