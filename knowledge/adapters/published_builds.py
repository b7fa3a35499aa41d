"""The published build, opened once and swapped when the pointer changes (the Builds port)."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

from knowledge.adapters.build_directory import MANIFEST, BuildDirectory
from knowledge.child_process import run_child
from knowledge.errors import BuildInvalid, ModelMismatch, NoBuild
from knowledge.ports import ModelFingerprint

_LOG = logging.getLogger(__name__)
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,80}")
_LOOK_EVERY_SECONDS = 1.0
_OPENING_SECONDS = 60


class PublishedBuilds:
    """What CURRENT points to below `home`/builds; the newest sound build when that one is damaged.

    The pointer is looked at no more than once a second. A question keeps the build it began with: a build is a value,
    and the old one stays open as long as somebody holds it.
    """

    def __init__(self, home: Path, model: ModelFingerprint) -> None:
        self._folder = home / "builds"
        self._model = model
        self._lock = threading.Lock()
        self._open: BuildDirectory | None = None
        self._pointer: str | None = None
        self._looked = 0.0

    def current(self) -> BuildDirectory:
        """The published build. Raises NoBuild, BuildInvalid or ModelMismatch."""
        with self._lock:
            if self._open is None or time.monotonic() - self._looked >= _LOOK_EVERY_SECONDS:
                self._look()
            if self._open is None:
                raise NoBuild("Nothing has been indexed yet; run `desk ingest` first.")
            return self._open

    def _look(self) -> None:
        self._looked = time.monotonic()
        pointer = self._read_pointer()
        if self._open is not None and pointer in (self._pointer, None):
            return
        if pointer is None and not self._candidates(None):
            return
        faults: list[BuildInvalid] = []
        for name in self._candidates(pointer):
            if self._open is not None and self._open.directory.name == name:
                break
            try:
                self._open = self._open_soundly(self._folder / name)
                break
            except ModelMismatch:
                # Another build was made with the same wrong model, or with an older one: falling back hides a mistake.
                if self._open is None:
                    raise
                break
            except BuildInvalid as fault:
                _LOG.error("build_damaged build=%s serving=%s", name, self._open and self._open.directory.name)
                faults.append(fault)
        self._pointer = pointer
        if self._open is None and faults:
            raise faults[0]

    def _candidates(self, pointer: str | None) -> list[str]:
        """The published build first, then the others, newest first."""
        if not self._folder.is_dir():
            return []
        others = sorted(
            (p.name for p in self._folder.iterdir() if _NAME.fullmatch(p.name) and (p / MANIFEST).is_file()),
            reverse=True,
        )
        return ([pointer] if pointer else []) + [name for name in others if name != pointer]

    def _open_soundly(self, directory: Path) -> BuildDirectory:
        """Open after a child process has: a damaged vector index can crash the process that opens it."""
        if not (directory / MANIFEST).is_file():
            raise BuildInvalid(f"Build {directory.name} has no readable manifest.")
        try:
            child = run_child("knowledge.adapters.published_builds", str(directory.resolve()), seconds=_OPENING_SECONDS)
        except subprocess.TimeoutExpired:
            raise BuildInvalid(f"Build {directory.name} is damaged: it cannot be opened in time.") from None
        if child.returncode != 0:
            raise BuildInvalid(f"Build {directory.name} is damaged: opening it failed ({child.returncode}).")
        return BuildDirectory(directory, self._model)

    def _read_pointer(self) -> str | None:
        try:
            name = (self._folder / "CURRENT").read_text().strip()
        except (OSError, UnicodeDecodeError):
            return None
        return name if _NAME.fullmatch(name) else None


def _probe(directory: Path) -> None:
    """Open a build and search it once, in the child."""
    build = BuildDirectory(directory)
    editions = frozenset(edition.key for edition in build.editions)
    first = next(iter(build.passages()))
    if not build.dense.nearest(build.dense.vector(f"{first.id}#p"), limit=3, editions=editions):
        raise BuildInvalid(f"Build {directory.name} finds nothing.")


if __name__ == "__main__":
    _probe(Path(sys.argv[1]))
