"""A page is drawn with the passage outlined and the cited words marked, and a bad file costs only itself."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from knowledge.adapters.page_pictures import draw_pages, page_picture, place_passages
from knowledge.errors import DocumentRejected
from knowledge.model import PassageKind
from tests.builders import a_passage
from tests.knowledge.some_pages import WRAPPED, write_pages, write_picture


def colours(png: bytes | None) -> set[tuple[int, int, int]]:
    assert png is not None
    assert png.startswith(b"\x89PNG")
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    return {colour for _, colour in picture.getcolors(1 << 24)}  # type: ignore[misc, union-attr]


OUTLINE, YELLOW = (0, 94, 165), (255, 240, 120)


def test_the_passage_is_outlined_and_the_cited_words_are_marked(tmp_path: Path) -> None:
    path = write_pages(tmp_path / "a.pdf", WRAPPED, "Another page.")

    drawn = page_picture(path, 1, ["no later than 24 hours"], WRAPPED)

    assert {OUTLINE, YELLOW} <= colours(drawn)
    assert 1200 == Image.open(io.BytesIO(drawn or b"")).width
    assert not {OUTLINE, YELLOW} & colours(page_picture(path, 2, ["no later than 24 hours"], WRAPPED))


def test_the_plain_page_where_the_words_are_not_found(tmp_path: Path) -> None:
    path = write_pages(tmp_path / "a.pdf", WRAPPED)

    assert page_picture(path, 1) == page_picture(path, 1, ["of which not a trace is here"], "Nothing like it anywhere.")


@pytest.mark.parametrize("page", [0, -1, 2])
def test_a_page_that_is_not_there_is_refused(tmp_path: Path, page: int) -> None:
    with pytest.raises(ValueError, match="has no page"):
        page_picture(write_pages(tmp_path / "a.pdf", WRAPPED), page)


def test_a_document_without_pages_has_no_picture(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Rules")

    assert page_picture(tmp_path / "a.md", 1) is None


def test_a_damaged_document_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)

    with pytest.raises(DocumentRejected, match=r"a\.pdf: its pages cannot be drawn"):
        page_picture(tmp_path / "a.pdf", 1)


def test_a_page_that_says_it_is_a_mile_long_makes_no_picture_a_mile_long(tmp_path: Path) -> None:
    path = write_pages(tmp_path / "a.pdf", "Rules.")
    body = path.read_bytes()
    assert b"841.89" in body
    path.write_bytes(body.replace(b"841.89", b"90000."))

    drawn = page_picture(path, 1, width=300)

    assert Image.open(io.BytesIO(drawn or b"")).height <= 900


def test_many_pages_are_drawn_small_and_in_order(tmp_path: Path) -> None:
    path = write_pages(tmp_path / "a.pdf", *[f"Page {n}" for n in range(1, 11)])
    told: list[int] = []

    drawn = list(draw_pages(path, range(1, 11), 300, told.append))

    assert list(range(1, 11)) == [one.page for one in drawn]
    assert [8, 10] == told
    assert all(one.width == Image.open(io.BytesIO(one.body)).width for one in drawn)


def test_a_passage_read_from_a_picture_is_placed_round_the_picture(tmp_path: Path) -> None:
    passage = a_passage("Words that were read from it.", kind=PassageKind.PICTURE, pages=(1,))

    pages, placed = place_passages(write_picture(tmp_path / "a.pdf"), [passage])

    (box,) = placed[passage.id].outlines
    assert 1 == pages
    assert 0.08 < box.x0 < 0.11
    assert 0.75 < box.x1 < 0.85
