"""Hold the reviewed table against a build, as an ingest does before it publishes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from knowledge.cancellation.load_table import load_table
from knowledge.cancellation.resolve import State, edition_reviewed, read_rule
from knowledge.model import Edition, Passage


class Passages(Protocol):
    """As much of an open build as the table is held against."""

    def passages(self) -> Iterable[Passage]: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule of the table that an edition no longer words as reviewed. `sha256` is what to record once it is reviewed
    again (empty where the rule is gone).
    """

    document: str
    edition: str
    rule: str
    section: str
    state: State
    sha256: str

    def __str__(self) -> str:
        place = f"{self.document}, {self.edition}, {self.section}"
        if self.state is State.GONE:
            return f"{place}: the cancellation rule {self.rule} is not there any more; review the table."
        return (
            f"{place}: the words of the cancellation rule {self.rule} changed; review them, then record {self.sha256}."
        )


def check_table(build: Passages) -> list[Problem]:
    """Every rule that changed since the table was reviewed, in the newest edition of each document held.

    Empty where all is as reviewed, and where no reviewed document is held.
    """
    by_edition: dict[Edition, list[Passage]] = {}
    for passage in build.passages():
        by_edition.setdefault(passage.edition, []).append(passage)
    problems = []
    for document in load_table().documents:
        edition = edition_reviewed(document, by_edition)
        for anchor in document.anchors if edition else ():
            rule = read_rule(anchor, by_edition[edition]) if edition else None
            if edition and rule and rule.state is not State.AS_REVIEWED:
                problems.append(
                    Problem(document.document, edition.label, anchor.name, anchor.section, rule.state, rule.sha256)
                )
    return problems
