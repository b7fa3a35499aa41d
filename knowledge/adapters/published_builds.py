"""The published build, opened once and swapped when the pointer changes (the Builds port)."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path

from knowledge.adapters.build_directory import BuildDirectory
from knowledge.adapters.build_files import CURRENT, HELD, MANIFEST, NAME, read_pointer
from knowledge.child_process import run_child
from knowledge.errors import BuildInvalid, ModelMismatch, NoBuild
from knowledge.ports import ModelFingerprint

_LOG = logging.getLogger(__name__)
_LOOK_EVERY_SECONDS = 1.0
_WATCH_EVERY_SECONDS = 0.25
"""Reading the pointer takes microseconds; opening what it names takes most of the five seconds allowed (issue 6)."""
_OPENING_SECONDS = 60
_TRY_AGAIN_SECONDS = 300.0
"""After which a build that could not be opened is tried again: the machine may only have been short of something."""


class PublishedBuilds:
    """What CURRENT points to below `home`/builds; the newest sound build when that one is damaged.

    The pointer is looked at when somebody asks, once a second at most, or by a thread of its own after `watch`. A
    question keeps the build it began with: a build is a value, and stays open as long as somebody holds it.
    """

    def __init__(self, home: Path, model: ModelFingerprint) -> None:
        self._folder = home / "builds"
        self._model = model
        self._looking = threading.Lock()
        self._open: BuildDirectory | None = None
        self._pointer: str | None = None
        self._looked = 0.0
        self._tried_at = 0.0
        self._trouble = ""
        self._watched = False

    def current(self) -> BuildDirectory:
        """The published build. Raises NoBuild, BuildInvalid or ModelMismatch."""
        opened = self._open
        if opened is not None and (self._watched or time.monotonic() - self._looked < _LOOK_EVERY_SECONDS):
            return opened
        with self._looking:
            if self._open is None or time.monotonic() - self._looked >= _LOOK_EVERY_SECONDS:
                self._look()
            if self._open is None:
                raise NoBuild("Nothing has been indexed yet; run `desk ingest` first.")
            return self._open

    @property
    def trouble(self) -> str:
        """A sentence on why another build than the published one answers; empty where that one does."""
        return self._trouble

    def watch(self) -> None:
        """From now on another build is opened, checked and warmed on a thread of its own, and nobody waits for it."""
        if not self._watched:
            self._watched = True
            threading.Thread(target=_watch, args=(weakref.ref(self),), name="builds", daemon=True).start()

    def look(self) -> None:
        """Go over to what is published now, if that is another build than is open. Raises as `current` does."""
        with self._looking:
            self._look()

    def _look(self) -> None:
        self._looked = time.monotonic()
        pointer = self._read_pointer()
        if self._open is not None:
            if pointer is None:
                self._tell(f"The pointer to the published build cannot be read; build {self._served} answers.")
                return
            again = bool(self._trouble) and time.monotonic() - self._tried_at >= _TRY_AGAIN_SECONDS
            if pointer == self._pointer and not again:
                if pointer == self._served:
                    self._trouble = ""  # the pointer could not be read for a while
                return
        candidates = self._candidates(pointer)
        if pointer is None and not candidates:
            return
        fault: BuildInvalid | None = None
        opened = self._open
        for name in candidates:
            if self._open is not None and self._served == name:
                break
            try:
                opened = self._open_soundly(self._folder / name)
                break
            except ModelMismatch as mismatch:
                # Another build was made with the same wrong model, or with an older one: falling back hides a mistake.
                if self._open is None:
                    raise
                fault = fault or mismatch
                break
            except BuildInvalid as invalid:
                fault = fault or invalid
        self._open, self._pointer = opened, pointer
        if opened is None:
            if fault is not None:
                raise fault
            return
        self._tried_at = time.monotonic()
        if fault is not None:
            self._tell(f"{str(fault).rstrip('.')}; build {self._served} answers.")
        elif pointer is None:
            self._tell(f"The pointer to the published build cannot be read; build {self._served} answers.")
        else:
            self._trouble = ""

    @property
    def _served(self) -> str:
        return self._open.directory.name if self._open is not None else ""

    def _tell(self, trouble: str) -> None:
        if trouble != self._trouble:
            _LOG.error("build_damaged build=%s serving=%s", self._pointer, self._served)
        self._trouble = trouble

    def _candidates(self, pointer: str | None) -> list[str]:
        """The published build first, then the others, newest first, without those that are kept unpublished."""
        if not self._folder.is_dir():
            return []
        others = sorted(
            (
                path.name
                for path in self._folder.iterdir()
                if NAME.fullmatch(path.name)
                and (path / MANIFEST).is_file()
                and not (self._folder / f"{path.name}{HELD}").is_file()
            ),
            reverse=True,
        )
        return ([pointer] if pointer else []) + [name for name in others if name != pointer]

    def _open_soundly(self, directory: Path) -> BuildDirectory:
        """Open after a child process has: a damaged vector index can crash the process that opens it."""
        if not (directory / MANIFEST).is_file():
            raise BuildInvalid(f"Build {directory.name} has no readable manifest.")
        try:
            child = run_child("knowledge.adapters.published_builds", str(directory.resolve()), seconds=_OPENING_SECONDS)
            if child.returncode == 1 and child.stdout:
                raise BuildInvalid(child.stdout.decode(errors="replace").strip())
            if child.returncode != 0:
                raise BuildInvalid(f"Build {directory.name} is damaged: opening it failed ({child.returncode}).")
            build = BuildDirectory(directory, self._model)
            probe(build)  # so that the first to ask does not wait for the index to be read
        except subprocess.TimeoutExpired:
            raise BuildInvalid(f"Build {directory.name} is damaged: it cannot be opened in time.") from None
        except (OSError, MemoryError) as fault:
            raise BuildInvalid(f"Build {directory.name} cannot be opened now ({type(fault).__name__}).") from None
        return build

    def _read_pointer(self) -> str | None:
        return read_pointer(self._folder / CURRENT)


def probe(build: BuildDirectory) -> None:
    """Search a build once by meaning and by words. Raises BuildInvalid where it finds nothing."""
    editions = frozenset(edition.key for edition in build.editions)
    first = next(iter(build.passages()), None)
    if first is None or not build.dense.nearest(build.dense.vector(f"{first.id}#p"), limit=3, editions=editions):
        raise BuildInvalid(f"Build {build.directory.name} finds nothing.")
    build.lexical.search(first.text, limit=3, editions=editions)


def _watch(held: weakref.ref[PublishedBuilds]) -> None:
    """Until nobody holds the builds any more. What goes wrong is told by `trouble`, and the open build goes on."""
    while True:
        time.sleep(_WATCH_EVERY_SECONDS)
        builds = held()
        if builds is None:
            return
        try:
            builds.look()
        except Exception as fault:
            _LOG.error("build_not_opened fault=%s", type(fault).__name__)
        del builds


if __name__ == "__main__":
    try:
        probe(BuildDirectory(Path(sys.argv[1])))
    except BuildInvalid as fault:
        sys.stdout.write(str(fault))
        raise SystemExit(1) from None
