"""Read a web page: h1 to h6, paragraphs, list items and tables of its main part; navigation and scripts left out."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PageElement

from ingest.readers.blocks import Block, Kind, Reading
from ingest.readers.plain import decoded
from ingest.readers.tables import rows_as_sentences
from knowledge.errors import DocumentRejected

_LEFT_OUT = ("script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "svg", "iframe")
_ZERO = r"(?:0+\.?0*|\.0+)(?:px|pt|r?em|ex|%)?"
_UNSEEN = re.compile(
    rf"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:{_ZERO}(?:;|$)|font-size:{_ZERO}(?:;|$)"
    rf"|font:[a-z-]*{_ZERO}[/a-z,\"']|(?:text-indent|left|right|top):-\d{{3,}}|clip:rect\((?:0|1px))"
)
_WHITE = re.compile(r"(?:white|snow|#f{3,4}|#f{6}(?:ff)?|rgba?\(255,255,255|transparent|hsla?\(0,0%,100%)(?![\w])")
_RUN_ON = frozenset(
    "a abbr b bdi cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time u var".split()
)
"""Elements at whose edges words go on: a comma after an italic title belongs to the title's last word."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read_html(path: Path) -> Reading:
    """Blocks of a page. Raises DocumentRejected with the reason in a sentence."""
    return read_html_text(decoded(path), path.name)


def read_html_text(text: str, name: str) -> Reading:
    """Blocks of HTML text."""
    soup = BeautifulSoup(text, "lxml")
    for tag in soup(_LEFT_OUT):
        tag.decompose()
    unseen = _leave_hidden_out(soup)
    root = _main_part(soup)
    blocks: list[Block] = []
    _walk(root, blocks)
    if not blocks:
        raise DocumentRejected(name, "it holds no text")
    parts = "1 part of the page that holds text is" if unseen == 1 else f"{unseen} parts of the page that hold text are"
    return Reading(tuple(blocks), warnings=(f"{parts} hidden from who reads it, and left out",) if unseen else ())


def _main_part(soup: BeautifulSoup) -> Tag:
    root = soup.find("main") or soup.find("article") or soup.body
    return root if isinstance(root, Tag) else soup


def _leave_hidden_out(soup: BeautifulSoup) -> int:
    """Take what a browser would not show out of the page. How many parts of its main part with text that were."""
    root = _main_part(soup)
    unseen = 0
    for tag in soup.find_all(_is_hidden):
        if tag.decomposed:
            continue
        unseen += bool(tag.get_text(strip=True)) and (tag is root or root in tag.parents or tag in root.parents)
        tag.decompose()
    return unseen


def _is_hidden(tag: Tag) -> bool:
    if tag.has_attr("hidden") or str(tag.get("aria-hidden", "")).lower() == "true":
        return True
    if not tag.has_attr("style"):
        return False
    if _UNSEEN.search(re.sub(r"\s|!important", "", str(tag["style"]).lower())):
        return True
    if not _WHITE.match(_rules(tag).get("color", "")):
        return False
    # White on a dark ground is a heading; on a ground that is not said it is white on white.
    grounds = (_ground(one) for one in (tag, *tag.parents))
    return _WHITE.match(next(filter(None, grounds), "white")) is not None


def _rules(tag: Tag) -> dict[str, str]:
    style = re.sub(r"\s|!important", "", str(tag.get("style", "")).lower())
    return {name: value for name, _, value in (rule.partition(":") for rule in style.split(";"))}


def _ground(tag: Tag) -> str:
    rules = _rules(tag)
    return rules.get("background-color") or rules.get("background") or str(tag.get("bgcolor", "")).lower()


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
            loose.append(_inline(child))
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
    text = " ".join(_inline(tag).split())
    if text:
        blocks.append(Block(kind, text, level=level))


def _inline(node: PageElement) -> str:
    """The words as a browser runs them together: a space at a break or a block, none at bold or a link."""
    if isinstance(node, Tag):
        words = "".join(map(_inline, node.children))
        return words if node.name in _RUN_ON else f" {words} "
    return "" if isinstance(node, Comment) else str(node)


def _table(table: Tag) -> list[Block]:
    cells = [[" ".join(_inline(cell).split()) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
    return [Block(Kind.ROW, row, table="table") for row in rows_as_sentences([row for row in cells if any(row)])]
