"""`desk search`: the passages nearest to a question, best first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from bot.commands.ask import AsAt, AsJson, Batch, questions_of
from bot.commands.plain_faults import DONE
from bot.commands.session import only_json, session_of
from bot.rendering.terminal_passage import found_view
from knowledge.model import Found


def search(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="In your own words, in quotes.")] = None,
    limit: Annotated[int, typer.Option("-k", metavar="N", min=1, max=100, help="How many passages.")] = 5,
    as_at: AsAt = None,
    batch: Batch = None,
    as_json: AsJson = False,
) -> int:
    """Show the passages nearest to a question, without deciding whether they answer it.

    --batch prints one JSON result a line, in order, and keeps each id. A file with a bad line is refused whole.
    """
    session = session_of(context)
    lines = questions_of(session, question, batch, as_at)
    if batch is None and not as_json:
        day, found = session.open_desk().search(lines[0].question, limit=limit, as_at=lines[0].as_at)
        session.out.print(found_view(day, found))
        return DONE
    with only_json() as put:
        desk = session.open_desk()
        for line in lines:
            day, found = desk.search(line.question, limit=limit, as_at=line.as_at)
            put(json.dumps(line.with_id(search_json(day, found)), ensure_ascii=False))
    return DONE


def search_json(day: date, found: Sequence[Found]) -> dict[str, object]:
    """The object that scripts depend on."""
    return {
        "as_at": day.isoformat(),
        "passages": [
            {
                "passage": one.passage.id,
                "document": one.passage.edition.document,
                "edition": one.passage.edition.label,
                "authority": str(one.passage.edition.authority),
                "section": one.passage.section,
                "pages": list(one.passage.pages),
                "text": one.passage.text,
                "score": round(float(one.score), 4),
            }
            for one in found
        ],
    }
