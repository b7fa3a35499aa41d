"""Small documents made for tests, in every format the desk reads. All of them invented."""

from __future__ import annotations

from pathlib import Path

SOURCES = """
[[document]]
id = "rules"
title = "Invented Rules"
publisher = "Nobody"
authority = "national_rule"
edition = "2026/27"
effective_from = 2026-04-01
file = "rules.md"
url = "https://www.gov.uk/invented"
"""

RULES = """# Invented Rules

## When to record

A crime must be recorded on the same day and no later than 24 hours after the report. Never wait for an enquiry.

## Who may cancel

Only a designated decision maker who is independent of the investigation may cancel a crime.

The following may NOT cancel a crime:

- the officer in the case
- the officer's own supervisor

## Counting

One crime for each victim.

Example 1: Two sisters are pushed over by one man.

Two crimes.
"""


def write_sources(folder: Path, text: str = SOURCES, **files: str | bytes) -> Path:
    """A sources.toml and the files it names (`rules_md` for rules.md)."""
    for name, body in ({"rules_md": RULES} | files).items():
        path = folder / ".".join(name.rsplit("_", 1))
        path.write_bytes(body) if isinstance(body, bytes) else path.write_text(body, encoding="utf-8")
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def another(document: str, file: str, **over: str) -> str:
    """One more [[document]] for a sources.toml."""
    lines = {
        "id": f'"{document}"',
        "title": f'"Invented {document}"',
        "publisher": '"Nobody"',
        "authority": '"national_guidance"',
        "edition": '"2026"',
        "effective_from": "2026-04-01",
        "file": f'"{file}"',
    } | over
    return "\n[[document]]\n" + "\n".join(f"{key} = {value}" for key, value in lines.items()) + "\n"


def write_docx(path: Path) -> Path:
    """A policy with heading styles, a list and a table."""
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "OFFICIAL"
    document.add_heading("Invented Policy", level=0)
    document.add_heading("1 Recording", level=1)
    document.add_paragraph("1.1 The duty sergeant checks every report before the end of the shift.")
    document.add_paragraph("The sergeant tells:")
    document.add_paragraph("the registrar's office", style="List Bullet")
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(table.rows, (("Code", "Who"), ("C2", "decision maker"), ("C1", "other force")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def write_pdf(path: Path, pages: int = 4) -> Path:
    """Rules with a contents page, running header and footer, page numbers, two sizes of heading and a ruled table."""
    from fpdf import FPDF

    class Rules(FPDF):
        def header(self) -> None:
            self.set_font("helvetica", size=9)
            self.cell(0, 8, "Official", align="C", new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-14)
            self.set_font("helvetica", size=9)
            self.cell(0, 5, f"{self.page_no()}", align="R", new_x="LMARGIN", new_y="NEXT")
            self.cell(0, 5, "With effect from April 2026")

    pdf = Rules()
    pdf.add_page()
    pdf.set_font("helvetica", "B", 26)
    pdf.cell(0, 14, "Contents", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("helvetica", size=11)
    for number in range(1, 15):
        pdf.cell(0, 7, f"Topic {number} {'.' * 40} {number + 1}", new_x="LMARGIN", new_y="NEXT")
    for page in range(2, pages + 1):
        pdf.add_page()
        pdf.set_font("helvetica", "B", 26)
        pdf.cell(0, 14, f"Chapter {page}", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", "B", 16)
        pdf.cell(0, 10, f"Topic {page}", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", size=11)
        pdf.multi_cell(0, 6, f"Rule {page} must be kept by every officer who takes a report. " * 4, new_x="LMARGIN")
    pdf.add_page()
    pdf.set_font("helvetica", "B", 16)
    pdf.cell(0, 10, "Look-up table", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("helvetica", size=11)
    rows = [("Offence", "Class", "Years"), ("Shouting", "91", "1"), ("Pushing", "92", "2"), ("Tripping", "93", "3")]
    with pdf.table() as table:
        for cells in rows:
            row = table.row()
            for text in cells:
                row.cell(text)
    pdf.output(str(path))
    return path
