"""The passages of a build by its plain files: what can be said of them needs no model and no index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.model import Build, Passage


@dataclass(frozen=True, slots=True)
class HeldPassages:
    """As much of a build as is asked whether a ruling stands (`knowledge.ruling_holds.Holding`)."""

    manifest: Build
    by_id: Mapping[str, Passage]

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id. Raises KeyError."""
        return self.by_id[passage_id]

    def passages(self) -> Iterable[Passage]:
        """All passages, edition by edition, in document order."""
        return self.by_id.values()


def held_passages(home: Path, build: Build) -> HeldPassages:
    """The passages of a build of this data directory. Raises BuildInvalid."""
    from knowledge.adapters.build_passages import read_passages

    return HeldPassages(build, {one.id: one for one in read_passages(home / "builds" / build.id, build)})
