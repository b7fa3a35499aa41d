"""The form in which a member of the registrar's office says that a suspended ruling is still right. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, DatePickerElement, InputBlock
from slack_sdk.models.views import View

from bot.kept_rulings import KeptRuling
from bot.rendering.escape import inert
from bot.rendering.message import quotation, rich, section, shortened, small, text
from bot.rendering.sources import source_line
from knowledge.model import Citation
from knowledge.recall import rule_digest

CALLBACK = "renew_ruling"
UNTIL = "ruling_until"
_SHOWN = 1_500
"""Characters of a passage that is shown whole; of a longer one only the words relied on."""


def renew_ruling_modal(kept: KeptRuling, rests_on: Sequence[Citation], until: date) -> View:
    """The question, the answer, the passages it would rest on from now on, and until when."""
    blocks: list[Block] = [
        rich(section(text("The question:", bold=True)), quotation(text(shortened(inert(kept.ruling.question), 1_000)))),
        rich(section(text("The answer:", bold=True)), quotation(text(shortened(inert(kept.ruling.answer), 2_000)))),
        rich(section(text("From now on it rests on:", bold=True))),
    ]
    for citation in rests_on[:10]:
        blocks += [small(source_line(citation)), rich(quotation(text(_words(citation))))]
    if lost := len(kept.ruling.rests_on) - len(rests_on):
        blocks.append(small(f"Of the passages it rested on, {lost} came to nothing that is in force."))
    blocks.append(
        InputBlock(
            block_id=UNTIL,
            label="To be looked at again on",
            element=DatePickerElement(action_id=UNTIL, initial_date=until.isoformat()),
        )
    )
    return View(
        type="modal",
        callback_id=CALLBACK,
        title="Still right",
        submit="Put in force",
        close="Cancel",
        blocks=blocks,
        private_metadata=json.dumps({"ruling": kept.id, "turn": kept.turn, "mark": mark_of(rests_on)}),
    )


def _words(citation: Citation) -> str:
    whole, quote = inert(citation.passage.text), inert(citation.quote)
    if len(whole) <= _SHOWN:
        return whole
    return quote if len(quote) <= _SHOWN else "(a long passage: read it on its page)"


def mark_of(rests_on: Sequence[Citation]) -> str:
    """Ties the form to the words it showed: another build may be published while it is read."""
    return hashlib.sha256("\n".join(rule_digest(one.passage) for one in rests_on).encode()).hexdigest()[:16]
