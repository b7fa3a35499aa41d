"""Numbers that could point to a person are not shown: below five it says so, and no unit is shown that is smaller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 5
"""People, or things that one person may have done, below which a number is not broken down (issue of the report)."""
FEW = f"fewer than {FEWEST}"


@dataclass(frozen=True, slots=True)
class UnitCount:
    """Questions of one unit, by its channel; an empty name stands for all the small ones together."""

    unit: str
    count: int


def shown(count: int) -> str:
    """The number, or that it is small. None at all points to nobody and is said."""
    return FEW if 0 < count < FEWEST else str(count)


def by_unit(counts: Mapping[str, int], people: Mapping[str, frozenset[str]]) -> tuple[UnitCount, ...]:
    """Units in which five people asked or more, the most asked in first, and last all others as one.

    `people` are those who asked, by unit. Where the others together are fewer than five people, the smallest unit joins
    them: otherwise subtracting what is shown from the total would tell of them. Empty where nothing may be told apart.
    """
    large = sorted((u for u in counts if len(people[u]) >= FEWEST), key=lambda u: (-counts[u], u))
    small = [unit for unit in counts if unit not in large]

    def crowd() -> int:
        return len(frozenset().union(*(people[unit] for unit in small)))

    while large and small and crowd() < FEWEST:
        small.append(large.pop())
    if not large:
        return ()
    rest = sum(counts[unit] for unit in small)
    told = [UnitCount(unit, counts[unit]) for unit in large]
    return (*told, UnitCount("", rest)) if small else tuple(told)
