"""The answers that askers marked as helpful, and nobody as not helpful."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from bot.kept_answers import answer_of
from bot.tables import answers, feedback
from bot.transactions import Transactions
from knowledge.model import Answer, Status


def helpful_answers(engine: Engine) -> list[Answer]:
    """Oldest first; only those that answered. Raises StoreUnavailable."""
    only_helpful = (
        select(feedback.c.question).group_by(feedback.c.question).having(func.min(feedback.c.helpful) == 1).subquery()
    )
    with Transactions(engine).reading() as connection:
        rows = connection.execute(
            select(answers.c.kept)
            .join(only_helpful, only_helpful.c.question == answers.c.question)
            .order_by(answers.c.answered_at)
        ).all()
    return [answer for row in rows if (answer := answer_of(row.kept)).status is Status.ANSWERED]
