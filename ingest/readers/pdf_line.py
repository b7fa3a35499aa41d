"""One line of text of a PDF."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `x`, `y` are points from the lower left corner, `y` of the baseline."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    share_from_edge: float
    right: float = 0.0
    """Where the last character of the line begins."""
    white: bool = False

    @property
    def shape(self) -> str:
        """The line with figures as one sign, so that "Page 3 of 7" is the same line on every page."""
        return re.sub(r"\d+", "#", self.text.lower())
