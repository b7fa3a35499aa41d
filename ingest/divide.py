"""Divide the units under one heading into passages, each within the model's limit, losing as little as can be lost.

The best division is found, not guessed: over every place the text could be divided, the one whose passages together
cost least, where a passage costs for being short and for what is torn at its beginning.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.units import Unit

SHORTEST = 80
LONGEST = 350
_PASSAGE = 14.0
"""What one more passage costs, so that a text that fits whole stays whole."""
_SHORT_WORD = 0.4
"""What each word under SHORTEST costs."""


def divide(units: Sequence[Unit], tokens: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """(start, end) of each passage over `units`, which count `tokens`; a passage may hold `limit`."""
    best, came = [0.0], [0]
    for end in range(1, len(units) + 1):
        cheapest, start_of_cheapest = float("inf"), end - 1
        held = words = 0
        for start in range(end - 1, -1, -1):
            held += tokens[start]
            words += len(units[start].text.split())
            if start < end - 1 and (held > limit or words > LONGEST):
                break
            cost = best[start] + _PASSAGE + _SHORT_WORD * max(0, SHORTEST - words) + (units[start].cost if start else 0)
            if cost < cheapest:
                cheapest, start_of_cheapest = cost, start
        best.append(cheapest)
        came.append(start_of_cheapest)
    spans: list[tuple[int, int]] = []
    end = len(units)
    while end > 0:
        spans.append((came[end], end))
        end = came[end]
    return spans[::-1]
