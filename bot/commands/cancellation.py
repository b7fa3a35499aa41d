"""`desk cancellation`: the cancellation check without Slack. It informs; it never decides."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.audit import account
from bot.commands.ask import AsAt
from bot.commands.cancellation_form import QUESTIONS, Given, form_of
from bot.commands.cancellation_review import review
from bot.commands.plain_faults import DONE
from bot.commands.session import Session, only_json, session_of
from bot.held_build import held_build
from bot.rendering.check_record import check_record_text
from bot.rendering.printable import printable
from bot.rendering.terminal_cancellation import check_view
from bot.wiring import reviews_of
from knowledge.cancellation.check_cancellation import check_cancellation
from knowledge.cancellation.form import Choice, Criterion, Form, ReliedOn
from knowledge.cancellation.menus import Asked
from knowledge.cancellation.result import CheckResult
from knowledge.errors import StoreUnavailable

if TYPE_CHECKING:
    from bot.checks import RecordedCheck


def _choices(choices: type[Choice]) -> str:
    return ", ".join(choices)


def _help(question: Asked) -> str:
    _, choices, says, _ = QUESTIONS[question]
    return f"{says} One of: {_choices(choices)}."


cancellation = typer.Typer()
cancellation.command("review")(review)


@cancellation.callback(invoke_without_command=True)
def check(
    context: typer.Context,
    criterion: Annotated[str | None, typer.Option(metavar="C", help=f"One of: {_choices(Criterion)}.")] = None,
    crime: Annotated[
        str | None,
        typer.Option(
            metavar="CRIME", help='"rape", "homicide", or a class or offence code: "8N s47", 104, 105A, 008/06.'
        ),
    ] = None,
    relied_on: Annotated[
        list[str] | None,
        typer.Option(metavar="WHAT", help=f"What is relied on; may be given again. Of: {_choices(ReliedOn)}."),
    ] = None,
    deciding: Annotated[str | None, typer.Option(metavar="WHO", help=_help(Asked.DECIDER))] = None,
    independent: Annotated[str | None, typer.Option(metavar="YES|NO", help=_help(Asked.INDEPENDENT))] = None,
    told: Annotated[str | None, typer.Option(metavar="HOW", help=_help(Asked.TOLD))] = None,
    pressure: Annotated[str | None, typer.Option(metavar="HOW", help=_help(Asked.PRESSURE))] = None,
    begun: Annotated[str | None, typer.Option(metavar="YES|NO", help=f"For rape. {_help(Asked.BEGUN)}")] = None,
    as_at: AsAt = None,
    record: Annotated[
        bool, typer.Option("--record", help="Keep it, and print it as text for the crime record, with a reference.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int | None:
    """Check what the rules require before a recorded crime is transferred or cancelled, and what stands in the way.

    In a terminal, what is not given is asked. Give choices only, never the words of a report.
    """
    if context.invoked_subcommand is not None:
        return None
    session = session_of(context)
    answers = {
        Asked.DECIDER: deciding,
        Asked.INDEPENDENT: independent,
        Asked.TOLD: told,
        Asked.PRESSURE: pressure,
        Asked.BEGUN: begun,
    }
    given = Given(criterion, crime, relied_on or (), answers, as_at)
    published = session.published(session.settings)  # before anyone fills in a form that nothing could answer
    form = form_of(given, session, ask=not as_json and _attended())
    result = check_cancellation(form, held_build(session.settings.home, published), reviews_of(session.settings))
    taken = _taken(session, form, result) if record else None
    if as_json:
        with only_json() as put:
            kept = {"reference": taken.reference} if taken is not None else {}
            put(json.dumps({**kept, **result.to_json()}, ensure_ascii=False))
    elif taken is not None:
        session.out.file.write(printable(check_record_text(taken)).plain)
    else:
        session.out.print(check_view(result))
    return DONE


def _taken(session: Session, form: Form, result: CheckResult) -> RecordedCheck:
    """The check, kept whole under this account's name. Raises StoreUnavailable."""
    from bot.checks import Checks
    from bot.store import opened_store

    with opened_store(session.settings.database) as engine:
        checks = Checks(engine)
        taken = checks.take(checks.keep(form, result), "", account())
    if taken is None:
        raise StoreUnavailable("The check was made and could not be kept; run it again.")
    return taken


def _attended() -> bool:
    """Whether somebody sits at a terminal to be asked."""
    return sys.stdin is not None and sys.stdin.isatty()
