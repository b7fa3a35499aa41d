"""The words of design.md section 2 as frozen values. Standard library only.

A passage belongs to one edition of one document; a citation points from a statement to a passage and carries the
exact words relied on; an answer keeps the build and the passages as they read, so it can be shown a year later.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Authority(StrEnum):
    """How much a document binds, strongest first (design.md section 2)."""

    NATIONAL_RULE = "national_rule"
    NATIONAL_GUIDANCE = "national_guidance"
    OFFENCE_LIST = "offence_list"
    RULING = "ruling"
    FORCE_POLICY = "force_policy"
    INSPECTION = "inspection"
    BACKGROUND = "background"

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return list(Authority).index(self)

    @property
    def is_rule(self) -> bool:
        """Whether a document of this authority can state what must be done."""
        return self.rank <= Authority.FORCE_POLICY.rank


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_COVERED = "not_covered"
    NEEDS_CLARIFYING = "needs_clarifying"
    DECLINED = "declined"
    FAILED = "failed"


class PassageKind(StrEnum):
    """What a passage was in its document."""

    PROSE = "prose"
    TABLE_ROW = "table_row"
    OFFENCE = "offence"
    PICTURE = "picture"


@lru_cache(maxsize=1024)  # asked for once a passage, and there are thousands of passages to an edition
def _edition_key(document: str, label: str) -> str:
    return f"{document}@{re.sub(r'[^a-z0-9]+', '-', label.lower()).strip('-')}"


@dataclass(frozen=True, slots=True)
class Edition:
    """One published version of a document, with the dates it governs (both inclusive).

    An edition is `withdrawn` on a day and for a reason: it is no longer searched or cited, whatever date is asked
    about, and stays in the build so that past answers can be explained.
    """

    document: str
    title: str
    publisher: str
    authority: Authority
    label: str
    effective_from: date | None = None
    effective_to: date | None = None
    version: str = ""
    published: date | None = None
    force: str = ""
    url: str = ""
    digest: str = ""
    file: str = ""
    withdrawn: date | None = None
    withdrawn_reason: str = ""

    @property
    def key(self) -> str:
        """Identity within a build: document and edition label."""
        return _edition_key(self.document, self.label)

    def governs(self, day: date) -> bool:
        """Whether this edition is in force on `day`. An undated (background) document is; a withdrawn one never.

        Not before the day it was withdrawn either: what it says was found wrong, or not to have been in force.
        """
        if self.withdrawn is not None:
            return False
        if self.effective_from is not None and day < self.effective_from:
            return False
        return self.effective_to is None or day <= self.effective_to


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous piece of one edition with its locator.

    `pages` are 1-based pages of the file (empty where the format has none); `printed` the page labels printed on them.
    `sentences` are (start, end) offsets into `text`. `confidence` is set for text read from a picture (0 to 1).
    `table` names the table a row belongs to; `twins` are near-duplicate passages elsewhere in the build.
    """

    id: str
    edition: Edition
    ordinal: int
    path: tuple[str, ...]
    text: str
    pages: tuple[int, ...] = ()
    printed: tuple[str, ...] = ()
    kind: PassageKind = PassageKind.PROSE
    sentences: tuple[tuple[int, int], ...] = ()
    confidence: float | None = None
    reviewed: str = ""
    table: str = ""
    twins: tuple[str, ...] = ()

    @property
    def section(self) -> str:
        """The heading path as people read it."""
        return " > ".join(self.path)

    @property
    def digest(self) -> str:
        """SHA-256 over the text and the locator, so that a changed passage is a different one."""
        material = "\x1f".join([self.edition.key, self.section, ",".join(map(str, self.pages)), self.text])
        return hashlib.sha256(material.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Build:
    """What a manifest says of one complete immutable index."""

    id: str
    created: str
    created_by: str
    passages: int
    editions: tuple[Edition, ...]
    model: dict[str, object] = field(default_factory=dict)
    splitter: str = ""
    changes: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage retrieved for a question, with its fused score and the parts the score was made of.

    `sentences` maps the index of a sentence of the passage to its cosine to the question, `adapted` to that to the
    question turned towards the words of rules.
    """

    passage: Passage
    score: float
    parts: dict[str, float] = field(default_factory=dict)
    sentences: dict[int, float] = field(default_factory=dict)
    collapsed: tuple[Passage, ...] = ()
    adapted: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outside:
    """A topic officers ask about that the documents do not cover, and where to look instead."""

    topic: str
    says: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether a question is about what the documents cover.

    `inside` and `outside` are the best cosines to a reviewed question inside and outside them; `lean` is how the
    question leans by all of those questions together, about 1 for inside and -1 for outside; `topic` is the nearest
    topic outside; `own` are words of the question that the documents use and no reviewed question does.
    """

    inside: float
    outside: float
    lean: float
    topic: Outside
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """The asker's words after cleaning, personal data replaced, and the date they concern.

    `removed` names the kinds of personal data replaced, never the data. `dated` is true when the asker gave the date.
    `words` is the text without the placeholders and what led to them.
    """

    text: str
    as_at: date
    removed: tuple[str, ...] = ()
    dated: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer to a passage with the exact words relied on."""

    number: int
    passage: Passage
    quote: str

    def to_json(self) -> dict[str, object]:
        """The object of design.md section 6."""
        edition = self.passage.edition
        return {
            "number": self.number,
            "document": edition.document,
            "title": edition.title,
            "edition": edition.label,
            "authority": str(edition.authority),
            "effective_from": edition.effective_from.isoformat() if edition.effective_from else None,
            "effective_to": edition.effective_to.isoformat() if edition.effective_to else None,
            "section": self.passage.section,
            "pages": list(self.passage.pages),
            "quote": self.quote,
            "passage": self.passage.id,
            "url": edition.url,
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the desk says, with the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the desk tells the asker.

    `answered` always has statements, each with citations. `not_covered` may hold citations: the nearest passages,
    offered as such. `options` are the facts to choose from when the desk asks back.
    """

    status: Status
    question: str
    as_at: date
    build: str
    composed_by: str = "quotation"
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    took_ms: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.status is Status.ANSWERED:
            numbers = {citation.number for citation in self.citations}
            if not self.statements or any(
                not statement.citations or not numbers.issuperset(statement.citations) for statement in self.statements
            ):
                raise ValueError("an answered question needs statements, each citing a passage of the answer")

    def to_json(self) -> dict[str, object]:
        """The object of design.md section 6."""
        return {
            "status": str(self.status),
            "question": self.question,
            "as_at": self.as_at.isoformat(),
            "build": self.build,
            "composed_by": self.composed_by,
            "statements": [{"text": s.text, "citations": list(s.citations)} for s in self.statements],
            "citations": [c.to_json() for c in self.citations],
            "notices": list(self.notices),
            **({"options": list(self.options)} if self.options else {}),
            "took_ms": {name: round(value, 1) for name, value in self.took_ms.items()},
        }
