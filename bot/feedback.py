"""What askers said of answers: kept with the passages the answer cited, one verdict a person an answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from enum import StrEnum

from sqlalchemy import Engine, delete, insert
from sqlalchemy.exc import IntegrityError

from bot.records import Records
from bot.tables import feedback
from bot.transactions import Transactions
from knowledge.clean import clean
from knowledge.personal_data import replace_personal_data

LONGEST = 300
"""Characters of a sentence."""


class Reason(StrEnum):
    """Why an answer did not help."""

    WRONG_RULE = "wrong_rule"
    OUT_OF_DATE = "out_of_date"
    DID_NOT_ANSWER = "did_not_answer"
    HARD_TO_FOLLOW = "hard_to_follow"
    OTHER = "other"


class Feedback:
    """Keeps verdicts. A later one of the same person on the same answer takes the place of the earlier."""

    def __init__(self, engine: Engine, records: Records, *, now: Callable[[], float] = time.time) -> None:
        self._store, self._records, self._now = Transactions(engine), records, now

    def keep(
        self,
        question: str,
        asker: str,
        *,
        helpful: bool,
        reason: Reason | None = None,
        comment: str = "",
        out_of_date: Collection[str] = (),
    ) -> bool:
        """Keep a verdict, personal data in its comment replaced first. False when the answer is no longer kept.

        `out_of_date` are ids of passages that the asker flags; ids the answer did not cite are left out.
        """
        answer = self._records.answer(question)
        if answer is None:
            return False
        cited = {citation.passage.id: citation.passage.digest for citation in answer.citations}
        values = {
            "question": question,
            "asker": asker,
            "helpful": int(helpful),
            "reason": str(reason or ""),
            "comment": replace_personal_data(clean(comment)[:LONGEST]).text,
            "build": answer.build,
            "passages": [[name, digest] for name, digest in cited.items()],
            "out_of_date": [name for name in out_of_date if name in cited],
            "given_at": self._now(),
        }
        mine = (feedback.c.question == question) & (feedback.c.asker == asker)
        try:
            with self._store.writing(urgent=True) as connection:
                connection.execute(delete(feedback).where(mine))
                connection.execute(insert(feedback).values(values))
        except IntegrityError:
            return False  # erased meanwhile
        return True
