"""Read plain text and Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.readers.blocks import Block, Kind, Reading
from knowledge.errors import DocumentRejected

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def decoded(path: Path) -> str:
    """Text of a file in UTF-8, UTF-16 or Windows-1252 without control characters. Raises DocumentRejected."""
    raw = path.read_bytes()
    if not raw.strip():
        raise DocumentRejected(path.name, "it is empty")
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\x00") < 3:
            return _CONTROL.sub("", text)
    raise DocumentRejected(path.name, "it is not text")


def read_text(path: Path) -> Reading:
    """Paragraphs of a text file; a first line that is short and stands alone is its heading."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", decoded(path)) if part.strip()]
    blocks = [Block(Kind.PARAGRAPH, text) for text in paragraphs]
    if len(blocks) > 1 and len(blocks[0].text.split()) <= 20 and not blocks[0].text.endswith("."):
        blocks[0] = Block(Kind.HEADING, blocks[0].text, level=1)
    if not blocks:
        raise DocumentRejected(path.name, "it is empty")
    return Reading(tuple(blocks))


def read_markdown(path: Path) -> Reading:
    """Blocks of a Markdown file, by way of the HTML it stands for."""
    return markdown_blocks(decoded(path), path.name)


def markdown_blocks(text: str, name: str) -> Reading:
    """Blocks of Markdown text."""
    from markdown_it import MarkdownIt

    from ingest.readers.html import read_html_text

    # Raw HTML in Markdown is shown as text, never interpreted.
    rendered = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    return read_html_text(rendered, name)
