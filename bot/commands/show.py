"""`desk show REF`: an answer given in Slack, as it was given."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.commands.ask import AsJson
from bot.commands.plain_faults import DONE
from bot.commands.session import session_of
from bot.rendering.decision_record import decision_record
from bot.rendering.printable import printable
from knowledge.errors import WrongUse


def show(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(metavar="REF", help="As it stands in the crime record: 8 letters.")],
    as_json: AsJson = False,
) -> int:
    """Show an answer again, word for word, by its reference.

    It is shown as it was given, also when its edition has been withdrawn since and another build is published.
    """
    from bot.records import Records
    from bot.store import open_store

    session = session_of(context)
    engine = open_store(session.settings.database)
    try:
        found = Records(engine).by_reference(reference)
    finally:
        engine.dispose()
    if found is None:
        raise WrongUse(
            f"No one answer with the reference {reference[:40]} is kept here; check it, and that DESK_HOME and "
            "DESK_DATABASE_URL are those of the desk that answered."
        )
    if as_json:
        session.out.file.write(json.dumps(found.answer.to_json(), ensure_ascii=False) + "\n")
        return DONE
    words = decision_record(found.answer, found.reference, found.asker, found.answered_at)
    session.out.file.write(printable(words).plain)
    return DONE
