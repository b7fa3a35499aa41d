"""`desk evaluate`: score the desk on its question set."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.commands.plain_faults import DONE
from bot.commands.progress import showing_progress
from bot.commands.session import only_json, session_of

if TYPE_CHECKING:
    from evaluation.score import Score


def evaluate(
    context: typer.Context,
    questions: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="JSON lines; the desk's own set if none.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Score the desk on a question set: is the answering passage found, and is silence kept where it should be?"""
    from evaluation.questions import QUESTIONS, read_questions
    from evaluation.score import score

    session = session_of(context)
    asked = read_questions(questions or QUESTIONS)
    with only_json() as put:
        desk = session.open_desk()
        with showing_progress(session.err) as progress:
            result = score(asked, desk, lambda done, total: progress("Asking", done, total))
        if as_json:
            put(json.dumps(_plain(result.to_json()), ensure_ascii=False))
    if not as_json:
        session.out.print(_view(result))
    return DONE


def _view(result: Score) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for name, value in result.to_json().items():
        if isinstance(value, float):
            table.add_row(name.replace("_", " "), "-" if math.isnan(value) else f"{value:.3f}")
    for kind, tally in result.kinds.items():
        table.add_row(kind.replace("_", " "), f"{tally.status_right:.0f} of {tally.asked} ended as expected")
    return table


def _plain(value: object) -> object:
    """JSON has no NaN: a rate over nothing is null."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and math.isnan(value) else value
