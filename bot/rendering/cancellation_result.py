"""The result of a cancellation check as a modal: line by line, each with the rule that says so. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block, DividerBlock
from slack_sdk.models.views import View

from bot.rendering import limits
from bot.rendering.escape import inert
from bot.rendering.message import button, quotation, rich, section, shortened, small, text
from bot.rendering.sources import source_line
from knowledge.cancellation.result import CheckResult, ResultLine, Verdict
from knowledge.notices import spoken_date

CALLBACK = "cancellation_result"
RECORD = "record_check"
_MARK = {Verdict.MET: "\u2714", Verdict.NOT_MET: "\u2716", Verdict.UNCLEAR: "?", Verdict.REGISTRAR_ONLY: "\u25c6"}
_DECIDES = "No decision and no permission: the Force Crime Registrar decides in doubt."
_MOST_BLOCKS = 95


def result_modal(result: CheckResult, check: str = "") -> View:
    """The view. Quotations come last and are shown whole or not at all; what each line says comes first.

    `check` is the id by which it can be taken for the record; without one there is no button for that.
    """
    edition = f", {inert(result.edition)}" if result.edition else ""
    blocks: list[Block] = [
        rich(section(text(f"Check under {result.criterion.value}", bold=True))),
        small(f"As at {spoken_date(result.as_at)}{edition}"),
    ]
    for line in result.lines:
        blocks += _line(line)
    blocks += [small(shortened(inert(notice), limits.TEXT_OBJECT)) for notice in result.notices]
    if check:
        blocks.append(ActionsBlock(elements=[button("For the record", RECORD, check)]))
    blocks += [DividerBlock(), small(f"{_DECIDES} Build {inert(result.build)}.")]
    room = _MOST_BLOCKS - len(blocks)
    for citation in result.citations[: max(0, room // 2)]:
        quote = inert(citation.quote)
        shown = [rich(quotation(text(quote)))] if len(quote) <= limits.TEXT_OBJECT else []
        blocks += [*shown, small(source_line(citation))]
    return View(type="modal", callback_id=CALLBACK, title="Cancellation check", close="Close", blocks=blocks)


def _line(line: ResultLine) -> Sequence[Block]:
    numbers = "".join(f"[{number}]" for number in line.citations)
    paragraphs = [
        section(text(f"{_MARK[line.verdict]} {line.verdict.value}  ", bold=True), text(inert(line.rule), bold=True)),
        section(text(f"{inert(line.says)} {numbers}")),
    ]
    paragraphs += [section(text("Missing: ", bold=True), text(f"{inert(what)}.")) for what in line.missing]
    return [DividerBlock(), rich(*paragraphs)]
