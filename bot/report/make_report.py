"""Make the report on a period from the records."""

from __future__ import annotations

from sqlalchemy import Engine

from bot.report.figures import Report, figures
from bot.report.gather import gather
from bot.report.period import Period


def make_report(engine: Engine, period: Period) -> Report:
    """The report; it reads back to the first week of its trend. Raises StoreUnavailable."""
    return figures(gather(engine, period.trend()[0].begins, period.ends), period)
