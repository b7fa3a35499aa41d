"""Canary questions: a new build must answer them as the published one does, or better, before it is published."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.ask import Desk
from knowledge.errors import WrongUse
from knowledge.model import Answer, Citation, Status
from knowledge.ports import Embedder, OpenBuild

_KEYS = frozenset({"id", "question", "as_at", "status", "document", "section_has", "quote_has"})


@dataclass(frozen=True, slots=True)
class Canary:
    """A question with the status expected of its answer.

    It is asked of builds that hold `document`. An answer must cite that document, with `section_has` in a section it
    cites and `quote_has` in a quotation of it; those are empty where any will do.
    """

    id: str
    question: str
    status: Status
    as_at: date | None = None
    document: str = ""
    section_has: str = ""
    quote_has: str = ""

    def met_by(self, answer: Answer) -> bool:
        """Whether this is the answer expected."""
        if answer.status is not self.status:
            return False
        if answer.status is not Status.ANSWERED:
            return True
        cited = [one for one in answer.citations if self.document in ("", one.passage.edition.document)]
        return any(self._stands_in(one) for one in cited)

    def _stands_in(self, citation: Citation) -> bool:
        return _plain(self.section_has) in _plain(citation.passage.section) and (
            _plain(self.quote_has) in _plain(citation.quote)
        )


@dataclass(frozen=True, slots=True)
class Missed:
    """A canary that is not met: what the build makes of it, personal data replaced."""

    canary: Canary
    question: str
    got: Status

    def __str__(self) -> str:
        """One sentence for whoever decides whether to publish."""
        where = f", citing {self.canary.document}" if self.canary.document and self.canary.status == "answered" else ""
        was = f"{self.canary.status}{where}".replace("_", " ")
        now = str(self.got).replace("_", " ") if self.got is not self.canary.status else "it cites other words"
        return f"Canary {self.canary.id}, {self.question!r}: expected {was}; now {now}."


@dataclass(frozen=True, slots=True)
class _One:
    """One open build and one day, as a desk asks for them."""

    build: OpenBuild
    day: date
    trouble: str = ""

    def current(self) -> OpenBuild:
        return self.build

    def today(self) -> date:
        return self.day


def read_canaries(paths: Sequence[Path]) -> list[Canary]:
    """The canaries of JSON-lines files; a file that is not there has none. Raises WrongUse naming file and line."""
    found: list[Canary] = []
    for path in paths:
        if not path.is_file():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if line.strip():
                found.append(_canary(line, f"{path.name}, line {number}", f"{path.stem}-{number}"))
    return found


def askable(canaries: Sequence[Canary], build: OpenBuild) -> list[Canary]:
    """Those that can be asked of this build: they need no document, or it holds an edition of theirs in use."""
    held = {edition.document for edition in build.editions if edition.withdrawn is None}
    return [canary for canary in canaries if not canary.document or canary.document in held]


def run_canaries(
    build: OpenBuild,
    canaries: Sequence[Canary],
    embedder: Embedder,
    today: date,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Missed]:
    """Those of the canaries that can be asked of a build and that it does not answer as expected.

    Without a chat model: what one says differs from day to day.
    """
    asked = askable(canaries, build)
    missed = []
    for number, canary in enumerate(asked, start=1):
        answer = _answer(canary, build, embedder, today)
        if not canary.met_by(answer):
            missed.append(Missed(canary, answer.question, answer.status))
        progress(number, len(asked))
    return missed


def fallen(missed: Sequence[Missed], before: OpenBuild, embedder: Embedder, today: date) -> list[Missed]:
    """Of what a new build misses, what the build before it answers as expected."""
    could = askable([one.canary for one in missed], before)
    met = {canary.id for canary in could if canary.met_by(_answer(canary, before, embedder, today))}
    return [one for one in missed if one.canary.id in met]


def _answer(canary: Canary, build: OpenBuild, embedder: Embedder, today: date) -> Answer:
    one = _One(build, today)
    return Desk(one, embedder, one).ask(canary.question, as_at=canary.as_at)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _canary(line: str, where: str, name: str) -> Canary:
    try:
        record = json.loads(line)
        if not isinstance(record, dict) or not all(isinstance(value, str) for value in record.values()):
            raise ValueError("every value is text")
        if unknown := sorted(set(record) - _KEYS):
            raise ValueError(f"{unknown[0]!r} is not a key of a canary")
        return Canary(
            id=record.get("id", name),
            question=record["question"],
            status=Status(record["status"]),
            as_at=date.fromisoformat(record["as_at"]) if record.get("as_at") else None,
            document=record.get("document", ""),
            section_has=record.get("section_has", ""),
            quote_has=record.get("quote_has", ""),
        )
    except KeyError as fault:
        raise WrongUse(f"{where}: a canary has a {fault}; docs/runbooks/publishing.md shows one.") from None
    except ValueError as fault:
        raise WrongUse(f"{where}: not a canary question ({fault}).") from None
