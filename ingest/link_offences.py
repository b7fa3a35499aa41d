"""Join each record of an offence list to the passage that shows it, so that a look-up can cite it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from knowledge.model import Edition, Passage


def link_offences(
    records: Sequence[dict[str, Any]], passages: Sequence[Passage], edition: Edition
) -> list[dict[str, Any]]:
    """The records with `edition`, and in `passage` the id of the passage that holds their line ("" where none does)."""
    shown = {
        line.removeprefix("- "): passage.id
        for passage in passages
        if passage.edition.key == edition.key
        for line in passage.text.split("\n")
    }
    return [{**record, "edition": edition.key, "passage": shown.get(record.get("line", ""), "")} for record in records]
