"""`desk ask`: one question, or a file of them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.batch import BatchLine, read_batch
from bot.commands.plain_faults import DONE, FAILED, say
from bot.commands.session import Session, only_json, session_of
from bot.fault_log import record_fault
from bot.rendering.terminal_answer import answer_view
from bot.rendering.terminal_explanation import explanation_view
from knowledge.errors import DeskError, WrongUse
from knowledge.model import Answer, Status

if TYPE_CHECKING:
    from knowledge.ask import Desk

AsAt = Annotated[
    str | None, typer.Option("--as-at", metavar="DATE", help="Answer by the editions in force then: 2013-04-01.")
]
Batch = Annotated[
    Path | None,
    typer.Option("--batch", metavar="FILE", help='Read {"id", "question", "as_at"?} lines from FILE ("-": a pipe).'),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="In your own words, in quotes.")] = None,
    as_at: AsAt = None,
    batch: Batch = None,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say how the answer was come to, step by step.")] = False,
) -> int:
    """Answer a question with cited passages.

    --batch prints one JSON answer a line, in order, and keeps each id. A file with a bad line is refused whole.
    """
    session = session_of(context)
    lines = questions_of(session, question, batch, as_at)
    if batch is None and not as_json:
        desk = session.open_desk()
        answer = desk.ask(lines[0].question, as_at=lines[0].as_at)
        session.out.print(answer_view(answer))
        if explain:
            session.out.print(explanation_view(desk.explain(lines[0].question, as_at=lines[0].as_at)))
        return FAILED if answer.status is Status.FAILED else DONE
    failed = 0
    with only_json() as put:
        desk = session.open_desk()
        for line in lines:
            answer = _answer(session, desk, line)
            failed += answer.status is Status.FAILED
            told = answer.to_json()
            if explain and answer.status is not Status.FAILED:
                told["explanation"] = desk.explain(line.question, as_at=line.as_at).to_json()
            put(json.dumps(line.with_id(told), ensure_ascii=False))
    if failed:
        say(f"{failed} of {len(lines)} questions could not be answered; each is marked failed.")
    return FAILED if failed else DONE


def questions_of(session: Session, question: str | None, batch: Path | None, as_at: str | None) -> list[BatchLine]:
    """The lines to answer, `--as-at` standing in where a line names no date.

    Raises WrongUse unless there is a question or a batch, and not both.
    """
    if (question is None) == (batch is None):
        raise WrongUse("Give one question in quotes, or --batch with a file of them.")
    day = session.day(as_at)
    if batch is None:
        return [BatchLine(None, question or "", day)]
    return [replace(line, as_at=line.as_at or day) for line in read_batch(batch, session.day)]


def _answer(session: Session, desk: Desk, line: BatchLine) -> Answer:
    """The answer, or a `failed` one where the desk itself breaks: a batch gives one line for each it was given."""
    try:
        return desk.ask(line.question, as_at=line.as_at)
    except DeskError:
        raise
    except Exception as fault:
        reference = record_fault(session.settings.home, fault)
        day: date = line.as_at or session.today()
        notice = f"Something went wrong inside the desk; the reference is {reference}."
        # The question is left out: it was not cleaned of personal data, or may not have been.
        return Answer(Status.FAILED, "", day, "", notices=(notice,))
