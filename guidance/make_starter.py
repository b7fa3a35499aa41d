"""Makes the starter PDF and DOCX from the Markdown in guidance/source, so that people edit text and not binaries.

    python guidance/make_starter.py            writes both files beside sources.toml
    python guidance/make_starter.py --check    checks the text and writes nothing

Needs fpdf2, python-docx and markdown-it-py. The same text always makes the same bytes: dates are fixed.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from fpdf import FPDF
from fpdf.fonts import FontFace
from markdown_it import MarkdownIt

HERE = Path(__file__).resolve().parent
DIGEST_SOURCE = HERE / "source" / "rules-digest-2026-27.md"
DIGEST_PDF = HERE / "rules-digest-2026-27.pdf"
POLICY_SOURCE = HERE / "source" / "force-recording-policy.md"
POLICY_DOCX = HERE / "force-recording-policy.docx"

DIGEST_TITLE = "Digest of the Crime Recording Rules 2026/27"
MADE_ON = datetime(2026, 5, 1, tzinfo=UTC)
PURPLE = (92, 36, 131)
GREY = (95, 95, 95)


@dataclass(frozen=True)
class Block:
    """One block of the source: a heading, a paragraph, a list item or a table."""

    kind: str  # "h1", "h2", "h3", "p", "li" or "table"
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass
class Topic:
    """A heading of the digest and all that stands under it."""

    chapter: str
    title: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def words(self) -> int:
        """How many words the topic has, without its closing reference."""
        counted = [b.text for b in self.blocks if not b.text.startswith("Official text:")]
        counted += [cell for b in self.blocks for row in b.rows for cell in row]
        return sum(len(text.split()) for text in counted)


def front_matter(source: str) -> tuple[dict[str, str], str]:
    """Split `key: value` lines between two `---` lines from the text after them."""
    if not source.startswith("---\n"):
        return {}, source
    head, body = source[4:].split("\n---\n", 1)
    return dict(line.split(": ", 1) for line in head.splitlines()), body


def blocks_of(source: str) -> list[Block]:
    """Read the Markdown the starter texts use: headings, paragraphs, bullets and tables."""
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    found: list[Block] = []
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    in_table = in_list = False
    heading = ""
    for token in tokens:
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "heading_close":
            heading = ""
        elif token.type == "table_open":
            in_table, rows = True, []
        elif token.type == "table_close":
            in_table = False
            found.append(Block("table", rows=tuple(rows)))
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            rows.append(tuple(cells))
        elif token.type in ("bullet_list_open", "bullet_list_close"):
            in_list = token.type.endswith("open")
        elif token.type == "inline":
            text = " ".join(token.content.split())
            if in_table:
                cells.append(text)
            else:
                found.append(Block(heading or ("li" if in_list else "p"), text))
    return found


def topics_of(blocks: list[Block]) -> list[Topic]:
    """Group the blocks of the digest by topic (second-level heading)."""
    topics: list[Topic] = []
    chapter = ""
    for block in blocks:
        if block.kind == "h1":
            chapter = block.text
        elif block.kind == "h2":
            topics.append(Topic(chapter, block.text))
        else:
            topics[-1].blocks.append(block)
    return topics


def faults_in_digest(topics: list[Topic]) -> list[str]:
    """Say what breaks the rules the digest is written by."""
    faults: list[str] = []
    for topic in topics:
        where = f"{topic.chapter} / {topic.title}"
        if not topic.blocks or not topic.blocks[-1].text.startswith("Official text: "):
            faults.append(f"{where}: does not end with its official text")
        if not 60 <= topic.words <= 220:
            faults.append(f"{where}: {topic.words} words, outside 60 to 220")
        for block in topic.blocks:
            text = " ".join([block.text, *(cell for row in block.rows for cell in row)])
            try:
                text.encode("latin-1")
            except UnicodeEncodeError as error:
                faults.append(f"{where}: {error.object[error.start]!r} cannot be printed in the PDF's font")
            for start in re.findall(r"(?:^|[.?!*] )(This|It|These|That|They|Those|Such)\b", text):
                faults.append(f"{where}: a sentence begins with {start!r}, which says nothing when quoted alone")
    return faults


class DigestPdf(FPDF):
    """The printed digest: A4, running header and footer, chapters on new pages, contents with page numbers."""

    def __init__(self) -> None:
        super().__init__(format="A4")
        self.set_margins(22, 24, 22)
        self.set_auto_page_break(True, margin=22)
        self.set_title(f"{DIGEST_TITLE} (Recording Desk)")
        self.set_author("Recording Desk")
        self.set_subject("A summary in the project's own words. The official text prevails.")
        self.set_creator("Recording Desk")
        self.set_producer("Recording Desk")
        self.set_lang("en-GB")
        self.set_creation_date(MADE_ON)
        self.entries: list[tuple[int, str, int]] = []

    def header(self) -> None:
        if self.page_no() == 1:
            return
        self.set_y(11)
        self.set_font("Helvetica", "", 9)
        self.set_text_color(*GREY)
        self.cell(0, 5, "Recording Desk digest", align="L")
        self.set_y(24)

    def footer(self) -> None:
        self.set_y(-16)
        self.set_font("Helvetica", "", 9)
        self.set_text_color(*GREY)
        self.cell(0, 5, "With effect from April 2026", align="L")
        self.set_x(self.l_margin)
        self.cell(0, 5, str(self.page_no()), align="R")

    def body_font(self, style: str = "", size: float = 11) -> None:
        self.set_font("Helvetica", style, size)
        self.set_text_color(20, 20, 20)

    def cover(self) -> None:
        self.add_page()
        self.set_y(78)
        self.set_font("Helvetica", "B", 30)
        self.set_text_color(*PURPLE)
        self.multi_cell(0, 13, DIGEST_TITLE, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(5)
        self.body_font("", 13)
        for line in (
            "A summary for officers and staff in England and Wales, in the Recording Desk project's own words.",
            "With effect from April 2026.",
        ):
            self.multi_cell(0, 7, line, align="L", new_x="LMARGIN", new_y="NEXT")
            self.ln(2)
        self.ln(10)
        self.set_fill_color(240, 234, 245)
        self.body_font("", 11)
        self.multi_cell(
            0,
            6,
            "**A digest, not the rules.** The official text prevails wherever it differs. Every topic names the "
            "official section and page it summarises. The force crime registrar decides any doubtful case.",
            align="L",
            markdown=True,
            fill=True,
            padding=4,
            new_x="LMARGIN",
            new_y="NEXT",
        )

    def contents(self, entries: list[tuple[int, str, int]]) -> None:
        self.add_page()
        self.set_font("Helvetica", "B", 22)
        self.set_text_color(*PURPLE)
        self.cell(0, 12, "Contents", new_x="LMARGIN", new_y="NEXT")
        self.ln(2)
        for level, title, page in entries:
            if level == 0 and self.will_page_break(14):
                self.add_page()
            self.body_font("B" if level == 0 else "", 10 if level == 0 else 9)
            if level == 0:
                self.ln(1.6)
            indent, height = (0.0, 5.4) if level == 0 else (5.0, 4.6)
            number = str(page)
            width = self.epw - indent - 10
            dots = "." * max(0, int((width - self.get_string_width(title) - 3) / self.get_string_width(".")))
            link = self.add_link(page=page) if page else None
            self.set_x(self.l_margin + indent)
            self.cell(width, height, f"{title} {dots}" if level else title, link=link or "")
            self.cell(10, height, number, align="R", link=link or "", new_x="LMARGIN", new_y="NEXT")

    def chapter(self, title: str) -> None:
        self.add_page()
        self.start_section(title, level=0)
        self.entries.append((0, title, self.page_no()))
        self.set_font("Helvetica", "B", 26)
        self.set_text_color(*PURPLE)
        self.multi_cell(0, 12, title, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def topic(self, topic: Topic) -> None:
        if self.get_y() > self.t_margin + 20:
            with self.offset_rendering() as trial:
                trial.topic_text(topic)
            if trial.page_break_triggered:
                self.add_page()
        self.start_section(topic.title, level=1)
        self.entries.append((1, topic.title, self.page_no()))
        self.topic_text(topic)

    def topic_text(self, topic: Topic) -> None:
        self.set_font("Helvetica", "B", 16)
        self.set_text_color(20, 20, 20)
        self.multi_cell(0, 7.4, topic.title, align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(1.6)
        for block in topic.blocks:
            self.block(block)
        self.ln(4)

    def block(self, block: Block) -> None:
        if block.kind == "table":
            self.ruled_table(block.rows)
            return
        official = block.text.startswith("Official text: ")
        self.body_font("I" if official else "", 9.5 if official else 11)
        if official:
            self.set_text_color(*GREY)
        indent = 6 if block.text.startswith("**Example") else 0
        height = 4.8 if official else 5.4
        self.set_x(self.l_margin + indent)
        self.multi_cell(self.epw - indent, height, block.text, align="L", markdown=True, new_x="LMARGIN", new_y="NEXT")
        self.ln(2)

    def ruled_table(self, rows: tuple[tuple[str, ...], ...]) -> None:
        self.body_font("B", 9.5)
        columns = list(zip(*rows, strict=True))
        least = [max(self.get_string_width(word) for cell in column for word in cell.split()) + 5 for column in columns]
        wanted = [max(self.get_string_width(cell) for cell in column) for column in columns]
        share = (self.epw - sum(least)) / sum(wanted)
        widths = tuple(low + share * want for low, want in zip(least, wanted, strict=True))
        self.body_font("", 9.5)
        self.set_fill_color(255, 255, 255)
        self.set_draw_color(120, 120, 120)
        self.set_line_width(0.2)
        with self.table(
            col_widths=widths,
            borders_layout="ALL",
            line_height=5,
            padding=1.2,
            text_align="LEFT",
            headings_style=FontFace(emphasis="BOLD", fill_color=(232, 224, 240)),
        ) as table:
            for row in rows:
                table.row(row)
        self.ln(3)


def digest_bytes(topics: list[Topic]) -> bytes:
    """Print the digest. The contents need page numbers, so it is laid out until they stop moving."""
    entries: list[tuple[int, str, int]] = []
    for topic in topics:
        if not entries or topic.chapter not in {title for level, title, _ in entries if level == 0}:
            entries.append((0, topic.chapter, 0))
        entries.append((1, topic.title, 0))
    for _ in range(4):
        pdf = DigestPdf()
        pdf.cover()
        pdf.contents(entries)
        chapter = ""
        for topic in topics:
            if topic.chapter != chapter:
                chapter = topic.chapter
                pdf.chapter(chapter)
            pdf.topic(topic)
        if pdf.entries == entries:
            return bytes(pdf.output())
        entries = pdf.entries
    raise RuntimeError("the contents pages did not settle")


def field_code(run: Any, code: str) -> None:
    """Put a Word field, such as the page number, into a run."""
    for kind, text in (("begin", None), (None, code), ("end", None)):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def add_text(paragraph: Any, text: str) -> None:
    """Add text to a paragraph, with **bold** as bold."""
    for i, part in enumerate(re.split(r"\*\*", text)):
        if part:
            paragraph.add_run(part).bold = bool(i % 2) or None


def policy_styles(document: Any) -> None:
    """Set the fonts and spacing of the styles the policy uses."""
    styles = document.styles
    for name, size, colour in (
        ("Title", 26, PURPLE),
        ("Heading 1", 18, PURPLE),
        ("Heading 2", 13, (20, 20, 20)),
    ):
        style = styles[name]
        style.font.name, style.font.size, style.font.bold = "Arial", Pt(size), True
        style.font.color.rgb = RGBColor(*colour)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(key), None)
    styles["Normal"].font.name, styles["Normal"].font.size = "Arial", Pt(11)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Heading 1"].paragraph_format.space_before = Pt(18)
    numbered = styles.add_style("Numbered paragraph", 1)
    numbered.base_style = styles["Normal"]
    numbered.paragraph_format.left_indent = Cm(1.4)
    numbered.paragraph_format.first_line_indent = Cm(-1.4)
    numbered.paragraph_format.tab_stops.add_tab_stop(Cm(1.4))
    reference = styles.add_style("Official text", 1)
    reference.base_style = styles["Normal"]
    reference.font.italic, reference.font.size = True, Pt(9.5)
    reference.font.color.rgb = RGBColor(*GREY)


def add_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    """Add a ruled table whose first row is a heading that repeats."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for i, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
            if i == 0:
                cell.paragraphs[0].runs[0].bold = True
    heading = table.rows[0]._tr.get_or_add_trPr()
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    heading.append(repeat)
    document.add_paragraph()


