"""Weeks of invented questions in a store: what a report is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import Engine, update

from bot.asked import Asked, Place
from bot.inbox import Inbox
from bot.records import Records
from bot.tables import answers, questions
from bot.transactions import Transactions
from knowledge.model import Answer, Status
from tests.builders import a_passage, an_answer, an_edition

RULES = an_edition(title="Invented Recording Rules")
_ORDER = count()
WHERE = {
    "limit": a_passage("Record within 24 hours.", edition=RULES, path=("Time limits", "The limit"), ordinal=1),
    "cancel": a_passage("Only a registrar decides.", edition=RULES, path=("Cancelling", "Who decides"), ordinal=2),
    "harass": a_passage(
        "Two incidents make a course.", edition=RULES, path=("Harassment", "Course of conduct"), ordinal=3
    ),
}


def ask(
    engine: Engine,
    when: datetime,
    text: str = "when do i record",
    *,
    status: Status = Status.ANSWERED,
    where: str = "limit",
    asker: str = "U0OFFICER",
    channel: str = "",
) -> str:
    """A question that was put and answered then; its id."""
    at = when.timestamp()
    inbox = Inbox(engine, "tests", now=lambda: at)
    place, room = (Place.MENTION, channel) if channel else (Place.DIRECT, "D0OFFICER")
    ts = f"{at:.0f}.{next(_ORDER):06d}"
    owed = inbox.record(Asked(f"Ev{at}{text}{asker}"[:250], place, "T1", room, asker, text, ts=ts))
    assert owed is not None
    answer = answer_for(text, status, where)
    Records(engine).keep(owed.id, answer)
    with Transactions(engine).writing() as connection:
        connection.execute(
            update(questions).where(questions.c.id == owed.id).values(state="answered", outcome=str(status))
        )
        connection.execute(update(answers).where(answers.c.question == owed.id).values(answered_at=at))
    return owed.id


def answer_for(text: str, status: Status, where: str) -> Answer:
    answer = an_answer(WHERE[where], question=text) if where else an_answer(question=text)
    if status is Status.ANSWERED:
        return answer
    return replace(answer, status=status, statements=(), citations=answer.citations if where else ())


def noon(day: date, back: int = 0, minutes: int = 0) -> datetime:
    """Midday of so many days before a day."""
    return datetime(day.year, day.month, day.day, 12) - timedelta(days=back) + timedelta(minutes=minutes)


def ask_all(engine: Engine, when: datetime, texts: Sequence[str], **how: object) -> list[str]:
    """Each a minute after the other."""
    return [ask(engine, when + timedelta(minutes=n), text, **how) for n, text in enumerate(texts)]  # type: ignore[arg-type]
