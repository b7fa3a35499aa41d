"""Lines of a page that nobody who looks at it can see: white on white, or too small to be read.

White letters are honest on a dark heading, so white alone proves nothing: the page is drawn, and a white line is left
out only where everything in its place is as white as its letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ingest.readers.pdf_line import Line

WHITE = 250
"""From this share of 255 on in red, green and blue, letters on white paper cannot be read."""
_SMALLEST = 1.0


def visible_lines(page: Any, lines: Sequence[Line]) -> list[Line]:
    """The lines that can be seen, in order. `page` is a pypdfium2 page."""
    if not any(line.white or line.size < _SMALLEST for line in lines):
        return list(lines)
    drawn = np.asarray(page.render(scale=1, draw_annots=False).to_pil().convert("L"))
    return [line for line in lines if line.size >= _SMALLEST and not (line.white and _blank(drawn, line))]


def _blank(drawn: Any, line: Line) -> bool:
    height, width = drawn.shape
    top, foot = int(height - line.y - line.size), int(height - line.y + 0.3 * line.size) + 1
    place = drawn[max(0, top) : min(height, foot), max(0, int(line.x)) : min(width, int(line.right) + 2)]
    return bool(place.size == 0 or place.min() >= WHITE)
