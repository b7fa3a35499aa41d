"""PDF pages made for tests of what is found and drawn on them."""

from __future__ import annotations

from pathlib import Path

from fpdf import FPDF

WRAPPED = (
    "A crime must be recorded as soon as the officer is satisfied that it is more likely than not that a crime was "
    "committed, and in any case no later than 24 hours after the report. Never wait for an enquiry."
)


def write_pages(path: Path, *pages: str, width: float = 70) -> Path:
    """A PDF with one narrow column of text a page, each with a running header and a page number."""
    pdf = FPDF()
    pdf.set_auto_page_break(True, margin=8)
    for number, text in enumerate(pages, start=1):
        pdf.add_page()
        pdf.set_font("helvetica", size=9)
        pdf.cell(0, 8, "Official", align="C", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", size=12)
        pdf.multi_cell(width, 6, text, new_x="LMARGIN", new_y="NEXT")
        pdf.set_y(-20)
        pdf.cell(0, 5, str(number), align="R")
    pdf.output(str(path))
    return path


def write_table(path: Path) -> Path:
    """A PDF with a ruled table of three offences."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=11)
    with pdf.table() as table:
        for cells in (("Offence", "Class", "Years"), ("Shouting", "91", "1"), ("Pushing", "92", "2")):
            row = table.row()
            for text in cells:
                row.cell(text)
    pdf.output(str(path))
    return path


def write_picture(path: Path) -> Path:
    """A PDF whose one page is a picture with no characters."""
    from PIL import Image

    pdf = FPDF()
    pdf.add_page()
    pdf.image(Image.new("RGB", (300, 200), "teal"), x=20, y=40, w=150)
    pdf.output(str(path))
    return path
