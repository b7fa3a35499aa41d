"""Look an offence code or class up in the records of the offence list, and say what a code alone does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.codes import classes_in, codes_in, without_codes
from knowledge.model import Citation, Statement
from knowledge.ports import OpenBuild

# What may stand beside a code in a question that asks about the code itself and nothing else.
_ABOUT_THE_CODE = frozenset(
    "a about an and any are at away can class classes classification code codes commenced commencement current "
    "deleted does date end ended for force find from get give has have ho home hocr i in is it its list look looking "
    "lookup many max maximum me mean means my need notifiable now number of off offence offences office old on or "
    "please pls reportable what whats which where sentence section show stand stands started statute still tell the "
    "there to under up use used valid victim state was we were when with yet you".split()
)
_WORD = re.compile(r"[a-z]+")
_MOST_LINES = 8
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True, slots=True)
class LookUp:
    """What the offence list says of the codes of a question.

    `alone` is true when the question asks about the codes and nothing else; `unknown` are codes that stand nowhere.
    """

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    alone: bool
    unknown: tuple[str, ...]


def look_up(question: str, build: OpenBuild, as_at: date) -> LookUp | None:
    """The records of every code in `question`, or of its class when it names nothing else. None where neither is named.

    Only lists in force on `as_at` are looked in.
    """
    held = {edition.key for edition in build.editions if edition.governs(as_at)}
    records = [record for record in build.offences() if record["edition"] in held and record.get("passage")]
    if not records:
        return None
    codes, classes = codes_in(question), classes_in(question)
    alone = set(_WORD.findall(without_codes(question).lower())) <= _ABOUT_THE_CODE
    groups = [[r for r in records if r["code_normalised"] == code] for code in codes]
    if not codes and alone:
        groups = [[r for r in records if r["class"].split()[:1] == [name]] for name in classes]
    found = [group for group in groups if group]
    if not found and not (codes and alone):
        return None
    unknown = tuple(code for code, group in zip(codes, groups, strict=False) if not group)
    citations: list[Citation] = []
    statements: list[Statement] = []
    for group in found:
        cited = _cited(group, build, len(citations))
        citations += cited
        numbers = tuple(citation.number for citation in cited)
        names = list(dict.fromkeys(record["class"].split()[0] for record in group if record["class"]))
        if codes and len(names) > 1:
            count = _NUMBERS[len(names)] if len(names) < len(_NUMBERS) else str(len(names))
            statements.append(
                Statement(
                    f"{group[0]['code_normalised']} stands in {count} classes: {', '.join(names)}. "
                    "The code alone does not say which.",
                    numbers,
                )
            )
        statements += [Statement(citation.quote, (citation.number,)) for citation in cited]
    return LookUp(tuple(statements), tuple(citations), alone, unknown)


def not_in_force(found: LookUp) -> bool:
    """Whether any of the codes has ended or has not begun: an asker has to be told, whatever they asked about it."""
    return any(re.search(r"no longer current|not yet in force|; deleted ", c.quote) for c in found.citations)


def _cited(records: Sequence[dict[str, Any]], build: OpenBuild, before: int) -> list[Citation]:
    lines = {record["line"]: record["passage"] for record in records}
    return [
        Citation(number, build.passage(passage), line)
        for number, (line, passage) in enumerate(list(lines.items())[:_MOST_LINES], start=before + 1)
    ]
