"""Write tables of TOML, which the standard library only reads: flat ones of text, numbers and dates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from knowledge.clean import clean


def toml_table(header: str, values: Mapping[str, str | int | date | None]) -> str:
    """A table with its header line, such as `[[document]]`. What is None or empty text is left out."""
    lines = [header]
    for key, value in values.items():
        if value is None or value == "":
            continue
        lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines) + "\n"


def toml_text(words: str) -> str:
    """Text as a TOML value, control characters taken out."""
    return json.dumps(clean(words), ensure_ascii=False)


def _value(value: str | int | date) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        # A JSON string is a TOML basic string, once control characters are out of it.
        return toml_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)
