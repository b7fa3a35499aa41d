"""A comparison of two builds for the terminal. Words gone stand in [- -], new ones in {+ +}, with or without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from bot.rendering.around import around
from bot.rendering.comparison_parts import moves_of, name_of, place, summary, told_of, weight_of
from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from ingest.compare_align import Said
from ingest.compare_words import Piece
from ingest.compared import Comparison, EditionPair, Kind, PassageChange

_WHOLE = 60
"""Words of a passage that came or went which are shown."""
_STYLES = {Kind.CHANGED: "yellow", Kind.ADDED: "green", Kind.REMOVED: "red", Kind.MOVED: "cyan"}
_MARKS = {Said.GONE: ("[-", "-]", "red strike"), Said.NEW: ("{+", "+}", "green")}


def comparison_view(comparison: Comparison, concerns: Sequence[str]) -> RenderableType:
    """Editions first, then what each rule said and says, and last what needs a yes before publishing."""
    parts: list[RenderableType] = [
        printable(f"{word:10} {key}") for word in ("added", "changed", "withdrawn") for key in comparison.keys(word)
    ]
    parts.append(Text(f"unchanged  {len(comparison.keys('unchanged'))}"))
    told = [pair for pair in comparison.pairs if pair.matched.changes or pair.fields or pair.takes_over]
    for pair in told:
        parts += [Text(), *_pair(pair, comparison)]
    if told:
        parts += [Text(), Hanging(printable(f"Passages: {summary(comparison)}.", "bold"))]
    if concerns:
        parts += [Text(), Text("Before this is published somebody has to say yes to:", "bold red")]
        parts += [Hanging(printable(says), Text("  - ")) for says in concerns]
    return Group(*parts)


def _pair(pair: EditionPair, comparison: Comparison) -> Iterator[RenderableType]:
    yield Hanging(printable(name_of(pair.edition), "bold"))
    for says in told_of(pair, comparison):
        yield Hanging(printable(says), Text("  "))
    changes = pair.matched.changes
    if pair.before is None or pair.after is None:
        # Of a whole document come or gone the number says enough; --html and --json have the words.
        says = f"{len(changes)} passage{'' if len(changes) == 1 else 's'}"
        yield Text(f"  {says} {'came' if pair.after else 'went'} with it.")
        return
    for change in changes:
        if change.kind is not Kind.MOVED:
            yield from _change(change)
    moves = moves_of(changes)
    if moves.sections or moves.pages:
        yield Text()
    for was, now, count in moves.sections:
        says = f"{count} passage{'s' if count > 1 else ''}, in the same words: {was or 'no heading'}"
        yield Hanging(printable(f"{says} -> {now or 'no heading'}"), Text("  moved    ", _STYLES[Kind.MOVED]))
    if moves.pages:
        says = f"{moves.pages} passage{'s stand' if moves.pages > 1 else ' stands'} on another page, in the same words"
        yield Hanging(printable(says), Text("  moved    ", _STYLES[Kind.MOVED]))


def _change(change: PassageChange) -> Iterator[RenderableType]:
    where = place(change.after or change.before)
    if change.another_section:
        where = f"{place(change.before)} -> {where}"
    yield Text()
    yield Hanging(printable(where, "bold"), Text(f"  {change.kind:9}", _STYLES[change.kind]))
    body = wording(change.pieces) if change.pieces else _whole(change)
    yield Hanging(body, Text(" " * 11))
    if told := weight_of(change):
        says = "; ".join(f"{kind} {words}" for kind, words in told.items())
        yield Hanging(printable(f"Mind: {says}", "bold"), Text(" " * 11))


def _whole(change: PassageChange) -> Text:
    passage = change.after or change.before
    words = (passage.text if passage else "").split(" ")
    return printable(" ".join(words[:_WHOLE]) + (" \u2026" if len(words) > _WHOLE else ""))


def wording(pieces: Sequence[Piece], *, whole: bool = False) -> Text:
    """The pieces in a row, unchanged words shortened to those around a difference unless `whole`."""
    shown = Text()
    for number, runs in enumerate(_runs(pieces)):
        said, text = runs[0].said, "".join(piece.text for piece in runs)
        if said is Said.SAME:
            words = text if whole else around(text, number == 0, runs[-1] is pieces[-1])
            shown.append_text(printable(words, "dim"))
            continue
        opening, closing, style = _MARKS[said]
        shown.append(text[: len(text) - len(text.lstrip())] + opening)
        for at, piece in enumerate(runs):
            words = piece.text.lstrip() if at == 0 else piece.text
            shown.append_text(printable(words, f"{style} bold underline" if piece.mark else style))
        shown.append(closing)
    return shown


def _runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    runs: list[list[Piece]] = []
    for piece in pieces:
        if runs and runs[-1][0].said is piece.said:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs
