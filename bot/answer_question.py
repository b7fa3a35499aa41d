"""Ask the desk one question from the inbox, keep the answer, and make it ready to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.asked import REMEMBERED, Owed, Place
from bot.inbox import Inbox
from bot.logs import Pseudonyms
from bot.records import Records
from bot.rendering import phrases
from bot.rendering.answer_blocks import answer_message
from bot.rendering.answer_buttons import Offers
from bot.rendering.message import Message
from knowledge.model import PassageKind, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from knowledge.model import Answer, Edition
    from knowledge.ports import Builds

log = structlog.get_logger()


class AskedDesk(Protocol):
    """What Slack needs of `knowledge.ask.Desk`."""

    @property
    def builds(self) -> Builds: ...

    def ask(self, text: str, *, as_at: date | None = None, earlier: Sequence[str] = ()) -> Answer: ...


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Called in a thread of the answer pool."""

    desk: AskedDesk
    inbox: Inbox
    records: Records
    pseudonyms: Pseudonyms
    can_draw: Callable[[Edition], bool] = lambda edition: False
    registrar: bool = False

    def __call__(self, owed: Owed) -> tuple[str, Message]:
        """The outcome and the message. A fault becomes a kind sentence with a reference, never its own text."""
        asked = owed.asked
        try:
            answer = self.desk.ask(asked.text, as_at=asked.as_at, earlier=self.inbox.earlier(owed, within=REMEMBERED))
        except Exception as fault:
            log.error(
                "answer_failed",
                question=owed.id,
                reference=owed.reference,
                fault=type(fault).__name__,
                where=_where(fault),
            )
            return "failed", phrases.failed(owed.reference)
        self.records.keep(owed.id, answer)
        log.info(
            "answered",
            question=owed.id,
            asker=self.pseudonyms.of(asked.team, asked.asker),
            place=str(asked.place),
            status=str(answer.status),
            build=answer.build,
            passages=[citation.passage.id for citation in answer.citations],
            took_ms={part: round(took, 1) for part, took in answer.took_ms.items()},
        )
        if asked.removed and asked.place.is_private:
            told = phrases.personal_data_removed(asked.removed, in_slack=asked.place is Place.DIRECT)
            answer = replace(answer, notices=(*answer.notices, told))
        return str(answer.status), answer_message(answer, owed.id, self._offers(answer, asked.place))

    def _offers(self, answer: Answer, place: Place) -> Offers:
        """A page that is a picture is the first to be offered: its words are a machine's reading of it."""
        drawn = [one for one in answer.citations if one.passage.pages and self.can_draw(one.passage.edition)]
        first = min(drawn, key=lambda one: (one.passage.kind is not PassageKind.PICTURE, one.number), default=None)
        return Offers(
            page=first.number if first else 0,
            registrar=self.registrar and answer.status is not Status.DECLINED,
            share=place in (Place.COMMAND, Place.SHORTCUT) and answer.status is Status.ANSWERED,
            cancelling=any("cancel" in one.passage.section.lower() for one in answer.citations),
            feedback=answer.status is not Status.DECLINED,
        )


def _where(fault: BaseException) -> str:
    """The line the fault was raised in: a place in the code holds nobody's words."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}"
