"""`desk report`: what was asked, and what could not be answered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.ask import AsJson
from bot.commands.held_builds import put_json, write_page
from bot.commands.plain_faults import DONE
from bot.commands.session import session_of
from bot.rendering.printable import printable

Weeks = Annotated[int, typer.Option(min=1, max=104, help="How many weeks, today the last day.")]


def report(
    context: typer.Context,
    weeks: Weeks = 1,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page for a browser, with charts; fit for a phone.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Report what was asked and what could not be answered, against as many weeks before.

    Questions by topic and rule, not covered, asked back, declined, marked not helpful and flagged as out of date;
    cancellation checks by criterion; what waits for the registrar. Nobody is named, and numbers that could point to a
    person are not shown when they are below five.
    """
    from bot.rendering.report_charts import drawn
    from bot.rendering.report_json import report_json
    from bot.rendering.report_page import report_page
    from bot.rendering.report_view import report_view
    from bot.report.make_report import make_report
    from bot.report.period import weeks_to
    from bot.store import opened_store

    session = session_of(context)
    with opened_store(session.settings.database) as engine:
        made = make_report(engine, weeks_to(session.today() + timedelta(days=1), weeks))
    size = write_page(report_page(made, drawn(made)), html) if html is not None else 0
    if as_json:
        put_json(session, {**report_json(made), **({"html": str(html), "bytes": size} if html is not None else {})})
        return DONE
    session.out.print(report_view(made))
    if html is not None:
        says = f"\nWrote {html} ({size / 1000:.0f} kB): open it in a browser, on a phone too."
        session.out.print(printable(says), soft_wrap=True)
    return DONE
