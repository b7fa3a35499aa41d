"""What every reader gives: the pieces of a document in reading order, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

TO_BE_READ = "[picture]"
"""Text of the picture block that marks where a picture stands whose words are still to be read."""


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document. `level` counts headings from 1, `page` from 1 (0 where the format has no pages).

    `until` is the last page of a block that goes on over a page break, else 0. A row is a table row read as
    a sentence ("header: value; header: value"), `table` the title of its table. `run_in` marks a heading in body size:
    it names what follows, and its own words can be what a reader has to be shown ("C4: Cancelled: recorded in error").
    A picture block is one box of a drawing, with `confidence` (0 to 1) where OCR read it and `reviewed` ("who, when")
    where a person wrote it down.
    """

    kind: Kind
    text: str
    page: int = 0
    level: int = 0
    table: str = ""
    until: int = 0
    run_in: bool = False
    confidence: float | None = None
    reviewed: str = ""

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages the block stands on, empty where the format has none."""
        return tuple(range(self.page, max(self.page, self.until) + 1)) if self.page else ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read: its blocks, the labels printed on its pages, and what a registrar should know of it.

    `pictures` are the regions still to be read by OCR: by page, left, bottom, right and top in points from the foot.
    """

    blocks: tuple[Block, ...]
    pages: int = 0
    printed: dict[int, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    offences: tuple[dict[str, Any], ...] = ()
    pictures: dict[int, tuple[float, float, float, float]] = field(default_factory=dict)
