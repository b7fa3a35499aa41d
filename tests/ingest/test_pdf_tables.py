"""Ruled tables of a PDF: headers by their place, merged cells said again, broken words joined."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from ingest.passages import make_passages
from ingest.read_whole import read_whole
from knowledge.model import Authority, Edition, Passage, PassageKind

EDITION = Edition("rules", "Invented Rules", "Nobody", Authority.NATIONAL_RULE, "2026/27")
CELLS = [
    ["Lamps by street and owner", "", "", ""],
    ["Street", "Lamp", "Owner at home", "Owner away"],
    ["North", "Oil", "class 9A", "class 9B"],
    ["", "Gas", "class 9C", "( c l a s s 9 D )"],
    ["", "Can-\ndle", "class 9E", ""],
    ["South", "Oil", "class 8A", "class 8B"],
]
STYLE = [
    ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
    ("SPAN", (0, 0), (-1, 0)),
    ("SPAN", (0, 2), (0, 4)),
    ("SPAN", (3, 3), (3, 4)),
]


def rows(tmp_path: Path) -> list[Passage]:
    path = tmp_path / "table.pdf"
    normal = getSampleStyleSheet()["Normal"]
    told = Paragraph("A candle and a lamp are counted each by its class, and no lamp is counted twice.", normal)
    SimpleDocTemplate(str(path), pagesize=A4).build([told, Table(CELLS, style=TableStyle(STYLE)), told])
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
