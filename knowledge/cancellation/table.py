"""The reviewed table of the cancellation rules as values: where the rules stand, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.cancellation.condition import Condition
from knowledge.cancellation.form import ReliedOn
from knowledge.cancellation.result import Verdict
from knowledge.model import Authority


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where one rule stands: the section, the words its stretch `begins` and `ends` before, the words to quote from
    `words` to `through` (whole sentences), and the digest of the stretch as reviewed (empty for a picture's words).
    """

    name: str
    section: str
    begins: str
    ends: str
    words: str
    through: str
    picture: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """The rules of one document as people reviewed them in one edition. `digest_of` is set for a digest of rules."""

    document: str
    edition: str
    authority: Authority
    effective_from: date
    digest_of: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One way a line can come out: when, how it then stands, why, what is missing, and what it rests on besides.

    `elsewhere` are words by which the rule is looked for in documents that nobody has reviewed: what contradicts it.
    """

    when: Condition
    verdict: Verdict
    says: str
    missing: tuple[str, ...]
    rests_on: tuple[str, ...]
    also: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement. The first case whose condition holds decides; the last one always does.

    `rests_on` names anchors that every reviewed document has; `also` ones that only some have. `explains` adds why what
    is relied on does not count.
    """

    id: str
    rule: str
    when: Condition
    rests_on: tuple[str, ...]
    also: tuple[str, ...]
    explains: bool
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something relied on does not count, the criterion it belongs to (may be empty), and what that rests on."""

    says: str
    belongs_to: str
    rests_on: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table. `unheld` is what to say where no document held has an anchor."""

    documents: tuple[ReviewedDocument, ...]
    lines: tuple[Line, ...]
    reasons: dict[ReliedOn, Reason]
    unheld: dict[str, str]
