"""What a fetch found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ingest.fetch.drafts import Draft

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done, total); a total of 0 means that nobody knows."""


class Outcome(StrEnum):
    """What was found of one document."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    VANISHED = "vanished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one document. `reason` says why it vanished or failed, `draft` is what was kept of it.

    `listed_as` is its title on its page, `moved_to` where its address has moved for good.
    """

    document: str
    title: str
    outcome: Outcome
    reason: str = ""
    draft: Draft | None = None
    listed_as: str = ""
    published: date | None = None
    note: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch found. `drafts` are the ids of all drafts that wait for a person, not of this fetch alone.

    `check` is true where nothing was kept.
    """

    findings: tuple[Finding, ...]
    drafts: tuple[str, ...]
    check: bool = False

    def of(self, outcome: Outcome) -> list[Finding]:
        """The documents that it was found of."""
        return [one for one in self.findings if one.outcome is outcome]

    @property
    def nothing_new(self) -> bool:
        """Whether every document was found as it is held."""
        return all(one.outcome is Outcome.UNCHANGED for one in self.findings)

    def to_json(self) -> dict[str, Any]:
        """`desk fetch --json`: how many were checked, and the ids of the documents by what was found of them."""
        ids = {str(kind): [one.document for one in self.of(kind)] for kind in Outcome if kind is not Outcome.FAILED}
        failed = [{"id": one.document, "reason": one.reason} for one in self.of(Outcome.FAILED)]
        return {"checked": len(self.findings), **ids, "failed": failed, "drafts": list(self.drafts)}
