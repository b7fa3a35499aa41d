"""Where the files of documents are kept in the data directory, so that a page can be shown as it was published."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.model import Edition

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}")


def documents_folder(home: Path) -> Path:
    """Where documents are kept below the data directory."""
    return home / "documents"


def document_name(digest: str, suffix: str) -> str | None:
    """The name a document is kept under: the first 32 of its SHA-256, and its ending where that is a plain one.

    None where `digest` is no SHA-256, so that nothing a manifest says can name a file elsewhere.
    """
    if not _DIGEST.fullmatch(digest):
        return None
    ending = suffix.lower()
    return digest[:32] + (ending if _SUFFIX.fullmatch(ending) else "")


def document_file(home: Path, edition: Edition) -> Path | None:
    """The kept file of an edition, None where none is kept (an edition ingested before files were)."""
    name = document_name(edition.digest, Path(edition.file).suffix)
    path = documents_folder(home) / name if name else None
    return path if path is not None and path.is_file() else None