def header_and_footer(document: Any, matter: dict[str, str]) -> None:
    """Put the protective marking in the header, and the reference and page numbers in the footer."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    top = section.header.paragraphs[0]
    top.alignment = WD_ALIGN_PARAGRAPH.CENTER
    top.add_run(matter["marking"]).bold = True
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.clear_all()
    foot.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{matter['subtitle']}, {matter['reference']}\tPage ")
    field_code(foot.add_run(), "PAGE")
    foot.add_run(" of ")
    field_code(foot.add_run(), "NUMPAGES")


def policy_bytes(source: str) -> bytes:
    """Write the sample force policy as a Word document."""
    matter, body = front_matter(source)
    document = Document()
    policy_styles(document)
    header_and_footer(document, matter)
    properties = document.core_properties
    properties.title, properties.author = matter["title"], "Recording Desk"
    properties.subject = matter["subtitle"]
    properties.last_modified_by, properties.comments = "Recording Desk", ""
    properties.created = properties.modified = MADE_ON.replace(tzinfo=None)
    document.add_paragraph(matter["title"], style="Title")
    document.add_paragraph(matter["subtitle"])
    for block in blocks_of(body):
        if block.kind in ("h2", "h3"):
            document.add_heading(block.text, level=1 if block.kind == "h2" else 2)
        elif block.kind == "table":
            add_table(document, block.rows)
        elif block.text.startswith("Official text: "):
            document.add_paragraph(block.text, style="Official text")
        elif number := re.match(r"(\d+\.\d+) ", block.text):
            paragraph = document.add_paragraph(style="Numbered paragraph")
            add_text(paragraph, f"{number.group(1)}\t{block.text[number.end() :]}")
        else:
            add_text(document.add_paragraph(), block.text)
    raw = io.BytesIO()
    document.save(raw)
    return same_every_time(raw.getvalue())


def same_every_time(package: bytes) -> bytes:
    """Pack a zip again with fixed times, so that the same text makes the same file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, MADE_ON.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()


def main() -> int:
    """Check the text and, unless only checking, write the PDF and the DOCX."""
    parser = argparse.ArgumentParser(description="Make the starter PDF and DOCX from guidance/source.")
    parser.add_argument("--check", action="store_true", help="check the text and write nothing")
    arguments = parser.parse_args()
    topics = topics_of(blocks_of(DIGEST_SOURCE.read_text(encoding="utf-8")))
    faults = faults_in_digest(topics)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        return 1
    if not arguments.check:
        DIGEST_PDF.write_bytes(digest_bytes(topics))
        POLICY_DOCX.write_bytes(policy_bytes(POLICY_SOURCE.read_text(encoding="utf-8")))
        print(f"wrote {DIGEST_PDF.name} ({len(topics)} topics) and {POLICY_DOCX.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
