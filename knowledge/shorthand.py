"""Officers' shorthand written out, from the reviewed table in shorthand.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("shorthand.toml")


def write_out(text: str) -> str:
    """The question with shorthand written out: "vic wont support pros" -> "victim declines to support prosecution".

    A capital-letter code such as C2 or N100 is not in the table and stays as it is.
    """
    pattern, table = _compiled()
    return pattern.sub(lambda found: table[found.group(0).lower().replace("\u2019", "'")], text)


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
