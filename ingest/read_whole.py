"""A document with the words of its pictures: the document read in one child, its pictures by OCR in another."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from ingest.hidden_text import checked
from ingest.read_document import read_document
from ingest.readers.blocks import TO_BE_READ, Block, Kind, Reading
from ingest.readers.mend_words import mend_words, vocabulary
from ingest.readers.pictures import read_pictures
from ingest.readers.text_boxes import PlacedText
from knowledge.errors import DocumentRejected

READER = "2026-11-23.4"
"""Version of the reading. Raise it when a reader would give other blocks for the same file."""
_BULLET = re.compile(r"\s*[\u2022\u25cf\u00b7]\s*")


def read_whole(path: Path) -> Reading:
    """The document as read, pictures and all. Raises DocumentRejected with the file and the reason in one sentence.

    `pictures` of the reading is empty when they were read; where they could not be, it still names them.
    """
    reading = read_document(path)
    if not reading.pictures:
        return reading
    found = read_pictures(path, reading.pictures)
    known = vocabulary(block.text for block in reading.blocks)
    blocks: list[Block] = []
    warnings = list(reading.warnings)
    for block in reading.blocks:
        if block.kind is not Kind.PICTURE or block.text != TO_BE_READ:
            blocks.append(block)
            continue
        if found is None:
            warnings.append(f"page {block.page} has a picture, and there was no time or memory to read it")
            continue
        drawn = [one for box in found.get(block.page, []) for one in _blocks(box, block.page, known)]
        seen = checked(Reading(tuple(drawn)))
        drawn = list(seen.blocks)
        blocks += drawn
        warnings += seen.warnings
        warnings.append(
            f"page {block.page} has a picture, read by OCR ({_confidence(drawn):.0%} sure) and reviewed by nobody"
            if drawn
            else f"page {block.page} has a picture in which no words could be read"
        )
    if not blocks:
        raise DocumentRejected(path.name, "it is a scan in which no words could be read")
    left = reading.pictures if found is None else {}
    return replace(reading, blocks=tuple(blocks), warnings=tuple(warnings), pictures=left)


def _blocks(box: PlacedText, page: int, known: Counter[str]) -> list[Block]:
    text = mend_words(box.text, known)
    return [
        Block(Kind.PICTURE, part.strip(), page, confidence=round(box.confidence, 2))
        for part in _BULLET.split(text)
        if part.strip()
    ]


def _confidence(blocks: list[Block]) -> float:
    letters = sum(len(block.text) for block in blocks)
    return sum((block.confidence or 0.0) * len(block.text) for block in blocks) / letters
