"""`desk builds publish`: publish a build that is held, with a reason where something speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from bot.audit import account
from bot.commands.ask import AsJson
from bot.commands.held_builds import put_json
from bot.commands.plain_faults import DONE
from bot.commands.session import Session, session_of
from bot.holding import read_held
from bot.publishing import publish_build
from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from knowledge.errors import WrongUse

if TYPE_CHECKING:
    from ingest.publish import Held


def publish(
    context: typer.Context,
    build_id: Annotated[str, typer.Argument(metavar="BUILD", help="As `desk builds list` names it.")],
    reason: Annotated[
        str, typer.Option("--reason", help="Why it is published although something speaks against it; recorded.")
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Publish a build that is held. A running desk goes over to it by itself.

    One that was kept unpublished because canary questions fell, or because of what it lacks, needs a reason, which the
    audit trail keeps. Where two persons are asked for, another than the one who made it publishes it.
    """
    from ingest.publish import held_back

    session = session_of(context)
    held = held_back(session.settings.home, read_held(session.settings.home, build_id).id)
    if held is not None and held.because and not reason.strip():
        say_why(session, held)
        raise WrongUse(f'Build {build_id} is kept unpublished; publish it all the same with --reason "why you may".')
    before = publish_build(session.settings, build_id, reason, account())
    if as_json:
        put_json(session, {"published": build_id, "before": before})
        return DONE
    says = f"Build {build_id} is published" + (f", in place of {before}." if before else ".")
    session.out.print(says, soft_wrap=True)
    return DONE


def say_why(session: Session, held: Held) -> None:
    """Each thing that speaks against a build, a line or more to each, on standard error."""
    for sentence in held.because:
        session.err.print(Hanging(printable(sentence), Text("  - ")))
    if held.second_person:
        session.err.print(Hanging(printable("Another person than who made it has to publish it."), Text("  - ")))
