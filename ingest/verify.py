"""Verify a build in a child process: a damaged vector index can crash whoever opens it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from knowledge.child_process import run_child
from knowledge.errors import BuildInvalid

_SECONDS = 120
_PROBES = 25


def verify(directory: Path) -> None:
    """Open the build in a child process and check it. Raises BuildInvalid with the reason in a sentence."""
    try:
        child = run_child("ingest.verify", str(directory.resolve()), seconds=_SECONDS)
    except subprocess.TimeoutExpired:
        raise BuildInvalid(f"Build {directory.name} could not be opened within {_SECONDS} seconds.") from None
    if child.returncode == 1 and child.stdout.strip():
        raise BuildInvalid(child.stdout.decode().strip())
    if child.returncode != 0:
        raise BuildInvalid(f"Build {directory.name} is damaged: opening it ended the process ({child.returncode}).")


def _check(directory: Path) -> str | None:
    """What is wrong with the build, None when it is sound."""
    import numpy as np

    from knowledge.adapters.build_directory import BuildDirectory

    try:
        build = BuildDirectory(directory)
    except BuildInvalid as fault:
        return str(fault)
    passages = list(build.passages())
    editions = {edition.key for edition in build.editions}
    missing = editions - {passage.edition.key for passage in passages}
    if missing:
        return f"Build {directory.name} has no passage of {', '.join(sorted(missing))}."
    for passage in passages[:: max(1, len(passages) // _PROBES)]:
        unit = f"{passage.id}#p"
        vector = np.asarray(build.dense.vector(unit))
        near = build.dense.nearest(vector, limit=3, editions=frozenset(editions))
        if not near or near[0].score < 0.999:
            return f"Build {directory.name} is damaged: {passage.id} is not found by its own vector."
        if not build.lexical.search(passage.text, limit=3, editions=frozenset(editions)) and passage.text.split():
            return f"Build {directory.name} is damaged: the words of {passage.id} are not found."
    return None


if __name__ == "__main__":
    fault = _check(Path(sys.argv[1]))
    if fault:
        sys.stdout.write(fault)
        raise SystemExit(1)
