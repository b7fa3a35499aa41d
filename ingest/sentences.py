"""Where the sentences of a passage begin and end, so that each can be quoted alone and verbatim."""

from __future__ import annotations

import re

_END = re.compile(
    r"[.!?](?:[\"'\u2019\u201d)\]]*)(?=\s+[\"'\u2018\u201c(\[]?[A-Z0-9])|(?<=[;:])(?=\s+\([a-z0-9]{1,3}\)\s)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:i\.e|e\.g|etc|cf|viz|no|nos|sec|secs|para|paras|pp?|vs?|mr|mrs|ms|dr|prof|st|art|ch|ref|approx|incl|inc|fig|"
    r"reg|vol|ed|al|dept|co|ltd|nb|n\.b|art|arts|sched|regs|insp|sgt|rev)|\b[A-Z]|\b\d{1,2})\.$",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*(?:\d{1,2}|[a-z])\.$")


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each sentence, list item or table row of a passage's text, bullets left out."""
    spans: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        start = at + (2 if line.startswith("- ") else 0)
        end_of_line = at + len(line)
        begin = start
        for found in _END.finditer(text, start, end_of_line):
            head = text[begin : found.end()].rstrip("\"'\u2019\u201d)]")
            if _ABBREVIATION.search(head) and not head.endswith(("crime.", "crimes.")):
                continue
            spans.append((begin, found.end()))
            begin = found.end()
            while begin < end_of_line and text[begin].isspace():
                begin += 1
        if text[begin:end_of_line].strip():
            spans.append((begin, begin + len(text[begin:end_of_line].rstrip())))
        at = end_of_line + 1
    return tuple(spans)


def cell_spans(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each "header: value" of a table row, which is found by its cells and quoted whole."""
    spans: list[tuple[int, int]] = []
    start = 0
    for part in text.split("; "):
        spans.append((start, start + len(part)))
        start += len(part) + 2
    return tuple(spans)
