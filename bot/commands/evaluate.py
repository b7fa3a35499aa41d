"""`desk evaluate`: score the desk on its question set, beside itself without its banks and beside a baseline."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from bot.commands.plain_faults import DONE
from bot.commands.progress import showing_progress
from bot.commands.session import Session, only_json, session_of
from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from bot.rendering.score_tables import figures, kinds
from knowledge.errors import WrongUse

if TYPE_CHECKING:
    from evaluation.baseline import Baseline
    from evaluation.questions import Asked
    from knowledge.ask import Desk


def evaluate(
    context: typer.Context,
    questions: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="JSON lines; the desk's own set if none.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    split: Annotated[str, typer.Option("--split", help="test, tuning or all.")] = "test",
) -> int:
    """Score the desk on a question set: is the answering passage found, and is silence kept where it should be?

    In the same run, on the same questions: the desk without its question banks, as a new document has none, and the
    usual tutorial pipeline. Questions about documents that are not held are left out, and their number is said.
    """
    from evaluation.questions import QUESTIONS, read_questions
    from evaluation.score import score

    session = session_of(context)
    if split not in {"test", "tuning", "all"}:
        raise WrongUse("--split is test, tuning or all.")
    of_split = [one for one in read_questions(questions or QUESTIONS) if split in {"all", one.split}]
    with only_json() as put:
        desk = replace(session.open_desk(), rulings=None)  # the documents are measured, not what was ruled
        held = {edition.document for edition in desk.builds.current().editions}
        asked = [one for one in of_split if one.answerable_from(held)]
        with showing_progress(session.err) as progress:
            with_banks = score(asked, desk, lambda done, total: progress("Asking with the banks", done, total))
            without = score(
                asked,
                replace(desk, with_banks=False),
                lambda done, total: progress("Asking without them", done, total),
            )
        baseline = _baseline(session, asked, desk)
        if as_json:
            told = {
                "with_banks": with_banks.to_json(),
                "without_banks": without.to_json(),
                "baseline": None if baseline is None else asdict(baseline),
                "asked": len(asked),
                "left_out": len(of_split) - len(asked),
            }
            put(json.dumps(_plain(told), ensure_ascii=False))
    if not as_json:
        session.out.print(figures(with_banks, without, baseline), kinds(with_banks))
        for kind, tally in with_banks.kinds.items():
            for miss in tally.misses:
                session.out.print(Hanging(printable(miss), Text(f"  {kind.replace('_', ' ')}: ", "dim")))
        session.out.print(
            f"{len(asked)} questions asked; {len(of_split) - len(asked)} about documents not held left out."
        )
    return DONE


def _baseline(session: Session, asked: Sequence[Asked], desk: Desk) -> Baseline | None:
    """The tutorial pipeline over the files the build was read from, None where none is kept."""
    from evaluation.baseline import measure_baseline
    from knowledge.adapters.documents import document_file

    files = {e: document_file(session.settings.home, e) for e in desk.builds.current().editions}
    kept = {edition: path for edition, path in files.items() if path is not None}
    if not kept:
        return None
    with session.err.status("Measuring the tutorial pipeline"):
        return measure_baseline(asked, kept, desk.embedder)


def _plain(value: object) -> object:
    """JSON has no NaN: a rate over nothing is null."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and math.isnan(value) else value
