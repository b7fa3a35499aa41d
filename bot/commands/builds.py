"""`desk builds`: what has been published, what changed, and back to what was before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from bot.commands.ask import AsJson
from bot.commands.plain_faults import DONE
from bot.commands.progress import showing_progress
from bot.commands.session import Session, session_of
from bot.rendering.build_contents import DocumentContents, build_contents, contents_view
from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from knowledge.errors import NoBuild
from knowledge.model import Build, Passage

builds = typer.Typer(help="Show what has been published, compare builds, and go back to one before.")
BuildId = Annotated[str | None, typer.Argument(metavar="[BUILD]", help="The published one if none is named.")]


@builds.callback(invoke_without_command=True)
def _list_by_default(context: typer.Context, as_json: AsJson = False) -> int | None:
    return list_builds(context, as_json) if context.invoked_subcommand is None else None


@builds.command("list")
def list_builds(context: typer.Context, as_json: AsJson = False) -> int:
    """List the builds kept, newest first; the published one is marked."""
    from ingest.publish import build_ids, current_build

    session = session_of(context)
    current = current_build(session.settings.home)
    held = [_read(session, name) for name in reversed(build_ids(session.settings.home))]
    if as_json:
        return _put(session, {"published": current, "builds": [_brief(build) for build in held]})
    if not held:
        raise NoBuild("Nothing has been published yet; run `desk ingest` to index the guidance.")
    for build in held:
        mark = Text("* " if build.id == current else "  ", "green")
        says = f"{build.id}  {build.passages} passages of {len(build.editions)} editions, by {build.created_by}"
        session.out.print(Hanging(printable(says), mark))
    session.out.print(Text("* published", "dim"))
    return DONE


@builds.command("show")
def show(
    context: typer.Context,
    build_id: BuildId = None,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a page for a browser: every passage beside a picture of its page."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Show what a build holds: each document with its passages by kind, the pictures read, and warnings."""
    from ingest.publish import builds_folder
    from knowledge.adapters.build_passages import read_passages

    session = session_of(context)
    build = _read(session, build_id or _current(session))
    passages = read_passages(builds_folder(session.settings.home) / build.id, build)
    written = _write_review(session, build, passages, html) if html is not None else {}
    contents = build_contents(build, passages)
    if as_json:
        return _put(session, {**_whole(build, contents), **written})
    session.out.print(Text(f"Build {build.id}", "bold"), Text(f"made {build.created} by {build.created_by}"), sep="\n")
    made_with = f"{build.passages} passages; model {build.model.get('name')}; splitter {build.splitter}"
    session.out.print(printable(made_with), Text(), sep="\n", soft_wrap=True)
    session.out.print(contents_view(build, contents))
    if html is not None:
        says = f"\nWrote {html} ({written['bytes'] / 1e6:.1f} MB): open it in a browser to leaf through the passages."
        session.out.print(printable(says), soft_wrap=True)
    return DONE


@builds.command("compare")
def compare(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="The earlier build.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The later build.")],
    as_json: AsJson = False,
) -> int:
    """Say which editions build B added, changed and withdrew against build A."""
    session = session_of(context)
    before, after = ({e.key: e for e in _read(session, name).editions} for name in (first, second))
    changes = {
        "added": [key for key in after if key not in before],
        "changed": [key for key in after if key in before and after[key] != before[key]],
        "withdrawn": [key for key in before if key not in after],
        "unchanged": [key for key in after if before.get(key) == after[key]],
    }
    if as_json:
        return _put(session, {"a": first, "b": second, "editions": changes})
    for word in ("added", "changed", "withdrawn"):
        for key in changes[word]:
            session.out.print(printable(f"{word:10} {key}"))
    session.out.print(f"unchanged  {len(changes['unchanged'])}")
    return DONE


@builds.command("rollback")
def roll_back(context: typer.Context, as_json: AsJson = False) -> int:
    """Publish the build before this one again. A running desk goes over to it by itself."""
    from ingest.publish import rollback

    session = session_of(context)
    before = _current(session)
    now = rollback(session.settings.home)
    if as_json:
        return _put(session, {"published": now, "before": before})
    session.out.print(f"Build {now} is published again, in place of {before}.", soft_wrap=True)
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
    build = _read(session, build_id or _current(session))
    with session.err.status(f"Verifying {build.id}"):
        verify(builds_folder(session.settings.home) / build.id)
    if as_json:
        return _put(session, {"build": build.id, "sound": True, "passages": build.passages})
    says = f"Build {build.id} is sound: all {build.passages} passages of {len(build.editions)} editions."
    session.out.print(says, soft_wrap=True)
    return DONE


def _current(session: Session) -> str:
    from ingest.publish import current_build

    name = current_build(session.settings.home)
    if name is None:
        raise NoBuild("Nothing has been published yet; run `desk ingest` to index the guidance.")
    return name


def _read(session: Session, name: str) -> Build:
    from ingest.publish import build_ids, builds_folder
    from knowledge.adapters.build_directory import read_build

    home = session.settings.home
    if name not in build_ids(home):
        raise NoBuild(f"There is no build {name}; `desk builds list` shows what there is.")
    return read_build(builds_folder(home) / name)


def _brief(build: Build) -> dict[str, Any]:
    return {
        "id": build.id,
        "created": build.created,
        "created_by": build.created_by,
        "passages": build.passages,
        "editions": len(build.editions),
    }


def _write_review(session: Session, build: Build, passages: Sequence[Passage], to: Path) -> dict[str, Any]:
    from bot.commands.review import write_review

    with showing_progress(session.err) as progress:
        size = write_review(session.settings.home, build, passages, to, progress)
    return {"html": str(to), "bytes": size}


def _whole(build: Build, contents: Sequence[DocumentContents]) -> dict[str, Any]:
    editions = [
        {
            "document": e.document,
            "title": e.title,
            "edition": e.label,
            "authority": str(e.authority),
            "effective_from": e.effective_from.isoformat() if e.effective_from else None,
            "effective_to": e.effective_to.isoformat() if e.effective_to else None,
            "file": e.file,
            "digest": e.digest,
            **one.to_json(),
        }
        for e, one in ((one.edition, one) for one in contents)
    ]
    made = {"model": build.model, "splitter": build.splitter, "changes": build.changes}
    return {**_brief(build), "editions": editions, **made}


def _put(session: Session, body: dict[str, Any]) -> int:
    session.out.out(json.dumps(body, ensure_ascii=False), highlight=False)
    return DONE
