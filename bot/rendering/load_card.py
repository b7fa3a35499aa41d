"""An edition that is loaded, as its one message shows it: progress, what came of it, what can be done. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    PlainTextObject,
    RichTextElement,
    RichTextElementParts,
)

from bot.comparisons import ShownComparison
from bot.loads import Load, Stage
from bot.rendering.comparison_blocks import few_changes
from bot.rendering.escape import inert
from bot.rendering.message import Message, button, rich, section, shortened, small, text
from knowledge.notices import spoken_date

ADD, PUBLISH, KEEP, COMPARE = "edition_add", "build_publish", "build_keep", "build_compare"
ROLL_BACK, TELL, AGAIN = "build_roll_back", "build_tell_askers", "load_again"
RECALL_DAYS = 30
_CHANGES, _CHANGES_ROOM = 5, 3_500
_WARNINGS, _REASONS = 5, 8
_OPEN = (Stage.READY, Stage.KEPT, Stage.ROLLED_BACK)


@dataclass(frozen=True, slots=True)
class Around:
    """What a card shows beside its load: what speaks against it, the comparison, whom a recall would tell.

    `current` is the build that is published now. `two_persons` says that whoever loaded may not publish.
    """

    because: Sequence[str] = ()
    comparison: ShownComparison | None = None
    recall: int = 0
    current: str = ""
    two_persons: bool = False


def load_card(load: Load, around: Around) -> Message:
    """The message as it stands."""
    wanted = load.wanted
    title = f"{inert(str(wanted['title']))}, edition {inert(str(wanted['edition']))}"
    blocks: list[Block] = [rich(section(text(shortened(title, 300), bold=True))), small(_about(load))]
    blocks.append(rich(section(*_state(load, around))))
    if load.stage in (Stage.READY, Stage.KEPT):
        blocks += [*_counts(load.told), *_gate(around), *_changes(around.comparison)]
    if load.stage is Stage.PUBLISHED:
        blocks += _recall(load, around)
    if buttons := _buttons(load, around):
        blocks.append(ActionsBlock(elements=buttons))
    return Message(f"{title}: {_plain_state(load)}", tuple(blocks))


def publish_button(build: str, because: Sequence[str]) -> ButtonElement:
    """With a dialogue; where something speaks against it a form that asks for the reason comes in its place."""
    if because:
        return button("Publish\u2026", PUBLISH, build)
    confirm = ConfirmObject(
        title="Publish this build?",
        text=PlainTextObject(text="Officers are answered from it at once. It can be rolled back."),
        confirm="Publish",
        deny="Not yet",
    )
    return button("Publish", PUBLISH, build, style="primary", confirm=confirm)


def roll_back_button(build: str) -> ButtonElement:
    """Back to the build before, with a dialogue."""
    confirm = ConfirmObject(
        title="Roll back?",
        text=PlainTextObject(text="The build before answers again at once. Nothing is deleted."),
        confirm="Roll back",
        deny="Leave it",
    )
    return button("Roll back", ROLL_BACK, build, style="danger", confirm=confirm)


def compare_button(before: str, after: str) -> ButtonElement:
    """The whole comparison in a modal."""
    return button("Compare", COMPARE, f"{before}|{after}|0")


def _about(load: Load) -> str:
    wanted = load.wanted
    days = [f"from {spoken(str(wanted['effective_from']))}"] if wanted.get("effective_from") else []
    days += [f"until {spoken(str(wanted['effective_to']))}"] if wanted.get("effective_to") else []
    parts = [" ".join(days), str(wanted["authority"]).replace("_", " "), inert(str(wanted["name"]))]
    parts += [f"SHA-256 {str(load.told['digest'])[:16]}"] if load.told.get("digest") else []
    parts += [f"build {load.build}"] if load.build else []
    return " \u00b7 ".join(part for part in parts if part)


def _state(load: Load, around: Around) -> list[RichTextElement]:
    said: list[RichTextElement] = [text("Added by "), _person(load.by), text(". ")]
    told = load.told
    match load.stage:
        case Stage.WAITING:
            said.append(text(str(told.get("stage") or "Fetching the file") + "\u2026"))
        case Stage.BUILDING:
            said.append(text(_progress(told)))
        case Stage.READY:
            said.append(text("Built, and not published: nothing answers from it yet."))
        case Stage.KEPT:
            said += [text("Kept as a draft by "), _person(str(told.get("kept_by") or load.by)), text(".")]
        case Stage.PUBLISHED:
            said += [text("Published by "), _person(str(told.get("published_by") or load.by)), text(".")]
            if around.current and around.current != load.build:
                said.append(text(f" Build {around.current} answers now."))
        case Stage.ROLLED_BACK:
            said += [text("Rolled back by "), _person(str(told.get("rolled_back_by") or load.by))]
            said.append(text(f": build {around.current} answers again."))
        case Stage.FAILED:
            said.append(text(f"Not built. {inert(str(told.get('fault') or ''))}"))
        case Stage.ABANDONED:
            said.append(text("The build was abandoned: the process that made it ended. What is published stands."))
    return said


def _plain_state(load: Load) -> str:
    return {
        Stage.WAITING: "being fetched",
        Stage.BUILDING: "being built",
        Stage.READY: "built, not published",
        Stage.FAILED: "not built",
        Stage.ABANDONED: "the build was abandoned",
    }.get(load.stage, str(load.stage).replace("_", " "))


def _progress(told: Mapping[str, Any]) -> str:
    done, total = told.get("of") or (0, 0)
    share = f" ({done} of {total})" if total else ""
    return f"{inert(str(told.get('stage') or 'Starting'))}{share}\u2026"


def _counts(told: Mapping[str, Any]) -> list[Block]:
    counts = told.get("counts") or {}
    editions = [f"{len(counts[w])} {w}" for w in ("added", "changed", "unchanged", "withdrawn") if counts.get(w)]
    passages = f"{counts.get('total', 0):,} passages, {counts.get('embedded', 0):,} of them new"
    lines = [section(text("Editions: ", bold=True), text(", ".join(editions) or "none"), text(f". {passages}."))]
    warnings = [str(one) for one in told.get("warnings") or []]
    lines += [section(text(f"\u2022 {shortened(inert(one), 300)}")) for one in warnings[:_WARNINGS]]
    if len(warnings) > _WARNINGS:
        lines.append(section(text(f"and {len(warnings) - _WARNINGS} more to look at: desk builds show names them.")))
    return [rich(*lines)]


def _gate(around: Around) -> list[Block]:
    if not around.because:
        return [rich(section(text("The gate: ", bold=True), text("nothing speaks against publishing it.")))]
    lines = [section(text("Speaks against publishing it:", bold=True))]
    lines += [section(text(f"\u2022 {shortened(inert(says), 400)}")) for says in around.because[:_REASONS]]
    left = len(around.because) - _REASONS
    return [rich(*lines), *([small(f"and {left} more")] if left > 0 else [])]


def _changes(comparison: ShownComparison | None) -> list[Block]:
    if comparison is None:
        return []
    blocks, left = few_changes(comparison, _CHANGES, _CHANGES_ROOM)
    heading = rich(section(text("What would change: ", bold=True), text(f"{inert(comparison.summary)}.")))
    more = [small(f"and {left} more rules: Compare shows all of them.")] if left > 0 else []
    return [heading, *blocks, *more]


def _recall(load: Load, around: Around) -> list[Block]:
    told = int(load.told.get("recalled") or 0)
    if told:
        return [rich(section(text(f"{told} asker{'' if told == 1 else 's'} told that the rule has changed.")))]
    if not around.recall:
        return [small(f"No answer given in the last {RECALL_DAYS} days rests on what changed.")]
    count = f"{around.recall} answer{'' if around.recall == 1 else 's'}"
    rests = "rests" if around.recall == 1 else "rest"
    return [rich(section(text(f"{count} given in the last {RECALL_DAYS} days {rests} on what changed.")))]


def _buttons(load: Load, around: Around) -> list[ButtonElement]:
    if load.stage in _OPEN:
        shown = [publish_button(load.build, around.because)]
        if load.stage is Stage.READY:
            shown.append(button("Keep as draft", KEEP, load.build))
        base = around.current or load.base
        return [*shown, *([compare_button(base, load.build)] if base else [])]
    if load.stage is Stage.PUBLISHED:
        before = str(load.told.get("replaced") or load.base)
        shown = [roll_back_button(load.build)] if before and around.current == load.build else []
        if around.recall and not load.told.get("recalled"):
            shown.append(button("Tell the askers", TELL, load.build, confirm=_TELL_CONFIRM))
        return [*shown, *([compare_button(before, load.build)] if before else [])]
    if load.stage is Stage.ABANDONED:
        return [button("Build again", AGAIN, load.id)]
    return []


_TELL_CONFIRM = ConfirmObject(
    title="Tell the askers?",
    text=PlainTextObject(
        text="Each is told once, in a direct message: what they asked, what it read, what it reads now."
    ),
    confirm="Tell them",
    deny="Not now",
)


def spoken(day: str) -> str:
    """`1 April 2027` of `2027-04-01`."""
    return spoken_date(date.fromisoformat(day))


def _person(member: str) -> RichTextElement:
    return RichTextElementParts.User(user_id=member)
