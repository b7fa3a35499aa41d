"""Gather what the review page shows: the pages of a build's documents, and where each passage stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.commands.held_builds import write_page
from bot.rendering.review_page import ReviewDocument, ReviewPicture, review_page
from bot.wiring import Report
from knowledge.errors import DocumentRejected
from knowledge.model import Build, Edition, Passage

_WIDTH = 900


def write_review(home: Path, build: Build, passages: Sequence[Passage], to: Path, progress: Report) -> int:
    """Write the review page of a build and return its size in bytes. Raises OSError where `to` cannot be written."""
    documents = []
    for number, edition in enumerate(build.editions, start=1):
        own = [passage for passage in passages if passage.edition.key == edition.key]
        stage = f"Drawing pages ({number} of {len(build.editions)} documents)"
        documents.append(_document(home, edition, own, stage, progress))
    return write_page(review_page(build, documents), to)


def _document(
    home: Path, edition: Edition, passages: Sequence[Passage], stage: str, progress: Report
) -> ReviewDocument:
    from knowledge.adapters.documents import document_file
    from knowledge.adapters.page_pictures import draw_pages, place_passages
    from knowledge.adapters.pdf_child import is_pdf

    paged = [passage for passage in passages if passage.pages]
    file = document_file(home, edition)
    try:
        if not paged or (file is not None and not is_pdf(file)):
            return ReviewDocument(edition, passages)
        if file is None:
            note = "Its file was not kept when it was ingested; ingest it again to see its pages."
            return ReviewDocument(edition, passages, note=note)
        total, placed = place_passages(file, paged)
        wanted = sorted({page for passage in paged for page in passage.pages if page <= total})
        progress(stage, 0, len(wanted))
        pictures = [
            ReviewPicture(one.page, one.media, one.body, one.width, one.height)
            for one in draw_pages(file, wanted, _WIDTH, lambda done: progress(stage, done, len(wanted)))
        ]
    except DocumentRejected as fault:
        return ReviewDocument(edition, passages, note=f"Its pages are not shown: {fault.reason}.")
    boxes = {name: [(b.page, b.x0, b.y0, b.x1, b.y1) for b in one.outlines] for name, one in placed.items()}
    shares = {name: one.share for name, one in placed.items()}
    return ReviewDocument(edition, passages, total, pictures, boxes, shares)
