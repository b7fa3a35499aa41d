"""`desk show REF`: an answer or a cancellation check, as it was given."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.commands.ask import AsJson
from bot.commands.plain_faults import DONE
from bot.commands.session import session_of
from bot.kept_checks import form_record
from bot.rendering.check_record import check_record_text
from bot.rendering.decision_record import decision_record
from bot.rendering.printable import printable
from knowledge.errors import WrongUse


def show(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(metavar="REF", help="As it stands in the crime record: 8 letters.")],
    as_json: AsJson = False,
) -> int:
    """Show an answer or a cancellation check again, word for word, by its reference.

    It is shown as it was given, also when its edition has been withdrawn since and another build is published.
    """
    from bot.checks import Checks
    from bot.records import Records
    from bot.rulings import RulingStore
    from bot.store import opened_store

    session = session_of(context)
    with opened_store(session.settings.database) as engine:
        found, check = Records(engine).by_reference(reference), Checks(engine).by_reference(reference)
        ruling = RulingStore(engine).find(reference) if found is None and check is None else None
    if check is not None and found is None:
        told = {"reference": check.reference, "form": form_record(check.form), **check.result.to_json()}
        words = json.dumps(told, ensure_ascii=False) + "\n" if as_json else check_record_text(check)
        session.out.file.write(words if as_json else printable(words).plain)
        return DONE
    if ruling is not None:
        raise WrongUse(
            f"{ruling.ruling.reference} is a ruling; `desk rulings show {ruling.ruling.reference}` shows it."
        )
    if found is None or check is not None:
        raise WrongUse(
            f"No one answer or check with the reference {reference[:40]} is kept here; check it, and that "
            "DESK_HOME and DESK_DATABASE_URL are those of the desk that answered."
        )
    if as_json:
        session.out.file.write(json.dumps(found.answer.to_json(), ensure_ascii=False) + "\n")
        return DONE
    words = decision_record(found.answer, found.reference, found.asker, found.answered_at)
    session.out.file.write(printable(words).plain)
    return DONE
