"""A build by its plain files: what can be said of it without a search needs no model and no index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import BuildInvalid
from knowledge.model import Build, Edition, Passage


@dataclass(frozen=True, slots=True)
class HeldBuild:
    """As much of a build as is asked whether a ruling stands, and as the cancellation check reads."""

    manifest: Build
    directory: Path
    by_id: Mapping[str, Passage]

    @property
    def editions(self) -> Sequence[Edition]:
        """What it holds."""
        return self.manifest.editions

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id. Raises KeyError."""
        return self.by_id[passage_id]

    def passages(self) -> Iterable[Passage]:
        """All passages, edition by edition, in document order."""
        return self.by_id.values()

    def offences(self) -> Sequence[dict[str, Any]]:
        """Structured records of the offence list, none where the build has no list. Raises BuildInvalid."""
        try:
            lines = (self.directory / "offences.jsonl").read_text(encoding="utf-8").splitlines()
            return [json.loads(line) for line in lines]
        except FileNotFoundError:
            return []
        except (OSError, ValueError) as fault:
            name = self.manifest.id
            raise BuildInvalid(
                f"Build {name} is damaged: its offence list cannot be read; run `desk builds verify {name}`."
            ) from fault


def held_build(home: Path, build: Build) -> HeldBuild:
    """A build of this data directory, its passages read. Raises BuildInvalid."""
    from knowledge.adapters.build_passages import read_passages

    directory = home / "builds" / build.id
    return HeldBuild(build, directory, {one.id: one for one in read_passages(directory, build)})
