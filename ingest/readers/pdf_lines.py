"""Text lines of a PDF with their type size, weight and place, by pypdfium2."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf_line import Line
from ingest.readers.pdf_unseen import WHITE, visible_lines

_MOST_PAGES = 2000
_LEAST_PICTURE = 0.05
"""Share of a page from which a picture is worth reading: an acronym in a box is some 7% of one, a crest 2%."""
_TEXT_OVER_PICTURE = 300
"""Letters of text over a picture from which the picture is a background, or a scan that carries its text already."""
_SOFT_HYPHEN = re.compile("[\u00ad\u200b\u200c\u200d\ufeff]")


class PdfUnreadable(Exception):
    """The file is not a PDF that can be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its 1-based number, its lines in reading order, and the place of a picture that may hold words.

    `picture` is left, bottom, right and top in points from the lower left corner; `unseen` counts lines left out
    because nobody who looks at the page can see them.
    """

    number: int
    lines: tuple[Line, ...]
    picture: tuple[float, float, float, float] | None
    has_ruled_lines: bool
    unseen: int = 0


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
    images: list[tuple[float, float, float, float]] = []
    ruled = 0
    for thing in page.get_objects(max_depth=2):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(thing.get_bounds())
        elif thing.type == pdfium.FPDF_PAGEOBJ_PATH:
            ruled += 1
    textpage = page.get_textpage()
    found = _lines(textpage.raw, height)
    textpage.close()
    lines = tuple(visible_lines(page, found))
    page.close()
    return Page(number, lines, _picture(images, lines, width, height), ruled >= 12, len(found) - len(lines))


def _picture(
    images: Sequence[tuple[float, float, float, float]], lines: Sequence[Line], width: float, height: float
) -> tuple[float, float, float, float] | None:
    """What the images of a page cover, unless it is small (a crest, a logo) or text is printed over it."""
    # An image is often cut into strips; what matters is what they cover together.
    area = sum(max(0.0, right - left) * max(0.0, top - bottom) for left, bottom, right, top in images)
    if area < _LEAST_PICTURE * width * height:
        return None
    left, bottom = max(0.0, min(i[0] for i in images)), max(0.0, min(i[1] for i in images))
    right, top = min(width, max(i[2] for i in images)), min(height, max(i[3] for i in images))
    over = sum(len(line.text) for line in lines if left <= line.x <= right and bottom <= line.y <= top)
    return (left, bottom, right, top) if over < _TEXT_OVER_PICTURE else None


def _lines(raw: Any, height: float) -> list[Line]:
    buffer, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    x, y = ctypes.c_double(), ctypes.c_double()
    lines: list[Line] = []
    text: list[str] = []
    sizes: Counter[float] = Counter()
    bold = solid = white = 0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    start: tuple[float, float] | None = None
    last = 0

    def end_line() -> None:
        nonlocal text, sizes, bold, solid, white, start
        words = " ".join(_tidy("".join(text)).split())
        if words and start is not None:
            edge = min(start[1], height - start[1]) / (height or 1.0)
            size = max(sizes, key=lambda s: sizes[s])
            pdfium.FPDFText_GetCharOrigin(raw, last, x, y)
            lines.append(Line(words, start[0], start[1], size, bold >= 0.95 * solid, edge, x.value, white >= solid))
        text, sizes, bold, solid, white, start = [], Counter(), 0, 0, 0, None

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
        if pdfium.FPDFText_GetFillColor(raw, index, red, green, blue, alpha):
            white += min(red.value, green.value, blue.value) >= WHITE
        sizes[round(pdfium.FPDFText_GetFontSize(raw, index) * 2) / 2] += 1
    end_line()
    return lines


def _tidy(text: str) -> str:
    # U+FFFE and U+0002 are how PDFium writes a hyphen at the end of a broken word.
    text = text.replace("\ufffe", "-").replace("\x02", "-").replace("\u00a0", " ")
    return _SOFT_HYPHEN.sub("", unicodedata.normalize("NFC", text))
