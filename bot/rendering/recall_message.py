"""What an asker is told when a rule that answered them has changed: what was asked and said, what holds now. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from slack_sdk.models.blocks import Block

from bot.records import Given
from bot.rendering import limits
from bot.rendering.escape import inert
from bot.rendering.message import Message, quotation, rich, section, shortened, small, text
from knowledge.notices import spoken_date
from knowledge.recall import Became, RuleChange

_AT_MOST = 3
_CHANGED = "A rule that I answered you from has changed."
_GONE = "A passage that I answered you from no longer holds."


def recall_message(given: Given, changes: Sequence[RuleChange], build: str) -> Message:
    """The private message. Passages too long to show whole are left to the answer that asking again gives."""
    first = _GONE if all(one.became is Became.WITHDRAWN for one in changes) else _CHANGED
    when = datetime.fromtimestamp(given.answered_at, UTC).date()
    asked = shortened(inert(given.answer.question), 500)
    blocks: list[Block] = [
        rich(section(text(first, bold=True))),
        rich(section(text(f"You asked on {spoken_date(when)}: ")), quotation(text(asked or "\u2026"))),
    ]
    for change in changes[:_AT_MOST]:
        blocks.append(rich(section(text("It read:", bold=True)), quotation(text(_shown(change.was)))))
        if change.became is Became.ALTERED:
            blocks.append(rich(section(text("It now reads:", bold=True)), quotation(text(_shown(change.now)))))
        else:
            blocks.append(rich(section(text("It has been withdrawn."))))
    blocks.append(rich(section(text("Please ask again before you rely on that answer."))))
    blocks.append(
        small(
            f"Reference {given.reference} \u00b7 changed by build {inert(build)} \u00b7 the registrar\u2019s office "
            "had you told. The Force Crime Registrar decides."
        )
    )
    return Message(f"{first} You asked: {asked} Please ask again before you rely on that answer.", tuple(blocks))


def _shown(words: str) -> str:
    said = inert(words)
    return said if len(said) <= limits.QUOTE else "(a long passage: ask again to read it)"
