"""Read the words of pictures in a PDF by OCR, in a child process of its own.

The recognition models come with the rapidocr wheel; nothing is fetched. A chart is often put on its page turned by a
quarter, so where most of the words found stand upright as columns the picture is turned both ways and the reading
with the most sure words is kept.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.readers.text_boxes import PlacedText, boxes_of, is_label
from knowledge.child_process import run_child

Region = tuple[float, float, float, float]
"""Left, bottom, right and top in points from the lower left corner of the page."""

_SCALE = 2.5
"""Pixels a point: 180 dots an inch, at which 8-point type is some 20 pixels high. 300 read no better and cost more."""
_SURE = 0.5
"""Below this an OCR line is more often noise of arrows and borders than words."""
_SECONDS = 60
_SECONDS_A_PICTURE = 60
_MEMORY = 6 * 1024**3
_LETTERS = 2


def read_pictures(path: Path, regions: Mapping[int, Region]) -> dict[int, list[PlacedText]] | None:
    """Boxes of words by page for the pictures at `regions`; a picture in which nothing can be read gives an empty list.

    None where the pictures could not be read at all: there was no time or memory for it.
    """
    if not regions:
        return {}
    seconds = _SECONDS + _SECONDS_A_PICTURE * len(regions)
    try:
        child = run_child(
            "ingest.readers.pictures", str(path.resolve()), json.dumps(regions), str(seconds), seconds=seconds
        )
        told = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return None
    return {int(page): [PlacedText(*box) for box in boxes] for page, boxes in told.items()}


def _child(path: Path, regions: Mapping[str, Sequence[float]], seconds: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds + 1))
    logging.disable(logging.CRITICAL)
    import pypdfium2
    from rapidocr import RapidOCR

    engine = RapidOCR()
    document = pypdfium2.PdfDocument(path)
    told: dict[str, list[list[object]]] = {}
    for page, (left, bottom, right, top) in regions.items():
        sheet = document[int(page) - 1]
        width, height = sheet.get_size()
        picture = sheet.render(
            scale=_SCALE, crop=(max(0.0, left), max(0.0, bottom), max(0.0, width - right), max(0.0, height - top))
        ).to_pil()
        lines = read_turned(picture.convert("RGB"), lambda image: _lines(engine, image))
        told[page] = [
            [box.text, box.left, box.top, box.right, box.bottom, round(box.confidence, 3)] for box in boxes_of(lines)
        ]
    sys.stdout.write(json.dumps(told))


def read_turned(picture: Any, read: Callable[[Any], list[PlacedText]]) -> list[PlacedText]:
    """The lines of a picture by `read`, the way up in which the most is read surely."""
    lines = read(picture)
    upright = sum(len(line.text) for line in lines if line.right - line.left < line.height and len(line.text) > 3)
    if upright <= 0.5 * sum(len(line.text) for line in lines if len(line.text) > 3):
        return lines
    turned = [lines, *(read(picture.rotate(angle, expand=True)) for angle in (90, 270))]
    return max(turned, key=lambda found: sum(line.confidence**4 * len(line.text) for line in found))


def _lines(engine: Any, image: Any) -> list[PlacedText]:
    found = engine(image)
    if found.txts is None:
        return []
    lines = []
    for corners, text, sure in zip(found.boxes, found.txts, found.scores, strict=True):
        words = " ".join(str(text).split())
        # The arrows of a flow chart are read as a V, a downward arrow sign, or a lone letter.
        if sure < _SURE or is_label(words) or sum(letter.isalnum() for letter in words) < _LETTERS:
            continue
        xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        lines.append(PlacedText(words, min(xs), min(ys), max(xs), max(ys), float(sure)))
    return lines


if __name__ == "__main__":
    _child(Path(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3]))
