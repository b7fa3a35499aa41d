"""Make a ruling of what the registrar's office answers, or say why the answer makes none."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from bot.enquiries import Enquiry
from bot.questions import Questions
from bot.rendering import phrases
from bot.rulings import RulingStore
from knowledge.clean import clean
from knowledge.follow_up import in_context
from knowledge.model import Answer, Authority, Citation
from knowledge.personal_data import replace_personal_data
from knowledge.ruling import Ruling
from knowledge.searched_words import searched_words


@dataclass(frozen=True, slots=True)
class GiveRulings:
    """Nothing is kept before `keep` is called, in the transaction that settles the enquiry."""

    store: RulingStore
    questions: Questions

    def made(
        self,
        enquiry: Enquiry,
        question: str,
        answer: str,
        rests_on: Sequence[Citation],
        owner: str,
        on: date,
        until: date,
    ) -> Ruling | str:
        """The ruling, or the sentence that says why there is none. `question` may hold personal data, `answer` none."""
        words = searched_words(replace_personal_data(clean(question)).text)
        if not words or (clean(question) == clean(enquiry.text) and self._leans(enquiry)):
            return phrases.NO_RULING_LEANS
        if not rests_on:
            return phrases.NO_RULING_RESTS_ON_NOTHING
        if not all(citation.passage.edition.governs(on) for citation in rests_on):
            return phrases.NO_RULING_OTHER_DAY
        return Ruling(uuid.uuid4().hex, words, answer, tuple(rests_on), enquiry.build, owner, on, until)

    def keep(self, connection: Connection, ruling: Ruling, enquiry: Enquiry) -> None:
        """Keep it, in the transaction of `connection`."""
        self.store.give(connection, ruling, enquiry.id)

    def _leans(self, enquiry: Enquiry) -> bool:
        """Whether the question means little without what was asked before it. On doubt it does."""
        if in_context(enquiry.text, ["x"]) == enquiry.text:
            return False
        held = self.questions.find(enquiry.question)
        if held is None:
            return True
        return held.asked.context is not None or held.asked.thread not in (None, held.asked.ts)


def citable(answer: Answer | None) -> tuple[Citation, ...]:
    """What a ruling may rest on of an answer: its passages, rulings left out."""
    cited = answer.citations if answer is not None else ()
    return tuple(one for one in cited if one.passage.edition.authority is not Authority.RULING)


def in_a_year(day: date) -> date:
    """The same day of the next year; a ruling is looked at again then unless another day is chosen."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
