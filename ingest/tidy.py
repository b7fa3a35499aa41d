"""What is left over after an ingest, or by one that was killed, is removed."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from ingest.keep_documents import drop_unused
from ingest.publish import build_ids, builds_folder, prune
from knowledge.adapters.build_editions import read_build
from knowledge.errors import BuildInvalid
from knowledge.put_in_place import ASIDE, ORPHAN_SECONDS


def tidy(home: Path) -> None:
    """Remove builds beyond those kept, documents that none of the kept cites, and half-written remains.

    Call it under the lock of ingest. What cannot be removed is left for the next time. While a build that is kept
    cannot be read, nobody knows which documents it cites, and every document stays.
    """
    with suppress(OSError):
        prune(home)
    with suppress(BuildInvalid, OSError):
        held = [read_build(builds_folder(home) / name) for name in build_ids(home)]
        drop_unused(home, {edition.digest for one in held for edition in one.editions})
    for path in (home / "cache").glob(f"*/{ASIDE}*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > ORPHAN_SECONDS:
                path.unlink()
