"""`desk builds compare`: what one build says otherwise than another, rule by rule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.ask import AsJson
from bot.commands.held_builds import put_json, write_page
from bot.commands.plain_faults import DONE
from bot.commands.session import session_of
from bot.rendering.comparison_json import comparison_json
from bot.rendering.comparison_text import comparison_view
from bot.rendering.printable import printable


def compare(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="The earlier build.")],
    second: Annotated[str, typer.Argument(metavar="B", help="The later build.")],
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page for a browser: each rule as it was and as it is.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say what build B changes against build A: its editions, and rule by rule what was added, removed or reworded.

    Words gone stand in [- -], new ones in {+ +}; figures and words such as must, may, NOT and never are named apart.
    """
    from bot.rendering.comparison_page import comparison_page
    from ingest.compare import compare_builds
    from ingest.compare_concerns import concerns

    session = session_of(context)
    with session.err.status("Comparing"):
        comparison = compare_builds(session.settings.home, first, second)
        told = concerns(comparison.before, comparison.after)
    size = write_page(comparison_page(comparison, told), html) if html is not None else 0
    if as_json:
        written = {"html": str(html), "bytes": size} if html is not None else {}
        put_json(session, {**comparison_json(comparison, told), **written})
        return DONE
    session.out.print(comparison_view(comparison, told))
    if html is not None:
        says = f"\nWrote {html} ({size / 1000:.0f} kB): open it in a browser to read each rule as it was and as it is."
        session.out.print(printable(says), soft_wrap=True)
    return DONE
