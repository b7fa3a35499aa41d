"""Keep the transcriptions read with a document, so that it can be built again from the data directory alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from ingest.sources import Source
from knowledge.adapters.documents import document_name, documents_folder

FOLDER = ".transcribed"
"""Ending of the folder beside a kept document that stands in for the folder of its list."""
_EDITION = re.compile(r"^edition:", re.IGNORECASE | re.MULTILINE)


def keep_transcriptions(source: Source, digest: str, home: Path) -> None:
    """Copy the transcriptions that stand beside the source's list to its kept document, whole or not at all.

    Each copy names its edition, so that it fits no other that is listed beside it one day. Raises OSError.
    """
    place = kept_list(home, digest).parent
    if source.listed_in.parent == place:
        return
    pages = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted((source.listed_in.parent / "transcriptions" / source.edition.document).glob("*.md"))
    }
    held = place / "transcriptions" / source.edition.document
    told = {
        name: text if _EDITION.search(text) else f"edition: {source.edition.label}\n{text}"
        for name, text in pages.items()
    }
    if {path.name: path.read_text(encoding="utf-8") for path in held.glob("*.md")} == told:
        return
    shutil.rmtree(place, ignore_errors=True)
    if told:
        aside = place.with_name(f".aside-{place.name}")
        shutil.rmtree(aside, ignore_errors=True)
        folder = aside / "transcriptions" / source.edition.document
        folder.mkdir(parents=True)
        for name, text in told.items():
            (folder / name).write_text(text, encoding="utf-8")
        aside.rename(place)


def kept_list(home: Path, digest: str) -> Path:
    """Where the list of a kept document would stand, so that its transcriptions are found beside it."""
    name = document_name(digest, "") or "none"
    return documents_folder(home) / f"{name}{FOLDER}" / "sources.toml"
