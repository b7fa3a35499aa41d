"""Lines of a drawing gathered into the boxes they stand in, boxes in the order a reader's eye takes them.

A flow chart has no reading order: its lines come box by box from an OCR, or in the order they were drawn from a PDF.
Lines are of one box when they stand under one another, close together and centred or ranged alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CLOSE = 0.75
"""Most space between two lines of a box, in heights of a line."""
_ALIKE = 0.45
"""Least share of the narrower line's width that two lines of a box have in common."""


_LABEL = re.compile(r"\W*(?:yes|no|y|n)(?:\W+(?:yes|no))?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """Words with their place in points (or pixels), `y` downwards, and how sure the reader is of them (0 to 1)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


def is_label(text: str) -> bool:
    """Whether this is the "Yes" or "No" beside an arrow, which says nothing once the arrow is gone."""
    return _LABEL.fullmatch(text) is not None


def boxes_of(lines: Sequence[PlacedText]) -> list[PlacedText]:
    """One text a box, from the top of the page to its foot, and from left to right where boxes stand level."""
    gathered: list[list[PlacedText]] = []
    for line in sorted(_unbroken(lines), key=lambda one: (one.top, one.left)):
        home = next((box for box in reversed(gathered) if _goes_under(box[-1], line)), None)
        if home is None:
            gathered.append([line])
        else:
            home.append(line)
    return _in_rows([_whole(box) for box in gathered])


def stand_side_by_side(lines: Sequence[PlacedText]) -> set[int]:
    """Indexes of the lines that have another line level with them, with a gap no sentence would have."""
    beside: set[int] = set()
    order = sorted(range(len(lines)), key=lambda n: lines[n].top)
    for place, one in enumerate(order):
        for other in order[place + 1 :]:
            first, second = lines[one], lines[other]
            if second.top > first.bottom - 0.3 * first.height:
                break
            gap = max(first.left, second.left) - min(first.right, second.right)
            if gap > 2 * first.height:
                beside |= {one, other}
    return beside


def _unbroken(lines: Sequence[PlacedText]) -> list[PlacedText]:
    """Lines that were drawn in pieces (a footnote mark between them, say) put back together."""
    out: list[PlacedText] = []
    for line in sorted(lines, key=lambda one: (round(one.bottom), one.left)):
        last = out[-1] if out else None
        if last is not None and abs(last.bottom - line.bottom) < 2 and -1 <= line.left - last.right < 0.8 * line.height:
            out[-1] = _whole([last, line])
        else:
            out.append(line)
    return out


def _goes_under(above: PlacedText, line: PlacedText) -> bool:
    height = min(above.height, line.height)
    if not -0.4 * height <= line.top - above.bottom <= _CLOSE * height:
        return False
    shared = min(above.right, line.right) - max(above.left, line.left)
    return shared >= _ALIKE * min(above.right - above.left, line.right - line.left)


def _whole(lines: Sequence[PlacedText]) -> PlacedText:
    letters = sum(len(line.text) for line in lines) or 1
    return PlacedText(
        " ".join(line.text for line in lines),
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
        sum(line.confidence * len(line.text) for line in lines) / letters,
    )


def _in_rows(boxes: Sequence[PlacedText]) -> list[PlacedText]:
    """Boxes whose upper halves are level are one row, read from left to right."""
    rows: list[list[PlacedText]] = []
    for box in sorted(boxes, key=lambda one: one.top):
        head = rows[-1][0] if rows else None
        if head is not None and box.top < head.top + max(0.3 * head.height, 6.0):
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row, key=lambda one: one.left)]
