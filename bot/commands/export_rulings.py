"""`desk rulings export`: rulings as entries for the question bank, for a person to review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.ask import AsJson
from bot.commands.held_builds import put_json
from bot.commands.held_rulings import held_rulings
from bot.commands.plain_faults import DONE
from bot.commands.session import session_of
from bot.rendering.printable import printable


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="A new file, for a person to review.")],
    helpful: Annotated[bool, typer.Option("--helpful", help="Also answers that askers marked as helpful.")] = False,
    as_json: AsJson = False,
) -> int:
    """Write rulings in force as entries for the question bank, for a person to review.

    Nothing is added to the bank by this: see guidance/questions/README.md.
    """
    from bot import wiring
    from bot.export_questions import bank_entries, write_entries
    from bot.helpful import helpful_answers
    from ingest.question_bank import read_bank
    from knowledge.ruling import RulingState

    session = session_of(context)
    with held_rulings(session) as (engine, store):
        ruled = [kept.ruling for kept in store.all(RulingState.IN_FORCE)]
        answers = helpful_answers(engine) if helpful else []
    held = [wording for entry in read_bank(wiring.QUESTION_BANK) for wording in entry.asks]
    entries = bank_entries(ruled, answers, held)
    write_entries(entries, file, session.today())
    wordings = sum(len(entry.asks) for entry in entries)
    if as_json:
        put_json(session, {"file": str(file), "entries": len(entries), "wordings": wordings})
        return DONE
    questions = f"{wordings} question{'' if wordings == 1 else 's'}"
    told = f"{questions} in {len(entries)} entr{'y' if len(entries) == 1 else 'ies'}, to be reviewed: {file}"
    session.out.print(printable(told), soft_wrap=True)
    return DONE
