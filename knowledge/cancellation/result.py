"""The result of a cancellation check: line by line, each with the rule it rests on. It is never a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.cancellation.form import Criterion
from knowledge.model import Citation


class Verdict(StrEnum):
    """Whether one requirement is met on what the form says."""

    MET = "MET"
    NOT_MET = "NOT MET"
    UNCLEAR = "UNCLEAR"
    REGISTRAR_ONLY = "REGISTRAR ONLY"


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One requirement: what the rule asks, how it stands, why, what is missing, and the numbers of its citations."""

    rule: str
    verdict: Verdict
    says: str
    missing: tuple[str, ...]
    citations: tuple[int, ...]

    def to_json(self) -> dict[str, object]:
        """The object that scripts depend on."""
        return {
            "rule": self.rule,
            "verdict": str(self.verdict),
            "says": self.says,
            "missing": list(self.missing),
            "citations": list(self.citations),
        }


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the rules in force on a date require of one form. Without lines where no reviewed table fits that date.

    `edition` names the edition the lines are quoted from (empty without lines). `held` are the numbers of citations no
    line rests on: passages on cancelling that the build holds, shown beside the lines or instead of them.
    """

    as_at: date
    build: str
    edition: str
    criterion: Criterion
    lines: tuple[ResultLine, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    held: tuple[int, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The object that scripts depend on."""
        return {
            "as_at": self.as_at.isoformat(),
            "build": self.build,
            "edition": self.edition,
            "criterion": str(self.criterion),
            "lines": [line.to_json() for line in self.lines],
            "citations": [citation.to_json() for citation in self.citations],
            "notices": list(self.notices),
        }
