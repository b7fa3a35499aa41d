"""Text lines of a PDF with their type size, weight and place, by pypdfium2."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_MOST_PAGES = 2000
_SOFT_HYPHEN = re.compile("[\u00ad\u200b\u200c\u200d\ufeff]|[\U000e0000-\U000e007f]|[\u202a-\u202e\u2066-\u2069]")


class PdfUnreadable(Exception):
    """The file is not a PDF that can be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `x`, `y` are points from the lower left corner, `y` of the baseline."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    share_from_edge: float
    right: float = 0.0
    """Where the last character of the line begins."""

    @property
    def shape(self) -> str:
        """The line with figures as one sign, so that "Page 3 of 7" is the same line on every page."""
        return re.sub(r"\d+", "#", self.text.lower())


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its 1-based number, its lines in reading order, the share of it that images cover."""

    number: int
    lines: tuple[Line, ...]
    image_share: float
    has_ruled_lines: bool


def read_lines(path: Path) -> list[Page]:
    """Every page of the file. Raises PdfUnreadable."""
    if not path.read_bytes()[:1024].lstrip().startswith(b"%PDF-"):
        raise PdfUnreadable("it is not a PDF")
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise PdfUnreadable("it is protected by a password") from None
        raise PdfUnreadable("it is damaged and cannot be opened as a PDF") from None
    try:
        if len(document) == 0:
            raise PdfUnreadable("it has no pages")
        if len(document) > _MOST_PAGES:
            raise PdfUnreadable(f"it has {len(document):,} pages, more than the {_MOST_PAGES:,} the desk reads")
        return [_page(document, number) for number in range(1, len(document) + 1)]
    except pypdfium2.PdfiumError:
        raise PdfUnreadable("it is damaged: a page cannot be read") from None
    finally:
        document.close()


def _page(document: Any, number: int) -> Page:
    page = document[number - 1]
    width, height = page.get_size()
    images = ruled = 0.0
    for thing in page.get_objects(max_depth=2):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            images += max(0.0, right - left) * max(0.0, top - bottom)
        elif thing.type == pdfium.FPDF_PAGEOBJ_PATH:
            ruled += 1
    textpage = page.get_textpage()
    lines = tuple(_lines(textpage.raw, height))
    textpage.close()
    page.close()
    return Page(number, lines, min(1.0, images / (width * height or 1.0)), ruled >= 12)


def _lines(raw: Any, height: float) -> list[Line]:
    buffer, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    x, y = ctypes.c_double(), ctypes.c_double()
    lines: list[Line] = []
    text: list[str] = []
    sizes: Counter[float] = Counter()
    bold = solid = 0
    start: tuple[float, float] | None = None
    last = 0

    def end_line() -> None:
        nonlocal text, sizes, bold, solid, start
        words = " ".join(_tidy("".join(text)).split())
        if words and start is not None:
            edge = min(start[1], height - start[1]) / (height or 1.0)
            size = max(sizes, key=lambda s: sizes[s])
            pdfium.FPDFText_GetCharOrigin(raw, last, x, y)
            lines.append(Line(words, start[0], start[1], size, bold >= 0.95 * solid, edge, x.value))
        text, sizes, bold, solid, start = [], Counter(), 0, 0, None

    for index in range(pdfium.FPDFText_CountChars(raw)):
        letter = chr(pdfium.FPDFText_GetUnicode(raw, index))
        if letter in "\r\n":
            end_line()
            continue
        text.append(letter)
        if letter.isspace() or pdfium.FPDFText_IsGenerated(raw, index):
            continue
        if start is None:
            pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
            start = (x.value, y.value)
        last = index
        pdfium.FPDFText_GetFontInfo(raw, index, buffer, 256, flags)
        solid += 1
        bold += b"Bold" in buffer.value or b"Black" in buffer.value
        sizes[round(pdfium.FPDFText_GetFontSize(raw, index) * 2) / 2] += 1
    end_line()
    return lines


def _tidy(text: str) -> str:
    # U+FFFE and U+0002 are how PDFium writes a hyphen at the end of a broken word.
    text = text.replace("\ufffe", "-").replace("\x02", "-").replace("\u00a0", " ")
    return _SOFT_HYPHEN.sub("", unicodedata.normalize("NFC", text))
