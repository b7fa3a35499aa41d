"""Read a Word document: heading styles, numbering styles, lists and tables; headers and footers left out.

Tracked deletions, the old place of moved text, comments, hidden text and macros are left out and reported; text that
was inserted with tracking on is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.readers.archives import check_archive
from ingest.readers.blocks import Block, Kind, Reading
from ingest.readers.docx_text import Styles, Text, value
from ingest.readers.tables import rows_as_sentences
from knowledge.errors import DocumentRejected

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_BYTES = 200 * 1024**2
_MOST_XML = 48 * 1024**2
"""Bytes of one part. A policy of 1,000 pages is some 10 MB; the tree that is made of it takes several times that."""
_MOST_COLUMNS = 63
"""What Word allows in a table; a cell that says it spans more is damaged."""
_WHOLE = frozenset({f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")})
_HEADING = re.compile(r"heading (\d)")
_HIDDEN = {"hidden": "hidden text", "white": "white text", "tiny": "text too small to see"}


def read_docx(path: Path) -> Reading:
    """Blocks of a .docx or .docm in order. Raises DocumentRejected with the reason in a sentence."""
    names = check_archive(path, "a Word document", ("word/document.xml",), _MOST_BYTES, _MOST_XML)
    body, styles = _opened(path)
    text = Text(styles)
    blocks: list[Block] = []
    for part in _parts(body):
        blocks += _paragraph(part, text, styles) if part.tag == f"{_W}p" else _table(part, text)
    if not blocks:
        raise DocumentRejected(path.name, "it holds no text")
    return Reading(tuple(blocks), warnings=tuple(_warnings(body, text, names)))


def _opened(path: Path) -> tuple[Any, Styles]:
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart

    # python-docx takes a document with macros for something else, though its parts are the same.
    PartFactory.part_type_for["application/vnd.ms-word.document.macroEnabled.main+xml"] = DocumentPart
    try:
        part = Package.open(str(path)).main_document_part
        if not isinstance(part, DocumentPart):
            raise TypeError(CONTENT_TYPE.WML_DOCUMENT_MAIN)
        body = part.element.find(f"{_W}body")
        styles = Styles(part.styles.element)
    except Exception as fault:  # python-docx raises KeyError, ValueError, lxml's and its own errors alike.
        if isinstance(fault, MemoryError):
            raise
        raise DocumentRejected(path.name, f"it is not a Word document ({type(fault).__name__})") from None
    if body is None:
        raise DocumentRejected(path.name, "it holds no text")
    return body, styles


def _parts(element: Any) -> Iterator[Any]:
    """The paragraphs and tables of an element in order, out of the wrappers of forms and of tracked changes."""
    for child in element.iterchildren():
        if child.tag in {f"{_W}p", f"{_W}tbl"}:
            yield child
        elif child.tag in _WHOLE:
            yield from _parts(child)


def _paragraph(paragraph: Any, text: Text, styles: Styles) -> list[Block]:
    words = text.of(paragraph)
    names = styles.names(value(paragraph, "pPr", "pStyle"))
    if not words or any(name == "title" or name.startswith("toc") for name in names[:1]):
        return []
    level = next((int(found[1]) for found in map(_HEADING.match, names) if found), 0)
    if level:
        return [Block(Kind.HEADING, words, level=level)]
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return [Block(Kind.ITEM if numbered or any("list" in name for name in names) else Kind.PARAGRAPH, words)]


def _table(table: Any, text: Text) -> list[Block]:
    rows: list[list[str]] = []
    for row in table.iter(f"{_W}tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None or next(row.iterancestors(f"{_W}tbl")) is not table:
            continue  # A row that was deleted, or one of a table in a cell, which is read with that cell.
        line: list[str] = []
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr")) is not row:
                continue
            # A paragraph in a paragraph is a text box, and is read with the paragraph that holds it.
            outer = (part for part in cell.iter(f"{_W}p") if next(part.iterancestors(f"{_W}p"), None) is None)
            words = " ".join(filter(None, map(text.of, outer)))
            if value(cell, "tcPr", "vMerge") in ("", "continue") and rows and len(line) < len(rows[-1]):
                words = rows[-1][len(line)]
            span = value(cell, "tcPr", "gridSpan") or "1"
            wide = min(_MOST_COLUMNS, int(span[:6])) if span.isdecimal() else 1
            line += [words, *[""] * (wide - 1)]
        rows.append(line[:_MOST_COLUMNS])
    return [Block(Kind.ROW, row, table="table") for row in rows_as_sentences(rows)]


def _warnings(body: Any, text: Text, names: list[str]) -> Iterator[str]:
    def with_text(tag: str) -> int:
        return sum(any(True for _ in one.iter(f"{_W}t", f"{_W}delText")) for one in body.iter(f"{_W}{tag}"))

    def count(tag: str) -> int:
        return sum(1 for _ in body.iter(f"{_W}{tag}"))

    counted = [(count("commentReference"), "comment"), (with_text("del"), "tracked deletion")]
    counted += [(with_text("moveFrom"), "moved passage"), (count("footnoteReference"), "footnote")]
    said = [f"{number} {thing}{'s' if number > 1 else ''}" for number, thing in counted if number]
    if said:
        kept = " (a moved passage is read where it was moved to)" if any("moved" in one for one in said) else ""
        yield f"it has {_listed(said)}, left out of what is read{kept}"
    if with_text("ins"):
        yield "it has tracked insertions, which are read as if they were accepted"
    if text.left_out:
        yield f"it has {_listed([_HIDDEN[why] for why in sorted(text.left_out)])}, which was left out"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        yield "it carries macros, which were not looked at"
    if any(name.startswith("word/embeddings/") for name in names):
        yield "it holds other documents inside it, which were not read"


def _listed(things: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(things[:-1]), things[-1])))
