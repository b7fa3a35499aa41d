"""Progress: bars that fill on a terminal, a line now and then anywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bot.wiring import Report


@contextmanager
def showing_progress(console: Console) -> Iterator[Report]:
    """A function to report progress with, shown on `console` while the block runs."""
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield report


def _lines(console: Console) -> Report:
    """A line when a stage begins and when it ends, and one each quarter of the way between."""
    told: dict[str, int] = {}

    def report(stage: str, done: int, total: int) -> None:
        quarter = 4 * done // total if total else 0
        if told.get(stage, -1) < quarter:
            told[stage] = quarter
            console.print(f"{stage}: {done} of {total}" if total else stage, markup=False, soft_wrap=True)

    return report
