"""Text under a mark, its further lines indented to stand under the first, and no wider than is good to read."""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

WIDEST = 100
"""Columns beyond which lines get hard to follow."""


@dataclass(frozen=True)
class Hanging:
    """A block of text to print. Unlike rich's own tables and paddings it leaves no blanks at the ends of lines."""

    body: Text
    lead: Text = field(default_factory=Text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines, wrapped to the console."""
        indent = min(self.lead.cell_len, options.max_width // 2)
        width = max(1, min(options.max_width, WIDEST) - indent)
        for number, line in enumerate(self.body.wrap(console, width)):
            shown = Text.assemble(self.lead, line) if number == 0 else Text(" " * indent) + line
            shown.rstrip()
            yield shown
