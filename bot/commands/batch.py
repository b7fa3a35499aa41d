"""Read questions from a JSON-lines file: `{"id", "question", "as_at"?}`, one object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import WrongUse


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One question of a batch. `id` is kept as it was written; None when the line has none."""

    id: Any
    question: str
    as_at: date | None

    def with_id(self, body: dict[str, object]) -> dict[str, object]:
        """`body` with the id first, when the line has one."""
        return body if self.id is None else {"id": self.id, **body}


def read_batch(path: Path, day: Callable[[str | None], date | None]) -> list[BatchLine]:
    """Every line of the file (`-` for standard input), read before anything is answered.

    A batch with a bad line is refused whole, so that a script never takes half of one for all of it. Blank lines are
    skipped and unknown fields ignored. Raises WrongUse naming the line.
    """
    name, text = _text_of(path)
    lines = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            lines.append(_line(json.loads(line), day))
        except (ValueError, WrongUse) as fault:
            why = "it is not JSON" if isinstance(fault, json.JSONDecodeError) else str(fault).rstrip(".")
            raise WrongUse(f"{name}, line {number}: {why}; nothing was answered.") from None
    if not lines:
        raise WrongUse(f'{name} holds no questions; write one {{"id", "question"}} object a line.')
    return lines


def _text_of(path: Path) -> tuple[str, str]:
    if str(path) == "-":
        return "standard input", sys.stdin.read()
    try:
        return path.name, path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        why = "it is not UTF-8 text" if isinstance(fault, UnicodeDecodeError) else fault.strerror or "it is unreadable"
        raise WrongUse(f"{path} cannot be read ({why}); check the path.") from None


def _line(record: Any, day: Callable[[str | None], date | None]) -> BatchLine:
    if not isinstance(record, dict):
        raise WrongUse("it is not a JSON object")
    question, as_at = record.get("question"), record.get("as_at")
    if not isinstance(question, str):
        raise WrongUse('it has no "question"')
    if as_at is not None and not isinstance(as_at, str):
        raise WrongUse('"as_at" is not a date in quotation marks')
    return BatchLine(record.get("id"), question, day(as_at))
