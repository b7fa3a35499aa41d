"""Read a Word document: heading styles, numbering styles, lists and tables; headers and footers left out.

Tracked deletions and comments are not read; text that was inserted with tracking on is.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from ingest.readers.blocks import Block, Kind, Reading
from ingest.readers.tables import rows_as_sentences
from knowledge.errors import DocumentRejected

_MOST_BYTES = 200 * 1024 * 1024
_MOST_RATIO = 200
_NUMBERED = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+\S")


def read_docx(path: Path) -> Reading:
    """Blocks of a .docx in order. Raises DocumentRejected with the reason in a sentence."""
    _refuse_bombs(path)
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        document = docx.Document(str(path))
    except Exception as fault:  # python-docx raises KeyError, ValueError, lxml's and its own errors alike.
        raise DocumentRejected(path.name, f"it is not a Word document ({type(fault).__name__})") from None
    blocks: list[Block] = []
    for part in document.element.body.iterchildren():
        name = part.tag.rpartition("}")[2]
        if name == "p":
            blocks += _paragraph(Paragraph(part, document))
        elif name == "tbl":
            blocks += _table(Table(part, document))
    if not blocks:
        raise DocumentRejected(path.name, "it holds no text")
    return Reading(tuple(blocks))


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = [(info.file_size, info.compress_size) for info in archive.infolist()]
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        raise DocumentRejected(path.name, "it is not a Word document") from None
    if "word/document.xml" not in names:
        raise DocumentRejected(path.name, "it is not a Word document")
    whole = sum(size for size, _ in sizes)
    if whole > _MOST_BYTES or any(size > 10_000_000 and size > _MOST_RATIO * max(1, packed) for size, packed in sizes):
        raise DocumentRejected(path.name, "it unpacks to far more than a document of its size should")


def _paragraph(paragraph: Any) -> list[Block]:
    text = " ".join(_shown_text(paragraph._p).split())
    if not text:
        return []
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    found = re.match(r"heading (\d)", style)
    if found:
        return [Block(Kind.HEADING, text, level=int(found[1]))]
    if style == "title":
        return []
    if style.startswith("toc"):
        return []
    if "list" in style or (paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None):
        return [Block(Kind.ITEM, text)]
    return [Block(Kind.PARAGRAPH, text)]


def _shown_text(element: Any) -> str:
    """Text of a paragraph as it reads with every change accepted."""
    out: list[str] = []
    for node in element.iter():
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name == "t" and not any(a.tag.endswith("}del") for a in node.iterancestors()):
            out.append(node.text or "")
        elif name in {"tab", "br", "cr"}:
            out.append(" ")
    return "".join(out)


def _table(table: Any) -> list[Block]:
    cells: list[list[str]] = []
    for row in table.rows:
        seen: set[Any] = set()
        line: list[str] = []
        for cell in row.cells:
            if cell._tc in seen:
                continue
            seen.add(cell._tc)
            line.append(" ".join(" ".join(_shown_text(p._p) for p in cell.paragraphs).split()))
        cells.append(line)
    return [Block(Kind.ROW, row, table="table") for row in rows_as_sentences(cells)]
