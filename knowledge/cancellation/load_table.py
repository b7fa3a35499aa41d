"""Load the reviewed table of the cancellation rules, and refuse one that does not hold together.

passages-*.toml   where each rule stands in one edition of one document: section, a few anchor words, and the SHA-256 of
                  the words as they were reviewed (`stretch.py` says which words)
lines-*.toml      the requirements: criterion, condition, verdict, what is missing, and the passages it rests on
relied-on.toml    what may be relied on: groups of it, and why some of it never counts
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.cancellation.condition import read_condition
from knowledge.cancellation.form import ReliedOn
from knowledge.cancellation.result import Verdict
from knowledge.cancellation.table import Anchor, Case, Line, Reason, ReviewedDocument, Table
from knowledge.errors import DeskError
from knowledge.model import Authority

_FOLDER = Path(__file__).parent
# The order in which the lines of a result are read.
_LINES = ("lines-grounds.toml", "lines-deciding.toml", "lines-victim.toml", "lines-rape.toml")
LONGEST_ANCHOR = 7
"""Words of an anchor: enough to find a rule again, too few to be a copy of it."""


@cache
def load_table() -> Table:
    """The table that ships with the desk. Raises DeskError naming the file and the fault."""
    groups_file = _toml("relied-on.toml")
    groups = {name: frozenset(ReliedOn.named(one) for one in values) for name, values in groups_file["group"].items()}
    table = Table(
        documents=tuple(_document(path.name) for path in sorted(_FOLDER.glob("passages-*.toml"))),
        lines=tuple(line for name in _LINES for line in _lines(name, groups)),
        reasons={ReliedOn.named(one["value"]): _reason(one) for one in groups_file["reason"]},
        unheld={one["anchor"]: one["says"] for one in groups_file["unheld"]},
    )
    faults = list(_faults(table))
    if faults:
        raise DeskError(f"The table of the cancellation rules does not hold together: {faults[0]}.")
    return table


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))


def _document(name: str) -> ReviewedDocument:
    body = _toml(name)
    return ReviewedDocument(
        document=body["document"],
        edition=body["edition"],
        authority=Authority(body["authority"]),
        effective_from=body["effective_from"],
        digest_of=body.get("digest_of", ""),
        anchors=tuple(
            Anchor(
                name=one["name"],
                section=one["section"],
                begins=one["begins"],
                ends=one.get("ends", ""),
                words=one.get("words", one["begins"]),
                through=one.get("through", ""),
                picture=one.get("picture", False),
                sha256=one.get("sha256", ""),
            )
            for one in body["passage"]
        ),
    )


def _lines(name: str, groups: dict[str, frozenset[ReliedOn]]) -> Iterator[Line]:
    for body in _toml(name)["line"]:
        where = f"{name}, line {body['id']}"
        yield Line(
            id=body["id"],
            rule=body["rule"],
            when=read_condition(body.get("when", {}), groups, where),
            rests_on=tuple(body["rests_on"]),
            also=tuple(body.get("also", ())),
            explains=body.get("explains", False),
            cases=tuple(
                Case(
                    when=read_condition(case.get("when", {}), groups, where),
                    verdict=Verdict(case["verdict"]),
                    says=case["says"],
                    missing=tuple(case.get("missing", ())),
                    rests_on=tuple(case.get("rests_on", ())),
                    also=tuple(case.get("also", ())),
                    elsewhere=tuple(case.get("elsewhere", ())),
                )
                for case in body["case"]
            ),
        )


def _reason(body: dict[str, Any]) -> Reason:
    return Reason(
        body["says"], body.get("belongs_to", ""), tuple(body.get("rests_on", ())), tuple(body.get("also", ()))
    )


def _faults(table: Table) -> Iterator[str]:
    """What is wrong with the table, a clause each."""
    everywhere = set.intersection(*({anchor.name for anchor in one.anchors} for one in table.documents))
    somewhere = {anchor.name for one in table.documents for anchor in one.anchors}
    for one in table.documents:
        for anchor in one.anchors:
            for words in (anchor.begins, anchor.ends, anchor.words, anchor.through):
                if len(words.split()) > LONGEST_ANCHOR:
                    yield f"anchor {anchor.name} of {one.document} has more than {LONGEST_ANCHOR} words"
            if not anchor.picture and len(anchor.sha256) != 64:
                yield f"anchor {anchor.name} of {one.document} has no digest, so nobody has reviewed it"
    for line in table.lines:
        if not line.cases or line.cases[-1].when.tests:
            yield f"line {line.id} does not end with a case that always holds"
        parts: list[Line | Case] = [line, *line.cases]
        for part in parts:
            if missing := set(part.rests_on) - everywhere:
                yield f"line {line.id} rests on {missing.pop()}, which a reviewed document lacks"
            if missing := set(part.also) - somewhere:
                yield f"line {line.id} names {missing.pop()}, which no reviewed document has"
        for case in line.cases:
            if not line.rests_on and not case.rests_on:
                yield f"line {line.id} has a case that rests on nothing"
            if case.verdict is Verdict.MET and case.missing:
                yield f"line {line.id} is met and something is missing"
            if case.verdict is not Verdict.MET and not case.missing:
                yield f"line {line.id} is not met and nothing is said to be missing"
    for reason in table.reasons.values():
        if set(reason.rests_on) - everywhere or set(reason.also) - somewhere:
            yield "a reason in relied-on.toml rests on an anchor that is not there"
