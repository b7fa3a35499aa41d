"""Draw a page of a PDF, outline a passage on it and highlight cited words. Runs in the child of pdf_child.py only."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw

from knowledge.adapters.page_search import Box

_TALLEST = 3
"""Height of a picture as a multiple of its width: a page that says it is a mile long must not fill the memory."""
_OUTLINE = (0, 94, 165)
_YELLOW = (255, 240, 120)
_LEAST_PICTURE = 0.04
"""Share of the page below which a picture is an ornament."""


def draw_page(document: pypdfium2.PdfDocument, page: int, width: int) -> Image.Image:
    """The page (1-based) as a picture `width` dots wide."""
    drawn = document[page - 1]
    across, down = drawn.get_size()
    if across <= 0 or down <= 0:
        raise ValueError("the page has no size")
    scale = min(width / across, _TALLEST * width / down)
    picture: Image.Image = drawn.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    drawn.close()
    return picture


def mark_page(picture: Image.Image, page: int, outlines: Sequence[Box], marks: Sequence[Box]) -> Image.Image:
    """The picture with yellow over the lines in `marks` and a thin rectangle round each of `outlines`."""
    for box in marks:
        area = _dots(picture, box, 2)
        if box.page == page and area[2] > area[0] and area[3] > area[1]:
            # Multiplied, so that yellow paper shows under black letters as a highlighter's does.
            part = picture.crop(area)
            picture.paste(ImageChops.multiply(part, Image.new("RGB", part.size, _YELLOW)), area)
    pen = ImageDraw.Draw(picture)
    for box in outlines:
        if box.page == page:
            pen.rectangle(_dots(picture, box, 6), outline=_OUTLINE, width=max(2, picture.width // 500))
    return picture


def pictures_on(document: pypdfium2.PdfDocument, page: int) -> list[Box]:
    """One box round the pictures placed on a page, none where it has none of any size."""
    drawn = document[page - 1]
    across, down = drawn.get_size()
    found: list[Box] = []
    for placed in drawn.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4):
        left, bottom, right, top = placed.get_bounds()
        x0, y0, x1, y1 = (
            min(1.0, max(0.0, v)) for v in (left / across, 1 - top / down, right / across, 1 - bottom / down)
        )
        if (x1 - x0) * (y1 - y0) >= _LEAST_PICTURE:
            found.append(Box(page, x0, y0, x1, y1))
    drawn.close()
    if not found:
        return []
    return [
        Box(
            page, min(b.x0 for b in found), min(b.y0 for b in found), max(b.x1 for b in found), max(b.y1 for b in found)
        )
    ]


def as_png(picture: Image.Image) -> bytes:
    """The picture as a PNG, in full colour."""
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def as_small_as_legible(picture: Image.Image) -> tuple[str, bytes]:
    """(media type, bytes) of the picture for leafing through: 16 colours, or a JPEG where that is smaller."""
    few, photo = io.BytesIO(), io.BytesIO()
    picture.quantize(16, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(few, "PNG", optimize=True)
    picture.save(photo, "JPEG", quality=50, optimize=True)
    if photo.tell() < few.tell():
        return "image/jpeg", photo.getvalue()
    return "image/png", few.getvalue()


def _dots(picture: Image.Image, box: Box, margin: int) -> tuple[int, int, int, int]:
    """The box in dots of the picture, with a margin, inside it."""
    return (
        max(0, int(box.x0 * picture.width) - margin),
        max(0, int(box.y0 * picture.height) - margin),
        min(picture.width - 1, int(box.x1 * picture.width) + margin + 1),
        min(picture.height - 1, int(box.y1 * picture.height) + margin + 1),
    )
