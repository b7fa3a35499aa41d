"""`desk builds`: what has been published, what changed, and back to what was before."""

from __future__ import annotations

import typer
from rich.text import Text

from bot.audit import record_build_act
from bot.commands.ask import AsJson
from bot.commands.compare import compare
from bot.commands.held_builds import BuildId, brief, current_id, put_json
from bot.commands.plain_faults import DONE
from bot.commands.publish_build import publish
from bot.commands.session import session_of
from bot.commands.show_build import show
from bot.holding import read_held
from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from knowledge.errors import NoBuild

builds = typer.Typer(help="Show what has been published, compare builds, and go back to one before.")


@builds.callback(invoke_without_command=True)
def _list_by_default(context: typer.Context, as_json: AsJson = False) -> int | None:
    return list_builds(context, as_json) if context.invoked_subcommand is None else None


@builds.command("list")
def list_builds(context: typer.Context, as_json: AsJson = False) -> int:
    """List the builds held, newest first; the published one is marked, and those kept unpublished say so."""
    from ingest.publish import build_ids, current_build, unpublished_ids

    session = session_of(context)
    current = current_build(session.settings.home)
    held = [read_held(session.settings.home, name) for name in reversed(build_ids(session.settings.home))]
    unpublished = unpublished_ids(session.settings.home)
    if as_json:
        told = [brief(build) for build in held]
        put_json(session, {"published": current, "unpublished": unpublished, "builds": told})
        return DONE
    if not held:
        raise NoBuild("Nothing has been published yet; run `desk ingest` to index the guidance.")
    for build in held:
        mark = Text("* " if build.id == current else "  ", "green")
        says = f"{build.id}  {build.passages} passages of {len(build.editions)} editions, by {build.created_by}"
        says += "; kept unpublished" if build.id in unpublished else ""
        session.out.print(Hanging(printable(says), mark))
    session.out.print(Text("* published", "dim"))
    return DONE


builds.command("show")(show)
builds.command("compare")(compare)
builds.command("publish")(publish)


@builds.command("rollback")
def roll_back(context: typer.Context, as_json: AsJson = False) -> int:
    """Publish the build before this one again. A running desk goes over to it by itself."""
    from ingest.publish import rollback

    session = session_of(context)
    before = current_id(session)
    now = rollback(session.settings.home)
    if as_json:
        put_json(session, {"published": now, "before": before})
    else:
        session.out.print(f"Build {now} is published again, in place of {before}.", soft_wrap=True)
    record_build_act(session.settings, "rolled_back", now, previous=before)
    return DONE


@builds.command("verify")
def verify_build(
    context: typer.Context,
    build_id: BuildId = None,
    as_json: AsJson = False,
) -> int:
    """Open a build in a process of its own and check it whole."""
    from ingest.publish import builds_folder
    from ingest.verify import verify

    session = session_of(context)
    build = read_held(session.settings.home, build_id or current_id(session))
    with session.err.status(f"Verifying {build.id}"):
        verify(builds_folder(session.settings.home) / build.id)
    if as_json:
        put_json(session, {"build": build.id, "sound": True, "passages": build.passages})
        return DONE
    says = f"Build {build.id} is sound: all {build.passages} passages of {len(build.editions)} editions."
    session.out.print(says, soft_wrap=True)
    return DONE
