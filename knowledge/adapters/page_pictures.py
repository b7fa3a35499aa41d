"""Pictures of the pages of a document: one with a passage marked on it, or many to leaf through."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.adapters.page_search import Box
from knowledge.adapters.pdf_child import ask_pdf, is_pdf
from knowledge.model import Passage, PassageKind

_SECONDS = 20.0
_SECONDS_A_PAGE = 5.0
_AT_ONCE = 8
"""Pages a child draws before it is asked for more: few enough to show progress, enough to pay for its start."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a picture: media type, bytes, and size in dots."""

    page: int
    media: str
    body: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a passage stands on its pages, and the share of its words found there."""

    outlines: tuple[Box, ...]
    share: float


def page_picture(
    file: Path, page: int, marked: Sequence[str] = (), outlined: str = "", width: int = 1200
) -> bytes | None:
    """PNG of one page (1-based) of a document, `outlined` (a passage) framed and each of `marked` highlighted on it.

    None where the document has no pages to draw (a web page, Word, Markdown). The plain page where the words are not
    found on it. Takes 0.5 to 1 s, in a child process: keep what it gives. Raises ValueError where there is none such,
    DocumentRejected where the page cannot be drawn, OSError where the file cannot be read.
    """
    if page < 1:
        raise ValueError(f"{file.name} has no page {page}")
    if not is_pdf(file):
        return None
    request = {"verb": "picture", "page": page, "marked": list(marked), "outlined": outlined, "width": width}
    return base64.b64decode(ask_pdf(file, request, seconds=_SECONDS))


def draw_pages(
    file: Path, pages: Sequence[int], width: int = 900, progress: Callable[[int], None] = lambda done: None
) -> Iterator[PagePicture]:
    """Small pictures of these pages of a PDF, in order. `progress` is told how many are done.

    Raises as `page_picture` does.
    """
    for start in range(0, len(pages), _AT_ONCE):
        some = list(pages[start : start + _AT_ONCE])
        seconds = _SECONDS + _SECONDS_A_PAGE * len(some)
        for page, media, body, across, down in ask_pdf(
            file, {"verb": "pages", "pages": some, "width": width}, seconds=seconds
        ):
            yield PagePicture(page, media, base64.b64decode(body), across, down)
        progress(start + len(some))


def place_passages(file: Path, passages: Sequence[Passage]) -> tuple[int, dict[str, Placed]]:
    """How many pages a PDF has, and where on them each of its passages stands, by the passage's id.

    Raises DocumentRejected where the document cannot be read, OSError where the file cannot.
    """
    asked = [
        {
            "id": passage.id,
            "text": passage.text,
            "pages": list(passage.pages),
            "heading": passage.path[-1] if passage.path else "",
            "picture": passage.kind is PassageKind.PICTURE,
        }
        for passage in passages
    ]
    wanted = {page for passage in passages for page in passage.pages}
    seconds = _SECONDS + _SECONDS_A_PAGE * len(wanted)
    answer = ask_pdf(file, {"verb": "places", "passages": asked}, seconds=seconds)
    placed = {
        name: Placed(tuple(Box(*box) for box in one["outlines"]), float(one["share"]))
        for name, one in answer["passages"].items()
    }
    return int(answer["pages"]), placed
