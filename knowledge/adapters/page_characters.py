"""The characters of a PDF page as they are compared, each with its place on the page."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

Place = tuple[float, float, float, float]
"""Left, top, right and bottom as shares of the page's width and height, from its top left corner."""
_MOST = 60_000
"""Characters of one page that are looked at. A full page of the rules has about 5,000."""
_FINE = 1_000_000


@dataclass(slots=True)
class PageCharacters:
    """One page: its letters and figures folded, where each stands, and which of them begin and end words."""

    page: int
    text: str = ""
    places: list[Place] = field(default_factory=list)
    begins: list[bool] = field(default_factory=list)


def letters_of(text: str) -> str:
    """Text as it is compared: letters and figures only, ligatures and accents taken apart, without case.

    What a page breaks, hyphenates, sets with bullets or prints with other quotation marks folds to the same letters.
    """
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def read_characters(document: pypdfium2.PdfDocument, page: int) -> PageCharacters:
    """The characters of a page (1-based) in the order the document draws them."""
    drawn = document[page - 1]
    text = drawn.get_textpage()
    to_share = _Shares(drawn)
    found = PageCharacters(page)
    letters: list[str] = []
    box = [ctypes.c_double() for _ in range(4)]
    between = True
    for index in range(min(text.count_chars(), _MOST)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        folded = letters_of(chr(code)) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not folded:
            # A hyphen that ends a line (PDFium gives it as U+0002 or U+FFFE) does not end the word.
            between = between or code not in (0x02, 0xFFFE, 0xAD)
            continue
        if not pdfium.FPDFText_GetCharBox(text, index, *map(ctypes.byref, box)):
            continue
        left, right, bottom, top = (value.value for value in box)
        place = to_share(left, top, right, bottom)
        letters.append(folded)
        found.places += [place] * len(folded)
        found.begins += [between] + [False] * (len(folded) - 1)
        between = False
    found.text = "".join(letters)
    text.close()
    drawn.close()
    return found


class _Shares:
    """Turns a box in the page's own coordinates into shares of the page as it is shown, turned and cropped."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._at = [self._device(page, x, y) for x, y in ((0, 0), (1000, 0), (0, 1000))]

    @staticmethod
    def _device(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        return across.value / _FINE, down.value / _FINE

    def __call__(self, left: float, top: float, right: float, bottom: float) -> Place:
        (x0, y0), (xa, ya), (xb, yb) = self._at
        corners = [
            (x0 + (x * (xa - x0) + y * (xb - x0)) / 1000, y0 + (x * (ya - y0) + y * (yb - y0)) / 1000)
            for x, y in ((left, top), (right, bottom))
        ]
        across, down = (sorted(min(1.0, max(0.0, corner[axis])) for corner in corners) for axis in (0, 1))
        return across[0], down[0], across[1], down[1]
