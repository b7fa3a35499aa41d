"""Open the reviewed table against one build and one date: where its rules stand, and which of them changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from knowledge.cancellation.form import Criterion
from knowledge.cancellation.held import UNREVIEWED, Remark, passages_beside, passages_instead
from knowledge.cancellation.reviews import NO_REVIEWS, Review, Reviews
from knowledge.cancellation.stretch import Stretch, find_stretch, nearest_words
from knowledge.cancellation.table import Anchor, ReviewedDocument, Table
from knowledge.codes import normal_code
from knowledge.model import Build, Edition, Passage


class Guidance(Protocol):
    """As much of an open build (knowledge/ports.py) as the check reads; it searches nothing."""

    @property
    def manifest(self) -> Build: ...
    @property
    def editions(self) -> Sequence[Edition]: ...
    def passages(self) -> Iterable[Passage]: ...
    def offences(self) -> Sequence[dict[str, Any]]: ...


class State(StrEnum):
    """How the words of a rule stand to what people reviewed."""

    AS_REVIEWED = "as reviewed"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a rule stands in the edition in force, what is quoted of it, and whether it is as reviewed.

    Of a rule that is gone, `passage` and `quote` are the nearest words that the edition has. `words` is all that the
    rule rests on, of which `quote` is a part. `review` is set where this force's own review, and not the table that
    ships, is what says that the words are as reviewed.
    """

    name: str
    passage: Passage
    quote: str
    state: State
    sha256: str
    words: str
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The table as it stands for one build and date. Without `rules` no reviewed table fits the date.

    `editions` are those the rules are quoted from, the strongest first, each with the document as reviewed. `beside` is
    what else is held on each criterion, `instead` what is held where no table fits, `unreviewed` every passage of the
    national documents that the table does not read, and `classes_of` the classes of each offence code.
    """

    as_at: date
    build: str
    rules: Mapping[str, Rule]
    editions: tuple[tuple[Edition, ReviewedDocument], ...]
    beside: Mapping[Criterion, tuple[Remark, ...]]
    instead: tuple[Remark, ...]
    unreviewed: tuple[Passage, ...]
    classes_of: Mapping[str, frozenset[str]]


def resolve(table: Table, build: Guidance, as_at: date, reviews: Reviews = NO_REVIEWS) -> Resolved:
    """The table opened against `build` for `as_at`, with what this force reviewed itself. Reads every passage once."""
    by_edition: dict[str, list[Passage]] = {}
    for passage in build.passages():
        by_edition.setdefault(passage.edition.key, []).append(passage)
    in_force = [edition for edition in build.editions if edition.governs(as_at)]
    found = [
        (edition, document)
        for document in table.documents
        if (edition := edition_reviewed(document, in_force)) is not None
    ]
    found.sort(key=lambda one: one[0].authority.rank)
    rules: dict[str, Rule] = {}
    for edition, document in found:
        held = by_edition.get(edition.key, [])
        for anchor in document.anchors:
            if (
                anchor.name not in rules
                and (rule := read_rule(anchor, held, reviews.of(document.document, anchor.name))) is not None
            ):
                rules[anchor.name] = rule
    others = [edition for edition in in_force if all(edition != quoted for quoted, _ in found)]
    beside = {one: passages_beside(others, by_edition, one) for one in Criterion} if rules else {}
    instead = () if rules else passages_instead(others, by_edition)
    unreviewed = [p for edition in others if edition.authority in UNREVIEWED for p in by_edition.get(edition.key, ())]
    codes = _classes_of(build.offences(), {edition.key for edition in in_force})
    return Resolved(
        as_at, build.manifest.id, rules, tuple(found) if rules else (), beside, instead, tuple(unreviewed), codes
    )


def edition_reviewed(document: ReviewedDocument, editions: Iterable[Edition]) -> Edition | None:
    """The newest of the editions that the table can be held against: of its document, not older than its edition."""
    fitting = [
        edition
        for edition in editions
        if edition.document == document.document
        and edition.effective_from is not None
        and edition.effective_from >= document.effective_from
    ]
    return max(fitting, key=lambda edition: edition.effective_from or date.min, default=None)


def read_rule(anchor: Anchor, passages: Sequence[Passage], reviewed: Mapping[str, Review] | None = None) -> Rule | None:
    """The rule of an anchor in the passages of an edition; None for a picture not read, or without passages.

    `reviewed` are this force's own reviews of the rule, by the digest of the words that were read.
    """
    found = find_stretch(anchor, passages)
    if found is not None:
        same = anchor.picture or found.sha256 == anchor.sha256
        review = None if same else (reviewed or {}).get(found.sha256)
        state = State.AS_REVIEWED if same or review is not None else State.CHANGED
        return _rule(anchor, found, state, review)
    near = None if anchor.picture else nearest_words(anchor, passages)
    return None if near is None else _rule(anchor, near, State.GONE)


def _rule(anchor: Anchor, found: Stretch, state: State, review: Review | None = None) -> Rule:
    return Rule(anchor.name, found.passage, found.quote, state, found.sha256, found.words, review)


def _classes_of(offences: Iterable[Mapping[str, Any]], editions: set[str]) -> dict[str, frozenset[str]]:
    """The classes of each offence code, by the lists in force; without what is no longer current."""
    classes: dict[str, set[str]] = {}
    for record in offences:
        name = str(record.get("class") or "").split()[:1]
        if name and record.get("edition") in editions and str(record.get("current", "Y")).strip().upper() != "N":
            classes.setdefault(normal_code(str(record["code_normalised"])), set()).add(name[0])
    return {code: frozenset(found) for code, found in classes.items()}
