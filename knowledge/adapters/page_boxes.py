"""Where a passage stands on its pages: the boxes it is outlined by, as shares of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.adapters.page_characters import PageCharacters
from knowledge.adapters.page_search import Box, Located, locate

_CELL = re.compile(r"(?:^|;\s+)[^:;\n]{1,80}:\s+")
_FOUND = 0.9
"""Share of a text's words that has to stand on a page for the text to be taken for that page's."""
_ROW_FOUND = 0.4
"""Share of a row's cells that makes it more likely found than its column names, which stand over every row."""
_LEAST_LINE = 0.006


@dataclass(frozen=True, slots=True)
class PassageBoxes:
    """A passage on its pages: what to outline, and how much of it was found there."""

    outlines: tuple[Box, ...]
    located: Located


def passage_boxes(
    text: str, pages: Sequence[PageCharacters], *, heading: str = "", pictures: Sequence[Box] = ()
) -> PassageBoxes:
    """The boxes of a passage on `pages`, in order; `heading` is the last of its heading path.

    A row of a table is written "Column: cell; Column: cell" in its passage, and the page has its cells in a row: they
    are looked for by themselves, and one box goes round them. A passage read from a picture has no characters on the
    page: give the `pictures` of its pages, and those are what is outlined.
    """
    located = locate(text, pages, heading=heading)
    if pictures and located.share < _FOUND:
        return PassageBoxes(tuple(pictures), replace(located, lines=()))
    if not located.in_one_piece and _CELL.match(text) and len(_CELL.findall(text)) > 1:
        row = locate(_CELL.sub("\n", text), pages, heading=heading)
        if row.share >= min(_ROW_FOUND, located.share):
            return PassageBoxes(tuple(_rows(row.lines)), row)
    return PassageBoxes(tuple(_paragraphs(located.lines)), located)


def _paragraphs(lines: Sequence[Box]) -> list[Box]:
    """Lines that stand under one another as one box each."""
    found: list[Box] = []
    for line in lines:
        held = found[-1] if found else None
        height = max(line.y1 - line.y0, _LEAST_LINE)
        if (
            held is not None
            and held.page == line.page
            and -height < line.y0 - held.y1 < 1.8 * height
            and min(held.x1, line.x1) > max(held.x0, line.x0) - 0.02
        ):
            found[-1] = _around(held, line)
        else:
            found.append(line)
    return found


def _rows(lines: Sequence[Box]) -> list[Box]:
    """One box round the cells that stand side by side; a cell that spans several rows has its own."""
    found: list[Box] = []
    for line in sorted(lines, key=lambda box: (box.page, box.y0)):
        held = found[-1] if found else None
        if held is not None and held.page == line.page and line.y0 < held.y1 + _LEAST_LINE:
            found[-1] = _around(held, line)
        else:
            found.append(line)
    return found


def _around(a: Box, b: Box) -> Box:
    return Box(a.page, min(a.x0, b.x0), min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1))
