"""`desk builds show`: what one build holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from bot.commands.ask import AsJson
from bot.commands.held_builds import BuildId, brief, current_id, put_json
from bot.commands.plain_faults import DONE
from bot.commands.progress import showing_progress
from bot.commands.session import Session, session_of
from bot.holding import read_held
from bot.rendering.build_contents import DocumentContents, build_contents, contents_view
from bot.rendering.printable import printable
from knowledge.model import Build, Passage


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
    build = read_held(session.settings.home, build_id or current_id(session))
    passages = read_passages(builds_folder(session.settings.home) / build.id, build)
    written = _write_review(session, build, passages, html) if html is not None else {}
    contents = build_contents(build, passages)
    if as_json:
        put_json(session, {**_whole(build, contents), **written})
        return DONE
    session.out.print(Text(f"Build {build.id}", "bold"), Text(f"made {build.created} by {build.created_by}"), sep="\n")
    made_with = f"{build.passages} passages; model {build.model.get('name')}; splitter {build.splitter}"
    session.out.print(printable(made_with), Text(), sep="\n", soft_wrap=True)
    session.out.print(contents_view(build, contents))
    if html is not None:
        says = f"\nWrote {html} ({written['bytes'] / 1e6:.1f} MB): open it in a browser to leaf through the passages."
        session.out.print(printable(says), soft_wrap=True)
    return DONE


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
            "withdrawn": e.withdrawn.isoformat() if e.withdrawn else None,
            "withdrawn_reason": e.withdrawn_reason,
            "file": e.file,
            "digest": e.digest,
            **one.to_json(),
        }
        for e, one in ((one.edition, one) for one in contents)
    ]
    made = {"model": build.model, "splitter": build.splitter, "changes": build.changes}
    return {**brief(build), "editions": editions, **made}
