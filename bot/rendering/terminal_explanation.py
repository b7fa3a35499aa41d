"""How an answer was come to, as it looks in the terminal. Pure."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from bot.rendering.terminal_answer import heading
from knowledge.explain import Explanation

_SHOWN = 8


def explanation_view(explanation: Explanation) -> RenderableType:
    """The steps, then the best passages with what each score is made of and what was folded into them."""
    parts: list[RenderableType] = [Text(), heading("How this was found")]
    parts += [Hanging(printable(gave), Text(f"  {step:22}", "dim")) for step, gave in explanation.lines]
    parts += [Text(), heading("Passages, best first")]
    for one in explanation.found[:_SHOWN]:
        pages = f", p{'-'.join(map(str, one.passage.pages))}" if one.passage.pages else ""
        where = f"{one.passage.edition.document}: {one.passage.section}{pages}"
        made_of = ", ".join(f"{name} {value:.2f}" for name, value in one.parts.items())
        parts.append(Hanging(printable(where), Text(f"  {one.score:5.2f}  ", "bold")))
        parts.append(Hanging(printable(made_of, "dim"), Text(" " * 9)))
        parts += [Hanging(printable(f"also printed as {twin.section}", "dim"), Text(" " * 9)) for twin in one.collapsed]
    return Group(*parts)
