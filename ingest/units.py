"""Blocks to units: the smallest pieces a passage is made of, and how much is lost by dividing before each.

A unit is a sentence or a list item. The cost of a division is what the reader would miss: nothing before a new topic,
everything between a lead-in and the list it announces, or between an example and its answer, or beside an OR, AND or
NOT that stands on a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.blocks import Block, Kind
from ingest.sentences import sentence_spans

NEVER = 500.0
_CONNECTOR = re.compile(r"^\W*(?:and|or|not|and/or|but|then|either|and not|or not)\W*$", re.IGNORECASE)
_OPENS_WITH_CONNECTOR = re.compile(r"^(?:AND|OR|NOT|THEN)\b")
_OPEN_ENDED = re.compile(r"(?:[:\u2013\u2014-]|\b(?:and|or))\W*$", re.IGNORECASE)
_EXAMPLE = re.compile(r"^(?:example|scenario|case study|illustration|question|q)\s*\d*\s*[:.)\u2013-]", re.IGNORECASE)
_VARIANT = re.compile(r"^\d{1,2}\s*:\s")
_ENUMERATED = re.compile(
    r"^(?:(?i:\(?[a-z]\)|\(?[ivx]{1,4}\))|\d{1,2}[.):]|[A-Z]\d{3}/\d{1,2}|\d{1,3}[A-Z]?(?:/\d+)?)\s+\S"
)
_LEANS = re.compile(
    r"^(?:however|except|unless|this|these|those|but|in such|otherwise|where this|if so|note|nb)\b", re.I
)
_ENDED = re.compile(r"[.!?][\"'\u2019\u201d)\]]*$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or list item. `opens` says whether it begins its block, `topic` names the run-in heading it is."""

    text: str
    pages: tuple[int, ...]
    opens: bool
    bullet: bool
    cost: float
    topic: str = ""


def units_of(blocks: Sequence[Block]) -> list[Unit]:
    """The units of the blocks that stand under one heading, in order."""
    units: list[Unit] = []
    example = -1
    for number, block in enumerate(blocks):
        if _EXAMPLE.match(block.text) or _VARIANT.match(block.text):
            example = number
        elif block.run_in:
            example = -1
        before = blocks[number - 1] if number else None
        cost = _cost(before, block, number - example if example >= 0 else 0)
        bullet = block.kind is Kind.ITEM
        for start, end in sentence_spans(block.text):
            opens = start == 0
            inside = (45.0 if _LEANS.match(block.text[start:]) else 28.0) + (20.0 if _is_item(block) else 0.0)
            units.append(
                Unit(
                    text=block.text[start:end],
                    pages=block.pages,
                    opens=opens,
                    bullet=bullet and opens,
                    cost=cost if opens else inside,
                    topic=block.text if block.run_in and opens else "",
                )
            )
    return units


def _is_item(block: Block) -> bool:
    return block.kind is Kind.ITEM or bool(_ENUMERATED.match(block.text))


def _cost(before: Block | None, block: Block, since_example: int) -> float:
    if before is None:
        return 0.0
    if _CONNECTOR.match(block.text) or _CONNECTOR.match(before.text) or _OPENS_WITH_CONNECTOR.match(block.text):
        return NEVER
    if before.run_in:
        return NEVER
    item, was_item = _is_item(block), _is_item(before)
    if not was_item and (_OPEN_ENDED.search(before.text) or (item and not _ENDED.search(before.text))):
        return NEVER
    if _EXAMPLE.match(block.text) or _VARIANT.match(block.text):
        return 2.0
    if block.run_in:
        return 0.0
    if item and was_item:
        return 80.0 if _OPEN_ENDED.search(before.text) else 40.0
    if 1 <= since_example <= 3:
        return (220.0, 90.0, 40.0)[since_example - 1]
    if item:
        return 60.0
    if _LEANS.match(block.text):
        return 30.0
    return 12.0 if was_item else 7.0
