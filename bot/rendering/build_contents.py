"""What a build holds, document by document: passages by kind, pages, pictures read, and warnings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from bot.rendering.hanging import Hanging
from bot.rendering.locator import edition_of
from bot.rendering.printable import printable
from knowledge.model import Build, Edition, Passage, PassageKind

_PAGE = re.compile(r"\bpage (\d+)\b")
_HEAD = "pages  prose  rows  offences  pictures  "
_WIDTHS = (5, 7, 6, 10, 10)


@dataclass(frozen=True, slots=True)
class PictureRead:
    """A page whose words stand in a picture: how surely they were read, and who reviewed them ("" is nobody)."""

    page: int
    passages: int
    confidence: float | None
    reviewed: str


@dataclass(frozen=True, slots=True)
class DocumentContents:
    """One edition of a build. `pages` counts the pages that passages stand on."""

    edition: Edition
    pages: int
    kinds: Counter[PassageKind]
    pictures: tuple[PictureRead, ...]
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Keys to add to an edition in `desk builds show --json`."""
        return {
            "pages": self.pages,
            "passages": {str(kind): self.kinds[kind] for kind in PassageKind},
            "pictures": [
                {"page": one.page, "passages": one.passages, "confidence": one.confidence, "reviewed": one.reviewed}
                for one in self.pictures
            ],
            "warnings": list(self.warnings),
        }


def build_contents(build: Build, passages: Sequence[Passage]) -> list[DocumentContents]:
    """What each edition of a build holds, in the order of the build."""
    told = warnings_of(build)
    found = []
    for edition in build.editions:
        own = [passage for passage in passages if passage.edition.key == edition.key]
        found.append(
            DocumentContents(
                edition,
                len({page for passage in own for page in passage.pages}),
                Counter(passage.kind for passage in own),
                _pictures(own),
                told.get(edition.key, ()),
            )
        )
    return found


def warnings_of(build: Build) -> dict[str, tuple[str, ...]]:
    """The warnings of a build by edition key, without the file name each begins with; those of no document under ""."""
    listed = build.changes.get("warnings")
    found: dict[str, list[str]] = {}
    for warning in listed if isinstance(listed, list) else []:
        text = str(warning)
        edition = next((e for e in build.editions if text.startswith(f"{e.file or e.document}: ")), None)
        says = text.removeprefix(f"{edition.file or edition.document}: ") if edition else text
        found.setdefault(edition.key if edition else "", []).append(says)
    return {key: tuple(warnings) for key, warnings in found.items()}


def pages_named(warning: str) -> set[int]:
    """The pages of its document that a warning is about."""
    return {int(page) for page in _PAGE.findall(warning)}


def contents_view(build: Build, contents: Sequence[DocumentContents]) -> RenderableType:
    """The contents of a build for a terminal, within 80 columns."""
    parts: list[RenderableType] = [Text(_HEAD + "document", "bold")]
    for one in contents:
        kinds = [one.kinds[kind] for kind in (PassageKind.PROSE, PassageKind.TABLE_ROW, PassageKind.OFFENCE)]
        numbers = (one.pages, *kinds, one.kinds[PassageKind.PICTURE])
        lead = "".join(f"{number or '-':>{width}}" for number, width in zip(numbers, _WIDTHS, strict=True))
        says = f"{edition_of(one.edition)}; {str(one.edition.authority).replace('_', ' ')}"
        parts.append(Hanging(printable(says), Text(lead + "  ")))
    if any(one.pictures for one in contents):
        parts += [Text(), Text("Pages read from pictures", "bold")]
    for one in contents:
        parts += [Hanging(printable(f"{one.edition.title}, {_says(read)}"), Text("  - ")) for read in one.pictures]
    told = [(one.edition.title, warning) for one in contents for warning in one.warnings]
    told += [("", warning) for warning in warnings_of(build).get("", ())]
    if told:
        parts += [Text(), Text(f"Warnings ({len(told)})", "bold")]
    parts += [Hanging(printable(f"{who}: {says}" if who else says), Text("  - ")) for who, says in told]
    return Group(*parts)


def _pictures(passages: Sequence[Passage]) -> tuple[PictureRead, ...]:
    by_page: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.kind is PassageKind.PICTURE and passage.pages:
            by_page.setdefault(passage.pages[0], []).append(passage)
    read = []
    for page, own in sorted(by_page.items()):
        sure = [p.confidence for p in own if p.confidence is not None]
        reviewed = "; ".join(dict.fromkeys(p.reviewed for p in own if p.reviewed))
        read.append(PictureRead(page, len(own), min(sure, default=None), reviewed))
    return tuple(read)


def _says(read: PictureRead) -> str:
    count = f"{read.passages} passage{'s' if read.passages != 1 else ''}"
    sure = f", read with {read.confidence:.0%} confidence at least" if read.confidence is not None else ""
    return f"page {read.page}: {count}{sure}; " + (f"reviewed by {read.reviewed}" if read.reviewed else "not reviewed")
