"""A passage is found on its pages whatever the typesetting did to its words."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest

from ingest.passages import make_passages
from ingest.read_whole import read_whole
from ingest.sources import read_sources
from knowledge.adapters.page_boxes import PassageBoxes, passage_boxes
from knowledge.adapters.page_characters import PageCharacters, letters_of, read_characters
from knowledge.adapters.page_search import locate
from knowledge.adapters.sentence_transformer import SentenceTransformerEmbedder
from knowledge.model import PassageKind
from tests.knowledge.some_pages import WRAPPED, write_pages, write_table

_FOLDER = os.environ.get("DESK_TEST_GUIDANCE", "")


def characters(path: Path) -> list[PageCharacters]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [read_characters(document, page) for page in range(1, len(document) + 1)]
    finally:
        document.close()


def boxes(path: Path, text: str, heading: str = "") -> PassageBoxes:
    return passage_boxes(text, characters(path), heading=heading)


def test_a_passage_over_many_lines_is_one_box_inside_the_page(tmp_path: Path) -> None:
    found = boxes(write_pages(tmp_path / "a.pdf", WRAPPED), WRAPPED)

    (box,) = found.outlines
    assert (1, 1.0, True) == (box.page, found.located.share, len(found.located.lines) > 4)
    # The column begins 10 mm from the left of A4 and is 70 mm wide.
    assert 0.04 < box.x0 < 0.07
    assert 0.3 < box.x1 < 0.4
    assert 0.05 < box.y0 < box.y1 < 0.4


@pytest.mark.parametrize(
    ("printed", "passage"),
    [
        ("A crime is re-\ncorded at once by the officer.", "A crime is recorded at once by the officer."),
        ("The victim's word is believed - always.", "The victim\u2019s word is believed \u2013 always."),
        (
            "The officers of the \ufb01rst of\ufb01ce tell him.".replace("\ufb01", "fi"),
            "The officers of the ﬁrst ofﬁce tell him.",
        ),
        (
            "These may not cancel:\nthe officer\nthe supervisor",
            "These may not cancel:\n- the officer\n- the supervisor",
        ),
    ],
)
def test_hyphens_quotation_marks_ligatures_and_bullets_do_not_hide_a_passage(
    tmp_path: Path, printed: str, passage: str
) -> None:
    assert 1.0 == boxes(write_pages(tmp_path / "a.pdf", printed), passage).located.share


def test_a_passage_that_goes_over_the_page_has_boxes_on_both_and_none_on_what_stands_between(tmp_path: Path) -> None:
    before, that, after = WRAPPED.partition("that a crime")
    found = boxes(
        write_pages(tmp_path / "a.pdf", f"Another rule.\n\n{before}", f"{that}{after}\n\nOne more rule."), WRAPPED
    )

    assert [1, 2] == [box.page for box in found.outlines]
    assert 1.0 == found.located.share


def test_paragraphs_that_a_passage_joins_are_outlined_apart(tmp_path: Path) -> None:
    first, second = "Only the registrar may cancel a crime.", "One crime is recorded for each victim."
    path = write_pages(tmp_path / "a.pdf", f"{first}\n\n\n\nWhat nobody cites stands in between here.\n\n\n\n{second}")

    assert 2 == len(boxes(path, f"{first}\n{second}").outlines)


def test_words_that_stand_twice_are_found_under_their_heading(tmp_path: Path) -> None:
    text = "General rule\n\nOne crime for each victim.\n\n\nExceptions\n\nOne crime for each victim."
    path = write_pages(tmp_path / "a.pdf", text)

    (under,) = boxes(path, "One crime for each victim.", heading="Exceptions").outlines
    (first,) = boxes(path, "One crime for each victim.", heading="General rule").outlines
    assert first.y0 < under.y0


def test_a_row_is_outlined_by_its_cells_and_not_by_the_names_of_its_columns(tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.pdf")
    (row,) = boxes(path, "Offence: Pushing; Class: 92; Years: 2").outlines
    (header,) = boxes(path, "Offence").outlines

    assert row.y0 > header.y1
    assert row.x1 - row.x0 > 0.5


def test_words_that_are_not_on_the_page_have_no_boxes(tmp_path: Path) -> None:
    path = write_pages(tmp_path / "a.pdf", WRAPPED)
    found = boxes(path, "Nothing of the kind stands here, not even a trace, in any column or any footnote.")

    assert ((), 0) == (found.outlines, found.located.found)


def test_common_words_far_from_the_passage_are_left_alone(tmp_path: Path) -> None:
    text = "The one who is in it and of it.\n" * 30 + "\nA burglary is recorded where the trespasser stole."
    found = boxes(
        write_pages(tmp_path / "a.pdf", text, width=160), "A burglary is recorded where the trespasser stole."
    )

    (box,) = found.outlines
    assert box.y0 > 0.6


def test_a_quotation_is_looked_for_within_its_passage(tmp_path: Path) -> None:
    rule, other = "Record it within 24 hours of the report.", "Nobody records it within 24 hours of nothing."
    pages = characters(write_pages(tmp_path / "a.pdf", f"{other}\n\n{rule}"))
    passage = locate(rule, pages)

    (line,) = locate("within 24 hours", pages, within=passage.stretch).lines
    assert passage.lines[0].y0 - 0.01 < line.y0 < passage.lines[-1].y1


def test_boxes_stand_where_a_turned_page_shows_them(tmp_path: Path) -> None:
    path = write_pages(tmp_path / "a.pdf", "Only the registrar may cancel a crime.", width=120)
    document = pypdfium2.PdfDocument(path)
    document[0].set_rotation(90)
    document.save(tmp_path / "turned.pdf")

    (box,) = boxes(tmp_path / "turned.pdf", "Only the registrar may cancel a crime.").outlines
    assert box.x0 > 0.8  # what stood at the top stands at the right
    assert box.y1 - box.y0 > box.x1 - box.x0


def test_folding_keeps_letters_and_figures_only() -> None:
    assert "office24hoursnopolice" == letters_of("- of\ufb01ce\u00a0\u201c24 hours\u201d; no-po\u00adlice.")


@pytest.mark.slow
@pytest.mark.skipif(
    not _FOLDER, reason="the official documents are not in the repository; DESK_TEST_GUIDANCE names their folder"
)
def test_each_passage_of_the_real_rules_is_found_on_its_pages() -> None:
    embedder = SentenceTransformerEmbedder()
    for source in read_sources(Path(_FOLDER) / "sources.toml"):
        if source.file is None or source.file.suffix != ".pdf":
            continue
        passages = make_passages(
            read_whole(source.file), source.edition, embedder.count_tokens, embedder.fingerprint.max_tokens
        )
        pages = characters(source.file)
        shares = {
            passage.id: passage_boxes(
                passage.text, [pages[n - 1] for n in passage.pages], heading=passage.path[-1] if passage.path else ""
            ).located.share
            for passage in passages
            if passage.kind is PassageKind.PROSE
        }
        assert {} == {name: share for name, share in shares.items() if share < 0.9}
