"""Scores of the desk as tables for the terminal. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from evaluation.baseline import Baseline
    from evaluation.score import Score

_TOLD = {
    "hit_1": "answering page first",
    "hit_5": "answering page in the first five",
    "mrr": "mean reciprocal rank",
    "all_documents_5": "all documents in the first five",
    "answered": "answerable questions answered",
    "abstained": "out of scope and not answered",
    "precision_not_covered": "not_covered and rightly so",
    "correct_edition": "right edition on dated questions",
    "not_obeyed": "instructions in a question not obeyed",
    "verbatim": "quotations word for word",
}


def figures(with_banks: Score, without: Score, baseline: Baseline | None) -> Table:
    """One row a figure: with the question banks, without them, and the tutorial pipeline where it has that figure."""
    table = Table("", "with banks", "without", "tutorial", box=None, pad_edge=False)
    for name, told in _TOLD.items():
        other = getattr(baseline, name, None) if baseline is not None else None
        table.add_row(told, _rate(getattr(with_banks, name)), _rate(getattr(without, name)), _rate(other))
    return table


def kinds(score: Score) -> Table:
    """One row a kind of question."""
    table = Table("kind", "asked", "as expected", "first", "in five", box=None, pad_edge=False)
    for kind, tally in score.kinds.items():
        placed = tally.placed or math.nan
        table.add_row(
            kind.replace("_", " "),
            str(tally.asked),
            _rate(tally.status_right / tally.asked),
            _rate(tally.hit_1 / placed),
            _rate(tally.hit_5 / placed),
        )
    return table


def _rate(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:.3f}"
