"""Charts drawn in lines and boxes: their words are text, in the order they were drawn and not the order they are read.

Told by shape: on a page with rules and boxes, a good part of the lines stand level with other lines, in three columns
or more, and outside any table.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.readers.blocks import Block, Kind
from ingest.readers.pdf_blocks import Drawn
from ingest.readers.pdf_line import Line
from ingest.readers.pdf_lines import Page
from ingest.readers.text_boxes import PlacedText, boxes_of, is_label, stand_side_by_side

_LEAST_LINES = 12
_LEAST_SHARE = 0.25
_LEAST_COLUMNS = 3
_SAME_COLUMN = 30.0
"""Points by which lines of one column may begin apart: charts centre their text."""
_SMALL = 0.8
_NEAR = 4.0
_WIDE = 0.45
"""Lines above and below that are no wider than this share of the page's text belong to the chart when their type is
this much smaller than the body, or no larger and within this many heights of it."""


def read_chart(page: Page, lines: Sequence[Line], tables: Sequence[Drawn], body: float) -> Drawn | None:
    """The chart of a page with a block a box, or None where the page has none."""
    if not page.has_ruled_lines:
        return None
    own = [line for line in lines if not any(bottom <= line.y <= top for top, bottom, _ in tables)]
    placed = [_placed(line) for line in own]
    beside = stand_side_by_side(placed)
    columns = _columns([own[n].x for n in beside])
    if len(beside) < max(_LEAST_LINES, _LEAST_SHARE * len(own)) or columns < _LEAST_COLUMNS:
        return None
    top, foot = max(own[n].y for n in beside), min(own[n].y for n in beside)
    wide = _WIDE * (max(line.right for line in own) - min(line.x for line in own))
    for line in sorted(own, key=lambda one: min(abs(one.y - top), abs(one.y - foot))):
        near = foot - _NEAR * line.size <= line.y <= top + _NEAR * line.size and line.size <= body
        if line.right - line.x < wide and (near or line.size <= _SMALL * body):
            top, foot = max(top, line.y), min(foot, line.y)
    inside = [placed[n] for n, line in enumerate(own) if foot <= line.y <= top]
    boxes = boxes_of([text for text in inside if not is_label(text.text)])
    return top + 2, foot - 2, [Block(Kind.PICTURE, box.text, page.number) for box in boxes]


def _placed(line: Line) -> PlacedText:
    # PDFium gives the baseline and where the last letter begins; capitals are some 0.75 of the size high.
    return PlacedText(
        line.text, line.x, -line.y - 0.75 * line.size, line.right + 0.5 * line.size, -line.y + 0.22 * line.size
    )


def _columns(lefts: Sequence[float]) -> int:
    count, last = 0, float("-inf")
    for left in sorted(lefts):
        if left - last > _SAME_COLUMN:
            count += 1
            last = left
    return count
