"""Read what happened from the records: questions, answers, feedback, checks and enquiries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, func, select

from bot.asked import LIMITED, WITHDRAWN, Place
from bot.checks import Checks
from bot.enquiries import Progress
from bot.feedback import Reason
from bot.records import reference_of
from bot.report.happenings import NOWHERE, Asked, Flagged, Happenings, NotHelpful, Put, Rule
from bot.tables import answers, enquiries, feedback, questions
from bot.transactions import Transactions

_q, _a, _f, _e = questions.c, answers.c, feedback.c, enquiries.c


def gather(engine: Engine, since: float, until: float) -> Happenings:
    """What happened from `since` to before `until` (seconds since 1970), and every enquiry that was open in between.

    What was withdrawn, or refused for its number, was not asked. Raises StoreUnavailable.
    """
    store = Transactions(engine)
    with store.reading() as connection:
        asked = connection.execute(
            select(_q.received_at, _q.outcome, _q.asker, _q.surface, _q.channel, _q.text, _a.kept)
            .outerjoin(answers, _a.question == _q.id)
            .where(_q.received_at >= since, _q.received_at < until)
            .where(_q.outcome.is_not(None), _q.outcome.not_in((LIMITED, WITHDRAWN)))
            .order_by(_q.received_at)
        ).all()
        told = connection.execute(
            select(_f.given_at, _f.reason, _f.comment, _f.out_of_date, _a.kept)
            .outerjoin(answers, _a.question == _f.question)
            .where(_f.given_at >= since, _f.given_at < until, _f.helpful == 0)
            .order_by(_f.given_at)
        ).all()
        put = connection.execute(
            select(_e.id, _e.asked_at, _e.answered_at, _e.state)
            .where(_e.asked_at < until, _e.answered_at.is_(None) | (_e.answered_at >= since))
            .order_by(_e.asked_at)
        ).all()
    return Happenings(
        asked=[
            Asked(row.received_at, row.outcome, row.asker, _unit(row), row.text, _first_rule(row.kept)) for row in asked
        ],
        not_helpful=[
            NotHelpful(row.given_at, Reason(row.reason or Reason.OTHER), row.comment, _first_rule(row.kept))
            for row in told
        ],
        flagged=[one for row in told for one in _flagged(row)],
        checks=Checks(engine).outcomes(since, until),
        put=[
            Put(
                reference_of(row.id),
                row.asked_at,
                row.answered_at if row.answered_at is not None and row.answered_at < until else None,
                row.state == Progress.ANSWERED,
                row.state == Progress.ASSIGNED,
            )
            for row in put
        ],
    )


def first_asked(engine: Engine) -> float | None:
    """When the first question was put, None where none was. Raises StoreUnavailable."""
    with Transactions(engine).reading() as connection:
        return connection.execute(select(func.min(_q.received_at))).scalar_one_or_none()


def _unit(row: Any) -> str:
    return "" if Place(row.surface).is_private else str(row.channel)


def _first_rule(kept: Mapping[str, Any] | None) -> Rule:
    """Where the first citation stands; of a question that is not covered that is the nearest passage."""
    cited: Sequence[Mapping[str, Any]] = (kept or {}).get("citations") or ()
    return _rule(kept["passages"][cited[0]["passage"]]) if kept and cited else NOWHERE


def _rule(passage: Mapping[str, Any]) -> Rule:
    """Its chapter is the topic; a heading that only repeats the document's title is none."""
    title, path = str(passage["edition"]["title"]), [str(part) for part in passage["path"]]
    if len(path) > 1 and _plain(path[0]) in _plain(title):
        path = path[1:]
    return Rule(title, path[0] if path else title, " > ".join(path))


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("/", "-").split())


def _flagged(row: Any) -> Iterator[Flagged]:
    passages = (row.kept or {}).get("passages") or {}
    for name in row.out_of_date or ():
        if name in passages:
            passage = passages[name]
            yield Flagged(row.given_at, _rule(passage), str(passage["edition"]["label"]), tuple(passage["pages"]))
