"""What an ingest did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.publish import Held


@dataclass
class IngestReport:
    """What an ingest did; `to_json` is the object of design.md section 6.

    `held` says why `build` is kept unpublished; None where it is published, or nothing could be built.
    """

    build: str | None = None
    published: bool = False
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)
    passages: int = 0
    embedded: int = 0
    reused: int = 0
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0
    held: Held | None = None

    def to_json(self) -> dict[str, Any]:
        """As `desk ingest --json` ends with it."""
        return {
            "build": self.build,
            "published": self.published,
            "documents": {
                "added": self.added,
                "changed": self.changed,
                "unchanged": self.unchanged,
                "withdrawn": self.withdrawn,
                "rejected": [file for file, _ in self.rejected],
            },
            "passages": {"total": self.passages, "embedded": self.embedded, "reused": self.reused},
            "rejected": [{"file": file, "reason": reason} for file, reason in self.rejected],
            "seconds": round(self.seconds, 1),
        }
