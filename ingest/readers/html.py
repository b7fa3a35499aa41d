"""Read a web page: h1 to h6, paragraphs, list items and tables of its main part; navigation and scripts left out."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup, Comment, Tag

from ingest.readers.blocks import Block, Kind, Reading
from ingest.readers.plain import decoded
from ingest.readers.tables import rows_as_sentences
from knowledge.errors import DocumentRejected

_LEFT_OUT = ("script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "svg", "iframe")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read_html(path: Path) -> Reading:
    """Blocks of a page. Raises DocumentRejected with the reason in a sentence."""
    return read_html_text(decoded(path), path.name)


def read_html_text(text: str, name: str) -> Reading:
    """Blocks of HTML text."""
    soup = BeautifulSoup(text, "lxml")
    for tag in soup(_LEFT_OUT):
        tag.decompose()
    for hidden in soup.select('[hidden], [aria-hidden="true"], [style*="display:none"], [style*="display: none"]'):
        hidden.decompose()
    root = soup.find("main") or soup.find("article") or soup.body or soup
    blocks: list[Block] = []
    if isinstance(root, Tag):
        _walk(root, blocks)
    if not blocks:
        raise DocumentRejected(name, "it holds no text")
    return Reading(tuple(blocks))


def _walk(tag: Tag, blocks: list[Block]) -> None:
    loose: list[str] = []

    def flush() -> None:
        text = " ".join(" ".join(loose).split())
        loose.clear()
        if text:
            blocks.append(Block(Kind.PARAGRAPH, text))

    for child in tag.children:
        if isinstance(child, Comment):
            continue
        if not isinstance(child, Tag):
            loose.append(str(child))
        elif child.name in _HEADINGS:
            flush()
            _add(blocks, Kind.HEADING, child, _HEADINGS[child.name])
        elif child.name in {"p", "blockquote", "pre", "dt", "dd", "figcaption"}:
            flush()
            _add(blocks, Kind.PARAGRAPH, child)
        elif child.name == "li":
            flush()
            _item(child, blocks)
        elif child.name == "table":
            flush()
            blocks += _table(child)
        elif child.find(["p", "li", "table", *_HEADINGS]) is not None or child.name in {
            "div",
            "section",
            "ul",
            "ol",
            "dl",
        }:
            flush()
            _walk(child, blocks)
        else:
            loose.append(child.get_text(" "))
    flush()


def _item(tag: Tag, blocks: list[Block]) -> None:
    inner = tag.find_all(["ul", "ol"])
    for nested in inner:
        nested.extract()
    _add(blocks, Kind.ITEM, tag)
    for nested in inner:
        if nested.find_parent(["ul", "ol"]) is None:
            _walk(nested, blocks)


def _add(blocks: list[Block], kind: Kind, tag: Tag, level: int = 0) -> None:
    text = " ".join(tag.get_text(" ").split())
    if text:
        blocks.append(Block(kind, text, level=level))


def _table(table: Tag) -> list[Block]:
    cells = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")
    ]
    return [Block(Kind.ROW, row, table="table") for row in rows_as_sentences([row for row in cells if any(row)])]
