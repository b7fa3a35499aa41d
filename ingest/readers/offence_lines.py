"""An offence of the list as a line a person reads, and the lines of a class under its heading.

The line says what a code alone does not: its class, and whether it has begun and whether it has ended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from ingest.readers.blocks import Block, Kind

_PARTIES = {"V": "victim", "S": "state", "S/V": "state or victim", "V/S": "state or victim"}


def class_blocks(records: Sequence[dict[str, Any]]) -> list[Block]:
    """A heading a class and an item an offence, so that a class reads as one list."""
    blocks: list[Block] = []
    classes: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        classes.setdefault(record["class"] or record["code_normalised"].partition("/")[0], []).append(record)
    for name, members in classes.items():
        blocks.append(Block(Kind.HEADING, name, level=2))
        blocks += [Block(Kind.ITEM, record["line"]) for record in members]
    return blocks


def one_line(record: dict[str, Any]) -> str:
    """Code, title, class, statute, maximum sentence, victim or state, and whether it is in force."""
    incident = record["kind"] == "incident"
    told = [f"{record['code_normalised'] if incident else record['code']} {record['title']}"]
    if record["class"] and not incident:
        told.append(f"class {record['class'].split()[0]}")
    if record["statute"]:
        told.append(record["statute"])
    if record["max_sentence"]:
        told.append(f"maximum sentence {_sentence(record['max_sentence'])}")
    if party := _PARTIES.get(record["victim_state"].upper()):
        told.append(party)
    began, ended = record["effective_from"], record["effective_to"]
    if "tbc" in began.lower():
        told.append("not yet in force: its commencement is to be confirmed (TBC)")
    elif began and incident:
        told.append(f"added {_spoken(began)}")
    if incident and ended:
        told.append(f"deleted {_spoken(ended)}")
    elif record["current"].upper() == "N" or ended:
        told.append(f"no longer current, ended {_spoken(ended)}" if ended else "no longer current")
    if record["comments"]:
        told.append(record["comments"].rstrip("."))
    return "; ".join(told)


def _sentence(printed: str) -> str:
    """`14` is years and `6m` months in the list's one column; `Life`, `fine` and `51 weeks` speak for themselves."""
    if printed.isdigit():
        return f"{printed} year" if printed == "1" else f"{printed} years"
    months = re.fullmatch(r"(\d+)m", printed)
    return f"{months[1]} months" if months else printed


def _spoken(printed: str) -> str:
    try:
        day = date.fromisoformat(printed)
    except ValueError:
        return printed
    return f"{day.day} {day:%B %Y}"
