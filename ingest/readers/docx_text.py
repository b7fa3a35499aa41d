"""Which text of a Word document its reader sees: changes accepted, hidden text and text in white left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_CHAIN = 20
"""Styles a style may rest on; a chain that is longer goes round in a circle."""
_SMALLEST = 4
"""Half-points. Type of two points is a grey line to who reads the page."""
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom"})
_SKIPPED = _GONE | {f"{_W}pPr", f"{_W}rPr", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SPACES = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr"})


def value(element: Any, *path: str) -> str | None:
    """The `val` of a child by its path, "" where it is there without one, None where it is not there."""
    for name in path:
        element = element.find(f"{_W}{name}") if element is not None else None
    return None if element is None else element.get(f"{_W}val", "")


class Styles:
    """The styles of a document by id: what they are called, and whether what they set can be seen."""

    def __init__(self, root: Any) -> None:
        found = root.iterfind(f"{_W}style") if root is not None else ()
        self._styles = {style.get(f"{_W}styleId", ""): style for style in found}

    def names(self, style: str | None) -> list[str]:
        """Its name and those of the styles it rests on, nearest first, in small letters."""
        return [(value(one, "name") or "").lower() for one in self._chain(style)]

    def unseen(self, style: str | None) -> str:
        """Why text in this style cannot be seen ("hidden", "white", "tiny"), else ""."""
        return next(filter(None, (_unseen(one.find(f"{_W}rPr")) for one in self._chain(style))), "")

    def shaded(self, style: str | None) -> bool:
        """Whether the style puts a ground behind its text, in which case white can be read."""
        return any(_is_dark(shade) for one in self._chain(style) for shade in one.iter(f"{_W}shd"))

    def _chain(self, style: str | None) -> list[Any]:
        chain: list[Any] = []
        while style and style in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[style])
            style = value(chain[-1], "basedOn")
        return chain


class Text:
    """Gives the text of elements and counts what was left out of it, by why."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.left_out: Counter[str] = Counter()

    def of(self, element: Any) -> str:
        """The text of a paragraph, on one line."""
        style = value(element, "pPr", "pStyle")
        return " ".join("".join(self._pieces(element, self._styles.unseen(style))).split())

    def _pieces(self, element: Any, unseen: str) -> Iterator[str]:
        for child in element.iterchildren():
            if child.tag in _SKIPPED:
                continue
            if child.tag == f"{_W}r":
                yield from self._run(child, unseen)
            else:
                yield from self._pieces(child, unseen)

    def _run(self, run: Any, unseen: str) -> Iterator[str]:
        why = self._why(run, unseen)
        for child in run.iterchildren():
            if child.tag == f"{_W}t":
                if why and (child.text or "").strip():
                    self.left_out[why] += 1
                elif not why:
                    yield child.text or ""
            elif child.tag in _SPACES:
                yield " "
            elif child.tag not in _SKIPPED:  # A text box stands in a run and holds paragraphs of its own.
                yield " "
                yield from self._pieces(child, unseen)

    def _why(self, run: Any, unseen: str) -> str:
        own = run.find(f"{_W}rPr")
        why = _unseen(own) or self._styles.unseen(value(run, "rPr", "rStyle"))
        if not why and not (own is not None and _says_otherwise(own, unseen)):
            why = unseen
        return "" if why == "white" and self._on_dark(run) else why

    def _on_dark(self, run: Any) -> bool:
        """Whether something behind the run is not white: its own shading, its paragraph's, its cell's, its table's."""
        if value(run, "rPr", "highlight") not in (None, "none", "white"):
            return True
        for one in (run, *run.iterancestors()):
            name = one.tag.rpartition("}")[2]
            if name == "txbxContent":  # The ground is the shape's, said in another language than Word's.
                return True
            if any(_is_dark(shade) for shade in one.iterfind(f"{_W}{name}Pr/{_W}shd")):
                return True
            if self._styles.shaded(value(one, f"{name}Pr", f"{name}Style")):
                return True
        return False


def _unseen(properties: Any) -> str:
    if properties is None:
        return ""
    if _on(properties, "vanish"):
        return "hidden"
    colour = properties.find(f"{_W}color")
    if colour is not None:
        # A colour of the theme overrules the one that is written out beside it.
        theme = colour.get(f"{_W}themeColor")
        dimmed = colour.get(f"{_W}themeShade") is not None
        if (theme in {"background1", "light1"} and not dimmed) or (theme is None and _white(colour.get(f"{_W}val"))):
            return "white"
    size = value(properties, "sz")
    return "tiny" if size is not None and size.isdecimal() and int(size[:6]) <= _SMALLEST else ""


def _says_otherwise(own: Any, unseen: str) -> bool:
    name = {"hidden": "vanish", "white": "color", "tiny": "sz"}.get(unseen)
    return name is not None and own.find(f"{_W}{name}") is not None


def _on(properties: Any, name: str) -> bool:
    return value(properties, name) not in (None, "0", "false", "off")


def _is_dark(shade: Any) -> bool:
    if shade.get(f"{_W}themeFill") not in (None, "background1", "light1"):
        return True
    fill = shade.get(f"{_W}fill")
    return fill not in (None, "", "auto") and not _white(fill)


def _white(colour: str | None) -> bool:
    """Whether a colour is white or so near it that print on white paper is not seen."""
    try:
        return colour is not None and len(colour) == 6 and min(bytes.fromhex(colour)) >= 0xF0
    except ValueError:
        return False
