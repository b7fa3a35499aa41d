"""Transcriptions of pages that are pictures, written and reviewed by people.

They stand beside the sources.toml as `transcriptions/<document>/<page>.md`, Markdown after lines that say who reviewed
it, when, and of which edition it is (needed where several editions of the document are listed). A transcription takes
the place of what was read from the picture of that page:

    reviewed by: the Force Crime Registrar's office
    reviewed on: 2026-05-01
    edition: 2026/27
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ingest.readers.blocks import Block, Kind, Reading
from ingest.readers.plain import markdown_blocks
from ingest.sources import Source
from knowledge.errors import DocumentRejected

_BY = re.compile(r"^reviewed by:[ \t]*(\S.*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_EDITION = re.compile(r"^edition:[ \t]*(\S.*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_HEADER = re.compile(r"^(?:---|(?:reviewed by|reviewed on|edition):.*)[ \t]*$\n?", re.IGNORECASE | re.MULTILINE)
_ON = re.compile(r"^reviewed on:[ \t]*(\d{4}-\d\d-\d\d)[ \t]*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Transcription:
    """The blocks of one transcribed page, "who, when" it was reviewed, and its text as it stands in the file."""

    blocks: tuple[Block, ...]
    reviewed: str
    text: str


def read_transcriptions(source: Source, *, alone: bool = True) -> tuple[dict[int, Transcription], list[str]]:
    """The transcriptions of a source by page, and a sentence on each file that was not used.

    `alone` says whether this is the only edition of its document that is listed. A file of another edition is no fault.
    """
    folder = source.listed_in.parent / "transcriptions" / source.edition.document
    found: dict[int, Transcription] = {}
    unused: list[str] = []
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else []:
        try:
            text = path.read_text(encoding="utf-8")
            by, on = _BY.search(text), _ON.search(text)
            if not path.stem.isdigit():
                raise DocumentRejected(path.name, "its name is not the number of a page")
            if by is None or on is None:
                raise DocumentRejected(path.name, 'it does not say "reviewed by: NAME" and "reviewed on: YYYY-MM-DD"')
            edition = _EDITION.search(text)
            if edition is None and not alone:
                raise DocumentRejected(path.name, 'several editions are listed and it does not say "edition: LABEL"')
            if edition is not None and edition[1] != source.edition.label:
                continue
            reviewed = f"{by[1]}, {date.fromisoformat(on[1]).isoformat()}"
            blocks = markdown_blocks(_HEADER.sub("", text), path.name).blocks
        except (DocumentRejected, ValueError, OSError) as fault:
            reason = fault.reason if isinstance(fault, DocumentRejected) else "it cannot be read"
            unused.append(f"transcription {path.name} was not used: {reason}")
            continue
        page = int(path.stem)
        kept = [_as_picture(block, page, reviewed) for block in blocks]
        found[page] = Transcription(tuple(kept), reviewed, text)
    return found, unused


def with_transcriptions(reading: Reading, pages: Mapping[int, Transcription]) -> Reading:
    """The reading with each transcribed page's picture replaced by what people wrote."""
    blocks: list[Block] = []
    placed: set[int] = set()
    for block in reading.blocks:
        if block.kind is Kind.PICTURE and block.page in pages:
            if block.page not in placed:
                placed.add(block.page)
                blocks += pages[block.page].blocks
            continue
        blocks.append(block)
    for page in sorted(set(pages) - placed):
        at = next((n for n in range(len(blocks), 0, -1) if 0 < blocks[n - 1].page <= page), 0)
        blocks[at:at] = pages[page].blocks
    warnings = [w for w in reading.warnings if not any(w.startswith(f"page {page} has a ") for page in pages)]
    told = [f"page {page} was transcribed by people ({one.reviewed})" for page, one in sorted(pages.items())]
    return replace(reading, blocks=tuple(blocks), warnings=(*warnings, *told))


def _as_picture(block: Block, page: int, reviewed: str) -> Block:
    """A heading of a transcription stays text of the picture: the path is the document's own."""
    return replace(block, kind=Kind.PICTURE, page=page, level=0, table="", reviewed=reviewed)
