"""Ruled tables of a PDF: headers by their place, merged cells said again, broken words joined."""

from __future__ import annotations

from pathlib import Path

from fpdf import FPDF

from ingest.passages import make_passages
from ingest.read_whole import read_whole
from knowledge.model import Authority, Edition, Passage, PassageKind

EDITION = Edition("rules", "Invented Rules", "Nobody", Authority.NATIONAL_RULE, "2026/27")
TOLD = "A candle and a lamp are counted each by its class, and no lamp is counted twice."


def rows(tmp_path: Path) -> list[Passage]:
    path = tmp_path / "table.pdf"
    sheet = FPDF(format="A4")
    sheet.add_page()
    sheet.set_font("Helvetica", size=11)
    sheet.multi_cell(0, 8, TOLD, new_x="LMARGIN", new_y="NEXT")
    with sheet.table(col_widths=(30, 15, 50, 50), first_row_as_headings=False, width=140) as table:
        table.row().cell("Lamps by street and owner", colspan=4)
        table.row(["Street", "Lamp", "Owner at home", "Owner away"])
        first = table.row()
        first.cell("North", rowspan=3)
        for words in ("Oil", "class 9A", "class 9B"):
            first.cell(words)
        second = table.row()
        for words in ("Gas", "class 9C"):
            second.cell(words)
        second.cell("( c l a s s 9 D )", rowspan=2)
        table.row(["Can-\ndle", "class 9E"])
        table.row(["South", "Oil", "class 8A", "class 8B"])
    sheet.multi_cell(0, 8, TOLD, new_x="LMARGIN", new_y="NEXT")
    sheet.output(str(path))
    passages = make_passages(read_whole(path), EDITION, lambda text: len(text.split()), 256)
    return [passage for passage in passages if passage.kind is PassageKind.TABLE_ROW]


def test_each_row_is_a_sentence_of_headers_and_values_under_the_title_of_its_table(tmp_path: Path) -> None:
    found = rows(tmp_path)

    assert found[0].text == "Street: North; Lamp: Oil; Owner at home: class 9A; Owner away: class 9B"
    assert {passage.path[-1] for passage in found} == {"Lamps by street and owner"}
    assert len(found) == 4


def test_a_merged_cell_is_said_in_every_row_it_goes_down_over(tmp_path: Path) -> None:
    found = rows(tmp_path)

    assert found[1].text.startswith("Street: North; Lamp: Gas")
    assert found[2].text.endswith("Owner away: (class 9D)")
    assert found[3].text.startswith("Street: South")


def test_a_word_broken_by_a_narrow_cell_is_whole_where_the_document_knows_it(tmp_path: Path) -> None:
    assert "Lamp: Candle" in rows(tmp_path)[2].text
