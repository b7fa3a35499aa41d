"""One HTML page on which a registrar leafs through every passage of a build beside the page it stands on.

The page is complete in itself: no address is followed from it, and its policy forbids the browser to.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.rendering.build_contents import pages_named, warnings_of
from bot.rendering.locator import dates_of, pages_of
from bot.rendering.whole_page import label, plain, whole_page
from knowledge.model import Build, Edition, Passage, PassageKind

SHORT = 12
"""Words below which a passage is called short: often a heading or a cell that lost its context."""
_FOUND = 0.9
_TEMPLATE = Path(__file__).with_suffix(".html")
_KINDS = {
    PassageKind.PROSE: "prose",
    PassageKind.TABLE_ROW: "table row",
    PassageKind.OFFENCE: "offence",
    PassageKind.PICTURE: "from a picture",
}


@dataclass(frozen=True, slots=True)
class ReviewPicture:
    """A page as a picture to embed."""

    page: int
    media: str
    body: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ReviewDocument:
    """One edition with its passages, and where it has pages to show: their pictures, and each passage's boxes.

    `boxes` holds by passage id (page, left, top, right, bottom), shares of the page; `shares` how much of the passage
    was found on its pages. `note` says why there are no pictures where a registrar would expect some.
    """

    edition: Edition
    passages: Sequence[Passage]
    pages: int = 0
    pictures: Sequence[ReviewPicture] = ()
    boxes: Mapping[str, Sequence[tuple[int, float, float, float, float]]] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


def review_page(build: Build, documents: Sequence[ReviewDocument]) -> str:
    """The whole page as HTML. All text of documents is escaped; control and bidirectional characters are dropped."""
    told = warnings_of(build)
    anchors = {passage.id: f"{d}-{n}" for d, one in enumerate(documents) for n, passage in enumerate(one.passages)}
    names = {p.id: label(p.text) for one in documents for p in one.passages}
    listed = [_document(d, one, told.get(one.edition.key, ()), anchors, names) for d, one in enumerate(documents)]
    return whole_page(
        _TEMPLATE,
        build=build,
        documents=listed,
        total=len(anchors),
        warnings=[plain(warning) for warning in told.get("", ())],
    )


def _document(
    number: int, one: ReviewDocument, warnings: Sequence[str], anchors: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "number": number,
        "title": plain(one.edition.title),
        "edition": plain(one.edition.label),
        "dates": dates_of(one.edition),
        "authority": str(one.edition.authority).replace("_", " "),
        "pages": one.pages,
        "note": one.note,
        "warnings": [plain(warning) for warning in warnings],
        "pictures": [
            {
                "page": picture.page,
                "width": picture.width,
                "height": picture.height,
                "data": f"data:{picture.media};base64,{base64.b64encode(picture.body).decode()}",
            }
            for picture in one.pictures
        ],
        "sections": _sections([_passage(p, one, warnings, anchors, names) for p in one.passages]),
    }


def _passage(
    passage: Passage,
    one: ReviewDocument,
    warnings: Sequence[str],
    anchors: Mapping[str, str],
    names: Mapping[str, str],
) -> dict[str, Any]:
    own = [plain(w) for w in warnings if pages_named(w) & set(passage.pages)]
    words = len(passage.text.split())
    drawn = {picture.page for picture in one.pictures}
    share = one.shares.get(passage.id, 1.0)
    lost = bool(drawn & set(passage.pages)) and passage.kind is not PassageKind.PICTURE and share < _FOUND
    traits = {
        "warnings": bool(own),
        "pictures": passage.kind is PassageKind.PICTURE,
        "short": words < SHORT and passage.kind is not PassageKind.TABLE_ROW,
        "tables": passage.kind is PassageKind.TABLE_ROW,
        "lost": lost,
    }
    printed = [label for label in passage.printed if label]
    path = [plain(part) for part in passage.path]
    # The document's own title, where it heads every section, stands over the list already.
    above = path[1:-1] if len(path) > 1 and path[0].lower() in one.edition.title.lower() else path[:-1]
    return {
        "anchor": anchors[passage.id],
        "id": passage.id,
        "label": names[passage.id],
        "above": above,
        "heading": path[-1] if path else "",
        "text": plain(passage.text),
        "where": pages_of(passage),
        "printed": ", ".join(map(plain, printed)),
        "kind": _KINDS[passage.kind],
        "words": words,
        "confidence": passage.confidence,
        "reviewed": plain(passage.reviewed),
        "warnings": own,
        "share": share if lost else None,
        "traits": [name for name, holds in traits.items() if holds],
        "twins": [{"anchor": anchors[t], "label": names[t], "id": t} for t in passage.twins if t in anchors],
        "pages": [page for page in passage.pages if page in drawn],
        "boxes": ";".join(",".join(map(str, box)) for box in one.boxes.get(passage.id, ()) if box[0] in drawn),
    }


def _sections(passages: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Passages under their headings, each with those headings above it that the one before had not."""
    found: list[dict[str, Any]] = []
    before: list[str] = []
    for passage in passages:
        whole = [*passage["above"], passage["heading"]]
        if not found or before != whole:
            shared = next((n for n, (a, b) in enumerate(zip(before, whole, strict=False)) if a != b), len(before))
            found.append({"above": whole[shared:-1], "heading": whole[-1], "passages": []})
            before = whole
        found[-1]["passages"].append(passage)
    return found
