"""The builds held in the data directory, found by name for the commands about them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.session import Session
from knowledge.errors import NoBuild
from knowledge.model import Build
from knowledge.put_in_place import written_aside

BuildId = Annotated[str | None, typer.Argument(metavar="[BUILD]", help="The published one if none is named.")]


def current_id(session: Session) -> str:
    """The id of the published build. Raises NoBuild."""
    from ingest.publish import current_build

    name = current_build(session.settings.home)
    if name is None:
        raise NoBuild("Nothing has been published yet; run `desk ingest` to index the guidance.")
    return name


def brief(build: Build) -> dict[str, Any]:
    """What a list of builds says of one, as JSON."""
    return {
        "id": build.id,
        "created": build.created,
        "created_by": build.created_by,
        "passages": build.passages,
        "editions": len(build.editions),
    }


def put_json(session: Session, body: dict[str, Any]) -> None:
    """One JSON object on standard output."""
    session.out.out(json.dumps(body, ensure_ascii=False), highlight=False)


def write_page(page: str, to: Path) -> int:
    """Write an HTML page whole or not at all, and return its size in bytes. Raises OSError."""
    body = page.encode()
    with written_aside(to, to_disk=False) as file:
        file.write(body)
    return len(body)
