"""Officers' shorthand written out, from the reviewed table in shorthand.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("shorthand.toml")
_AGE = re.compile(r"(?<![\w/.-])(\d{1,2})[\s-]?(?:(?:yr|year)s?[\s-]?old|yo|y/o)(?![\w/-])", re.IGNORECASE)
_BANDS = ((10, "child under 10 years"), (13, "child under 13"), (16, "child under 16"), (18, "under 18"))
"""The ages at which the rules turn, and how they say it. Few ask about "a child under 10", many about one of 7."""


def write_out(text: str) -> str:
    """The question with shorthand written out: "vic wont support pros" -> "victim declines to support prosecution".

    A capital-letter code such as C2 or N100 is not in the table and stays as it is.
    """
    pattern, table = _compiled()
    text = _AGE.sub(_with_band, text)
    return pattern.sub(lambda found: table[found.group(0).lower().replace("\u2019", "'")], text)


def _with_band(found: re.Match[str]) -> str:
    age = int(found.group(1))
    return f"{age} year old {next((band for below, band in _BANDS if age < below), '')}".strip()


@cache
def _compiled() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = {}
    for section in tomllib.loads(_TABLE.read_text(encoding="utf-8")).values():
        for short, long in section.items():
            table[short.lower()] = long
            if "n't" not in short and "nt" in short and long.startswith(("can", "will", "do", "does", "did", "is")):
                table[short.replace("nt", "n't").lower()] = long
    longest_first = sorted(table, key=len, reverse=True)
    alternatives = "|".join(re.escape(short).replace("'", "['\u2019]") for short in longest_first)
    return re.compile(rf"(?<![\w/&-])(?:{alternatives})(?![\w/&-]|\.\d)", re.IGNORECASE), table
