"""`desk rulings`: what the registrar's office ruled, how each ruling stands, and acts on them without Slack."""

from __future__ import annotations

import typer

from bot.commands.act_on_ruling import renew, retire, suspend
from bot.commands.ask import AsJson
from bot.commands.export_rulings import export
from bot.commands.held_builds import put_json
from bot.commands.held_rulings import Reference, held_rulings, ruling_named
from bot.commands.plain_faults import DONE
from bot.commands.session import session_of

rulings = typer.Typer(help="Show what the registrar's office ruled; suspend, renew, retire and export rulings.")


@rulings.callback(invoke_without_command=True)
def _list_by_default(context: typer.Context, as_json: AsJson = False) -> int | None:
    return list_rulings(context, as_json) if context.invoked_subcommand is None else None


@rulings.command("list")
def list_rulings(context: typer.Context, as_json: AsJson = False) -> int:
    """List every ruling, the oldest first, and how it stands."""
    from bot.rendering.ruling_json import ruling_json
    from bot.rendering.terminal_ruling import rulings_view

    session = session_of(context)
    with held_rulings(session) as (_, store):
        held = store.all()
    if as_json:
        put_json(session, {"rulings": [ruling_json(kept) for kept in held]})
    else:
        session.out.print(rulings_view(held))
    return DONE


@rulings.command("show")
def show_ruling(context: typer.Context, reference: Reference, as_json: AsJson = False) -> int:
    """Show a ruling: question, answer, the passages it rests on as they read, and why it is suspended where it is."""
    from bot.rendering.ruling_json import ruling_json
    from bot.rendering.terminal_ruling import ruling_view

    session = session_of(context)
    with held_rulings(session) as (_, store):
        kept = ruling_named(store, reference)
    if as_json:
        put_json(session, ruling_json(kept))
    else:
        session.out.print(ruling_view(kept))
    return DONE


rulings.command("suspend")(suspend)
rulings.command("renew")(renew)
rulings.command("retire")(retire)
rulings.command("export")(export)
