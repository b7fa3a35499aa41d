"""Rulings as they look in the terminal. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from bot.kept_rulings import Cause, KeptRuling
from bot.rendering.hanging import Hanging
from bot.rendering.locator import edition_of, place_of
from bot.rendering.printable import printable
from bot.rendering.ruling_words import cause_said, ruling_line, sentence, stands
from bot.rendering.terminal_answer import heading
from knowledge.notices import spoken_date
from knowledge.ruling import RulingState

_STYLE = {RulingState.SUSPENDED: "yellow", RulingState.RETIRED: "dim"}


def rulings_view(held: Sequence[KeptRuling]) -> RenderableType:
    """How many there are in each state, then each: its reference, how it stands, and its question below."""
    if not held:
        return Text("The registrar's office has given no ruling yet.")
    counted = Counter(kept.state for kept in held)
    said = ", ".join(f"{counted[state]} {str(state).replace('_', ' ')}" for state in RulingState if counted[state])
    parts: list[RenderableType] = [Text(f"{len(held)} ruling{'s' if len(held) > 1 else ''}: {said}.", "bold")]
    for kept in held:
        how = printable(f"{spoken_date(kept.ruling.answered_on)} \u00b7 {stands(kept)}", _STYLE.get(kept.state, ""))
        body = Text.assemble(how, "\n", printable(kept.ruling.question))
        parts += [Text(), Hanging(body, Text(f"{kept.ruling.reference}  ", "cyan"))]
    return Group(*parts)


def ruling_view(kept: KeptRuling) -> RenderableType:
    """The whole ruling, with every word it rests on, why it does not answer where it does not, and what may be done."""
    ruling = kept.ruling
    given = f"Given on {spoken_date(ruling.answered_on)} by {ruling.owner}; its passages are of build {ruling.build}"
    parts: list[RenderableType] = [Hanging(printable(ruling_line(kept), "bold")), Hanging(printable(given))]
    parts += [Text(), heading("Question"), Hanging(printable(ruling.question))]
    parts += [Text(), heading("Answer"), Hanging(printable(ruling.answer))]
    parts += [Text(), heading("It rests on")]
    for citation in ruling.rests_on:
        where = f"{edition_of(citation.passage.edition)}, {place_of(citation.passage)}"
        said = f"{where}\n\u201c{citation.quote}\u201d"
        parts.append(Hanging(printable(said), Text(f"  [{citation.number}]  ", "cyan")))
    if kept.causes:
        parts += [Text(), heading("Why it answers no more")]
        parts += [Hanging(printable("\n".join(_cause(cause))), Text("  - ")) for cause in kept.causes]
    if kept.state is RulingState.SUSPENDED:
        renew = f"desk rulings renew {ruling.reference} --until DATE"
        still = f"Still right? `{renew}` puts it in force on the passages as they read now."
        wrong = f'Wrong by now? `desk rulings retire {ruling.reference} --reason "why"`.'
        parts += [Text(), Hanging(printable(still)), Hanging(printable(wrong))]
    return Group(*parts)


def _cause(cause: Cause) -> list[str]:
    said = [sentence(cause_said(cause)), *([cause.place] if cause.place else [])]
    if cause.was and cause.was == cause.now:
        return [*said, f"It reads the same in the edition in force: {cause.was}"]
    if cause.was:
        now = f"It now reads: {cause.now}" if cause.now else "Nothing that is held has come in its place."
        return [*said, f"It read: {cause.was}", now]
    return said
