"""`desk audit`: who did what to which build, and whether the record of it is as it was written."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from bot.audit import audit_key
from bot.commands.ask import AsJson
from bot.commands.held_builds import put_json
from bot.commands.plain_faults import DONE, FAILED
from bot.commands.session import Session, session_of
from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from knowledge.errors import DeskError

if TYPE_CHECKING:
    from knowledge.adapters.audit_check import AuditOutcome

audit = typer.Typer(
    help="Show who published and rolled back what, and check that the record of it is whole.", no_args_is_help=True
)


@audit.command("list")
def list_records(
    context: typer.Context,
    number: Annotated[int, typer.Option("-n", min=1, metavar="N", help="How many of the last.")] = 20,
    as_json: AsJson = False,
) -> int:
    """List the last records, the newest last."""
    from knowledge.adapters.audit_check import read_trail

    session = session_of(context)
    records = [asdict(record) for record in read_trail(session.settings.home)[-number:]]
    if as_json:
        put_json(session, {"records": records})
        return DONE
    for one in records:
        told = "; ".join(f"{name} {_said(value)}" for name, value in one["details"].items())
        says = " ".join(part for part in (one["time"][:19] + "Z", one["actor"], one["act"], one["build"]) if part)
        lead = Text(f"{one['sequence']:>5}  ", "cyan")
        session.out.print(Hanging(printable(says + (f" ({told})" if told else "")), lead))
    if not records:
        session.out.print("Nothing has been recorded yet.")
    return DONE


@audit.command("head")
def head(context: typer.Context, as_json: AsJson = False) -> int:
    """Print the number and digest of the last record, to be kept where nobody who can reach the trail can.

    Given back to `desk audit verify --anchor`, it shows a trail whose end was cut off or that was written anew.
    """
    session = session_of(context)
    outcome = _outcome(session, None)
    if outcome.fault:
        raise DeskError(outcome.fault)
    if as_json:
        put_json(session, {"sequence": outcome.head.sequence, "digest": outcome.head.digest})
    else:
        session.out.print(str(outcome.head), soft_wrap=True)
    return DONE


@audit.command("verify")
def verify_trail(
    context: typer.Context,
    anchor: Annotated[
        str | None, typer.Option(metavar="SEQ:DIGEST", help="What `desk audit head` printed when it was last kept.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Check every record: its digest, its seal, and that it follows the one before. Names the first bad one."""
    session = session_of(context)
    outcome = _outcome(session, anchor)
    if as_json:
        put_json(
            session,
            {
                "sound": outcome.sound,
                "records": len(outcome.records),
                "head": str(outcome.head),
                "anchored": anchor is not None,
                "first_bad": outcome.first_bad,
                "fault": outcome.fault,
                "notes": list(outcome.notes),
            },
        )
        return DONE if outcome.sound else FAILED
    for note in outcome.notes:
        session.err.print(printable(f"Note: {note}"), soft_wrap=True)
    if outcome.fault:
        raise DeskError(outcome.fault)
    count = len(outcome.records)
    says = f"The audit trail is sound: {count} record{'' if count == 1 else 's'}."
    if anchor is None:
        says += " Whether records were cut off its end only an anchor shows (`desk audit head`)."
    session.out.print(says, soft_wrap=True)
    return DONE


def _outcome(session: Session, anchor: str | None) -> AuditOutcome:
    from knowledge.adapters.audit_check import verify
    from knowledge.adapters.audit_record import Head

    return verify(session.settings.home, audit_key(session.settings), Head.of(anchor) if anchor is not None else None)


def _said(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
