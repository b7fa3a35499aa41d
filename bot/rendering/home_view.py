"""The Home tab: how to ask, which editions are in force, the asker's last questions, and for the registrar the index.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ConfirmObject,
    DividerBlock,
    HeaderBlock,
    PlainTextObject,
    RichTextElement,
    RichTextElementParts,
)
from slack_sdk.models.views import View

from bot.questions import Held
from bot.rendering.escape import inert
from bot.rendering.load_card import ADD, compare_button, publish_button, roll_back_button
from bot.rendering.message import button, rich, section, shortened, small, text
from bot.roles import Role
from knowledge.model import Build, Edition
from knowledge.notices import spoken_date

ERASE = "erase_mine"
_EDITIONS = 20
_WAITING = 5

_HOW = (
    (
        "Here",
        "write in the Messages tab, as to a colleague: \u201cvic wont support pros, do i still crime it\u201d",
    ),
    ("In a channel", "name @Recording Desk; ask on in the thread without naming it again"),
    ("Privately, anywhere", "/recording and your question"),
    ("On a message", "open its menu and choose Check the recording rules"),
)
_LEAVE_OUT = "Leave out names and other personal details. The desk informs; the Force Crime Registrar decides."
_STATE = {
    "answered": "answered",
    "not_covered": "not covered",
    "needs_clarifying": "asked back",
    "declined": "declined",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """The builds an administrator may go over to: the published one, those kept unpublished with what speaks against
    them, and whether there is one to roll back to.
    """

    current: str = ""
    unpublished: tuple[tuple[str, tuple[str, ...]], ...] = ()
    can_roll_back: bool = False


def home_view(
    role: Role, build: Build | None, asked: Sequence[Held], today: date, owed: int, kept: Kept | None = None
) -> View:
    """The view to publish. `build` is None while nothing is published; `owed` counts questions waiting, of anybody.

    `kept` is for the registrar's office.
    """
    blocks: list[Block] = [_header("How to ask"), rich(*(_how(where, what) for where, what in _HOW)), small(_LEAVE_OUT)]
    blocks += [DividerBlock(), _header("In force today"), *_in_force(build, today)]
    if role is Role.REGISTRAR:
        blocks += [DividerBlock(), _header("The index"), *_index(build, owed), *_editions(kept or Kept())]
    blocks += [DividerBlock(), _header("Your last questions"), *_asked(asked)]
    return View(type="home", blocks=blocks)


def _header(words: str) -> Block:
    return HeaderBlock(text=PlainTextObject(text=words, emoji=False))


def _how(where: str, what: str) -> RichTextElement:
    return section(text(f"{where}: ", bold=True), text(what))


def _in_force(build: Build | None, today: date) -> list[Block]:
    if build is None:
        return [rich(section(text("Nothing has been published yet. The registrar\u2019s office loads the guidance.")))]
    dated = [edition for edition in build.editions if edition.effective_from and edition.governs(today)]
    lines = [section(text(_edition(edition))) for edition in sorted(dated, key=lambda e: e.authority.rank)[:_EDITIONS]]
    more = len(dated) - len(lines)
    shown = rich(*lines) if lines else rich(section(text("No edition that is held governs today.")))
    return [shown, *([small(f"and {more} more")] if more > 0 else [])]


def _edition(edition: Edition) -> str:
    since = f" since {spoken_date(edition.effective_from)}" if edition.effective_from else ""
    return f"\u2022 {shortened(inert(edition.title), 120)}, edition {shortened(inert(edition.label), 40)},{since}"


def _index(build: Build | None, owed: int) -> list[Block]:
    if build is None:
        return [rich(section(text("No build is published. Run desk ingest on the desk\u2019s machine.")))]
    return [
        rich(
            section(text("Build ", bold=True), text(inert(build.id))),
            section(text("Made ", bold=True), text(f"{_moment(build.created)} by "), _maker(build.created_by)),
            section(text("Holds ", bold=True), text(f"{build.passages:,} passages of {len(build.editions)} editions")),
            section(text("Waiting ", bold=True), text(f"{owed} questions are owed an answer")),
        )
    ]


def _maker(created_by: str) -> RichTextElement:
    """Who made a build: a member where it was loaded in Slack, else an account."""
    if re.fullmatch(r"[UW][A-Z0-9]{5,20}", created_by):
        return RichTextElementParts.User(user_id=created_by)
    return text(inert(created_by))


def _editions(kept: Kept) -> list[Block]:
    """*Add an edition*, *Roll back*, and each build that waits with its buttons."""
    add = button("Add an edition", ADD, ADD, style="primary")
    blocks: list[Block] = [
        ActionsBlock(elements=[add, *([roll_back_button(kept.current)] if kept.can_roll_back else [])])
    ]
    for name, because in kept.unpublished[:_WAITING]:
        against = (
            f"{len(because)} thing{'' if len(because) == 1 else 's'} against it" if because else "nothing against it"
        )
        blocks.append(rich(section(text("Kept unpublished ", bold=True), text(f"{inert(name)}, {against}"))))
        compare = [compare_button(kept.current, name)] if kept.current else []
        blocks.append(ActionsBlock(elements=[publish_button(name, because), *compare]))
    return blocks


def _moment(created: str) -> str:
    """`23 November 2026, 05:34 UTC` of a build's own time; what cannot be read as it stands."""
    try:
        when = datetime.fromisoformat(created).astimezone(UTC)
    except ValueError:
        return inert(created)
    return f"{spoken_date(when.date())}, {when:%H:%M} UTC"


def _asked(asked: Sequence[Held]) -> list[Block]:
    if not asked:
        return [small("You have not asked anything that is still kept.")]
    lines = [section(text(_line(held))) for held in asked]
    erase = button(
        "Erase my questions",
        ERASE,
        ERASE,
        style="danger",
        confirm=ConfirmObject(
            title="Erase your questions?",
            text=PlainTextObject(text="Your questions, their answers and your feedback are forgotten for good."),
            confirm="Erase",
            deny="Keep",
        ),
    )
    return [rich(*lines), ActionsBlock(elements=[erase])]


def _line(held: Held) -> str:
    when = datetime.fromtimestamp(held.received_at, UTC).date()
    state = _STATE.get(held.outcome or "", held.outcome or "under way")
    return f"\u2022 {shortened(inert(held.asked.text), 150)} ({spoken_date(when)}, {state.replace('_', ' ')})"
