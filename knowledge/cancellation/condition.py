"""When a line applies or a case holds: every test of the condition, each on one field of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.cancellation.crime import Crime
from knowledge.cancellation.form import Begun, Criterion, Decider, Form, Pressure, ReliedOn, Told
from knowledge.errors import DeskError

_CHOICES: dict[str, type[StrEnum]] = {
    "criterion": Criterion,
    "crime": Crime,
    "crime_not": Crime,
    "relied_any": ReliedOn,
    "relied_only": ReliedOn,
    "decider": Decider,
    "decider_not": Decider,
    "told": Told,
    "pressure": Pressure,
    "begun": Begun,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """The form as conditions read it."""

    criterion: Criterion
    crime: Crime
    relied_on: frozenset[ReliedOn]
    decider: Decider
    independent: bool
    told: Told
    pressure: Pressure
    begun: Begun

    @classmethod
    def of(cls, form: Form, crime: Crime) -> Facts:
        """The facts of a form whose crime has been read."""
        relied_on = frozenset(form.relied_on)
        rest = (form.decider, form.independent, form.told, form.pressure, form.begun)
        return cls(form.criterion, crime, relied_on, *rest)


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests that must all hold: (field, values). Without any it always holds."""

    tests: tuple[tuple[str, frozenset[Any]], ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether every test holds of the facts."""
        return all(_holds(name, values, facts) for name, values in self.tests)


def _holds(name: str, values: frozenset[Any], facts: Facts) -> bool:
    match name:
        case "relied_any":
            return not values.isdisjoint(facts.relied_on)
        case "relied_only":
            return facts.relied_on <= values
        case "crime_not":
            return facts.crime not in values
        case "decider_not":
            return facts.decider not in values
        case _:
            return getattr(facts, name) in values


def read_condition(body: Mapping[str, Any], groups: Mapping[str, frozenset[ReliedOn]], where: str) -> Condition:
    """The condition of a TOML table; `@name` stands for a group of what is relied on.

    Raises DeskError naming `where` and what is not a field or a choice.
    """
    tests: list[tuple[str, frozenset[Any]]] = []
    for name, values in body.items():
        if name == "independent":
            tests.append((name, frozenset({bool(values)})))
            continue
        try:
            kind = _CHOICES[name]
            chosen: set[Any] = set()
            for value in values:
                chosen |= groups[value[1:]] if value.startswith("@") else {kind(value)}
        except (KeyError, ValueError) as fault:
            raise DeskError(f"The table of the cancellation rules is wrong in {where}: {fault}.") from fault
        tests.append((name, frozenset(chosen)))
    return Condition(tuple(tests))
