"""The gate: what a person must say yes to before a build is published (design.md section 4)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ingest.canaries import Canary, Missed, askable, fallen, run_canaries
from ingest.compare_concerns import concerns
from ingest.embed import Remembering
from ingest.publish import Held, builds_folder, current_build, hold, publish, unpublished_ids
from ingest.report import IngestReport
from ingest.verify import verify
from knowledge.adapters.build_directory import BuildDirectory
from knowledge.adapters.build_editions import read_build
from knowledge.adapters.build_files import read_manifest
from knowledge.adapters.published_builds import PublishedBuilds
from knowledge.errors import BuildInvalid, NoBuild
from knowledge.model import Build
from knowledge.ports import Embedder

_LOG = logging.getLogger(__name__)
STAND_IN = "Recording Desk"
"""Publisher of the starter guidance, which stands in until official documents are loaded: nobody misses it then."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What a build is judged by, and the day it is judged on."""

    canaries: Sequence[Canary] = ()
    today: date | None = None
    two_persons: bool = False
    keep_back: bool = False
    """Whether a build is kept unpublished also when nothing speaks against it, for a person to look at."""

    def judge(
        self,
        home: Path,
        build_id: str,
        embedder: Embedder,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> tuple[Held | None, list[str]]:
        """Why the complete build `build_id` is not to be published unseen, None when it may be; and what to look at.

        Measured against the build that answers now. The first build of a data directory replaces nothing, and neither
        does one that replaces a build that cannot be opened: nothing speaks against those, and what they miss is said.
        Raises BuildInvalid.
        """
        directory, today = builds_folder(home) / build_id, self.today or date.today()
        embedder = Remembering(embedder, home / "cache")
        before, after = _published(home), read_build(directory)
        told = concerns(_replaced(before, after), after) if before is not None else []
        fell: Sequence[Missed] = ()
        notes = []
        if self.canaries:
            new = BuildDirectory(directory, embedder.fingerprint)
            asked = len(askable(self.canaries, new))
            missed = run_canaries(new, self.canaries, embedder, today, progress)
            old = _opened(home, embedder) if missed and before is not None else None
            fell = fallen(missed, old, embedder, today) if old is not None else ()
            if asked < len(self.canaries):
                notes.append(
                    f"{len(self.canaries) - asked} of {len(self.canaries)} canary questions were not asked: "
                    "they are about documents that are not held."
                )
            if others := [one.canary.id for one in missed if one not in fell]:
                notes.append(
                    f"{len(others)} of {asked} canary questions are not answered as expected, which is no worse than "
                    f"before: {', '.join(others)}."
                )
        because = (*told, *map(str, fell))
        if not because and not self.two_persons and not self.keep_back:
            return None, notes
        return Held(because, tuple(one.canary.id for one in fell), self.two_persons), notes


def held_already(home: Path, inputs: str) -> str | None:
    """The build kept unpublished that was made from just these inputs, verified: it is judged anew, not remade."""
    for name in reversed(unpublished_ids(home)):
        with suppress(BuildInvalid):
            changes = read_manifest(builds_folder(home) / name)["changes"]
            if isinstance(changes, dict) and changes.get("inputs") == inputs:
                verify(builds_folder(home) / name)
                return name
    return None


def publish_or_hold(
    home: Path,
    build_id: str,
    embedder: Embedder,
    gate: Gate,
    progress: Callable[[str, int, int], None],
    report: IngestReport,
) -> None:
    """Publish a complete build, or keep it unpublished with the reasons; what came of it goes into the report."""
    held, notes = gate.judge(
        home, build_id, embedder, lambda done, total: progress("Asking the canary questions", done, total)
    )
    report.warnings += notes
    report.build, report.held, report.published = build_id, held, held is None
    if held is None:
        publish(home, build_id)
    else:
        hold(home, build_id, held)


def _published(home: Path) -> Build | None:
    """Manifest and editions of the build the pointer names; None where there is none, or it cannot be read."""
    current = current_build(home)
    try:
        return read_build(builds_folder(home) / current) if current else None
    except (BuildInvalid, OSError, ValueError, KeyError, TypeError):
        _LOG.warning("build_unreadable build=%s", current)
        return None


def _opened(home: Path, embedder: Embedder) -> BuildDirectory | None:
    """The build that answers now; None where it was made with another model, or is damaged: nothing to measure by."""
    with suppress(NoBuild, BuildInvalid):
        return PublishedBuilds(home, embedder.fingerprint).current()
    return None


def _replaced(before: Build, after: Build) -> Build | None:
    """The build before without the starter guidance that `after` replaces; None when that is all it held."""
    now = {edition.document for edition in after.editions}
    kept = tuple(one for one in before.editions if one.publisher != STAND_IN or one.document in now)
    return replace(before, editions=kept) if kept else None
