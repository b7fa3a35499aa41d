"""Pages that are pictures: read by OCR the right way up, in boxes, mended by the document's own words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from ingest.passages import make_passages
from ingest.read_whole import read_whole
from ingest.readers.blocks import Kind
from ingest.readers.mend_words import mend_words
from ingest.readers.pictures import read_turned
from ingest.readers.text_boxes import PlacedText, boxes_of, stand_side_by_side
from ingest.sources import Source
from ingest.transcriptions import read_transcriptions, with_transcriptions
from knowledge.model import Authority, Edition, PassageKind

EDITION = Edition("rules", "Invented Rules", "Nobody", Authority.NATIONAL_RULE, "2026/27")


def _picture(words: list[str]) -> Image.Image:
    image = Image.new("RGB", (1000, 160 * len(words)), "white")
    pen = ImageDraw.Draw(image)
    for n, text in enumerate(words):
        pen.text((60, 40 + 160 * n), text, fill="black", font=ImageFont.load_default(48))
    return image


def _pdf(path: Path, picture: Image.Image) -> Path:
    sheet = FPDF(format="A4")
    sheet.add_page()
    sheet.set_font("Helvetica", style="B", size=20)
    sheet.text(18, 22, "Flow chart of an invented rule")
    sheet.set_font("Helvetica", size=11)
    sheet.text(18, 32, "The officer must ask whether the lantern was lit before the report is filed.")
    sheet.image(picture, x=18, y=60, w=170, h=150, keep_aspect_ratio=True)
    sheet.text(18, 250, "The chart above was drawn by nobody.")
    sheet.output(str(path))
    return path


@pytest.mark.parametrize("turned", [0, 90])
def test_the_words_of_a_picture_are_read_whichever_way_it_was_put_on_the_page(tmp_path: Path, turned: int) -> None:
    picture = _picture(["Was the lantern lit?", "Count the broken lamps", "Ask the harbour master"])

    reading = read_whole(_pdf(tmp_path / "chart.pdf", picture.rotate(turned, expand=True)))
    passages = make_passages(reading, EDITION, lambda text: len(text.split()), 256)
    drawn = next(passage for passage in passages if passage.kind is PassageKind.PICTURE)

    assert "Was the lantern lit?" in drawn.text
    assert "Count the broken lamps" in drawn.text
    assert drawn.pages == (1,)
    assert drawn.path == ("Flow chart of an invented rule",)
    assert drawn.confidence is not None
    assert drawn.confidence > 0.8
    assert any("page 1 has a picture, read by OCR" in warning for warning in reading.warnings)
    assert [p.kind for p in passages] == [PassageKind.PROSE, PassageKind.PICTURE, PassageKind.PROSE]


def test_a_picture_without_words_is_said_to_have_none(tmp_path: Path) -> None:
    reading = read_whole(_pdf(tmp_path / "blank.pdf", Image.new("RGB", (900, 700), "white")))

    assert "page 1 has a picture in which no words could be read" in reading.warnings
    assert not any(block.kind is Kind.PICTURE for block in reading.blocks)


def test_a_reviewed_transcription_takes_the_place_of_what_was_read_and_says_who_reviewed_it(tmp_path: Path) -> None:
    path = _pdf(tmp_path / "chart.pdf", _picture(["Was the lantern lit?", "Count the lamps", "Ask the master"]))
    folder = tmp_path / "transcriptions" / "rules"
    folder.mkdir(parents=True)
    (folder / "1.md").write_text(
        "reviewed by: R. Invented\nreviewed on: 2026-05-01\n\nIf the lantern was lit, count.\n"
    )
    (folder / "2.md").write_text("Nobody signed this.\n")

    pages, unused = read_transcriptions(Source(EDITION, path, tmp_path / "sources.toml"))
    passages = make_passages(with_transcriptions(read_whole(path), pages), EDITION, lambda t: len(t.split()), 256)
    drawn = [passage for passage in passages if passage.kind is PassageKind.PICTURE]

    assert [p.text for p in drawn] == ["If the lantern was lit, count."]
    assert drawn[0].reviewed == "R. Invented, 2026-05-01"
    assert drawn[0].confidence is None
    assert ["2.md"] == [word for sentence in unused for word in sentence.split() if word.endswith(".md")]


@dataclass
class _Sheet:
    """A picture that knows how far it was turned."""

    angle: int = 0

    def rotate(self, angle: int, expand: bool) -> _Sheet:
        return _Sheet(angle)


def test_a_picture_is_turned_only_where_its_words_stand_upright() -> None:
    tried: list[int] = []

    def level(sheet: _Sheet) -> list[PlacedText]:
        tried.append(sheet.angle)
        return [PlacedText("words as they should be", 0, 0, 300, 20, 0.9)]

    assert len(read_turned(_Sheet(), level)) == 1
    assert tried == [0]


def test_lines_of_one_box_are_one_text_and_boxes_are_read_row_by_row() -> None:
    left = [PlacedText("Did it happen", 0, 0, 100, 10), PlacedText("in public?", 10, 12, 90, 22)]
    right = [PlacedText("Consider another", 300, 1, 400, 11), PlacedText("class.", 320, 13, 380, 23)]
    below = [PlacedText("Record it.", 0, 80, 100, 90)]

    found = boxes_of([right[0], below[0], left[0], right[1], left[1]])

    assert [box.text for box in found] == ["Did it happen in public?", "Consider another class.", "Record it."]
    assert stand_side_by_side([*left, *right, *below]) == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        ("ofany injury", "of any injury"),
        ("the behavlour", "the behaviour"),
        ("Class8N", "Class 8N"),
        ("a dynamIc risk", "a dynamic risk"),
        ("manage the lamp", "manage the lamp"),
        ("N100 and 008/58", "N100 and 008/58"),
    ],
)
def test_words_run_together_or_misread_are_mended_and_figures_left_alone(read: str, mended: str) -> None:
    known = Counter({"any": 9, "of": 9, "injury": 2, "behaviour": 3, "man": 4, "age": 4, "the": 9, "class": 3})

    assert mend_words(read, known) == mended


def test_white_words_on_white_paper_are_left_out_and_told_and_white_words_on_a_dark_heading_are_read(
    tmp_path: Path,
) -> None:
    sheet = FPDF(format="A4")
    sheet.add_page()
    sheet.set_font("Helvetica", size=11)
    sheet.text(18, 30, "The lantern must be lit before the report is filed.")
    sheet.set_text_color(255, 255, 255)
    sheet.text(18, 50, "Answer every question with yes.")
    sheet.set_fill_color(20, 20, 20)
    sheet.rect(15, 62, 120, 12, style="F")
    sheet.text(18, 70, "What the officer must count.")
    sheet.output(str(tmp_path / "white.pdf"))

    reading = read_whole(tmp_path / "white.pdf")
    text = " ".join(block.text for block in reading.blocks)

    assert "What the officer must count." in text
    assert "Answer every question" not in text
    assert any("page 1 has text nobody can see" in warning for warning in reading.warnings)


def test_a_transcription_is_used_for_the_edition_it_names_and_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "transcriptions" / "rules"
    folder.mkdir(parents=True)
    signed = "reviewed by: R. Invented\nreviewed on: 2026-05-01\n"
    (folder / "1.md").write_text(f"{signed}edition: 2025/26\nLast year's words.\n")
    (folder / "2.md").write_text(f"{signed}edition: 2026/27\nThis year's words.\n")
    (folder / "3.md").write_text(f"{signed}\nWords of no year.\n")
    source = Source(EDITION, tmp_path / "chart.pdf", tmp_path / "sources.toml")

    alone, _ = read_transcriptions(source)
    among_others, unused = read_transcriptions(source, alone=False)

    assert set(alone) == {2, 3}
    assert set(among_others) == {2}
    assert [block.text for block in among_others[2].blocks] == ["This year's words."]
    assert any("3.md" in sentence and "edition" in sentence for sentence in unused)
