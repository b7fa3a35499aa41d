"""Hold the reviewed table against the passages of a build, as an ingest does before it publishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.cancellation.load_table import load_table
from knowledge.cancellation.resolve import Rule, State, edition_reviewed, read_rule
from knowledge.cancellation.reviews import NO_REVIEWS, Reviews
from knowledge.cancellation.table import Anchor, ReviewedDocument, Table
from knowledge.model import Edition, Passage


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule of the table that an edition no longer words as reviewed.

    `sha256` is what to record once it is reviewed again (empty where the rule is gone), `reviewed` that of the words as
    they were reviewed. `words` are those of the rule as they are now, or of the nearest where it is gone, on `pages`;
    `lines` what the check draws from it.
    """

    document: str
    edition: str
    rule: str
    section: str
    state: State
    sha256: str
    reviewed: str
    words: str
    pages: tuple[int, ...]
    lines: tuple[str, ...]

    @property
    def row(self) -> str:
        """The name by which a person accepts it, with a mark of the words that were read."""
        return f"{self.document}:{self.rule}@{self.sha256[:8] or self.state}"

    def __str__(self) -> str:
        place = f"{self.document}, {self.edition}, {self.section}"
        if self.state is State.GONE:
            return f"{place}: the cancellation rule {self.rule} is not there any more; review the table."
        return (
            f"{place}: the words of the cancellation rule {self.rule} changed; review them, then record {self.sha256}."
        )


def check_table(passages: Iterable[Passage], reviews: Reviews = NO_REVIEWS) -> list[Problem]:
    """Every rule that changed since it was reviewed, in the newest edition of each document held.

    Empty where all is as reviewed, and where no reviewed document is held.
    """
    table = load_table()
    return [
        _problem(document, edition, anchor, rule, table)
        for document, edition, anchor, rule in _rules(passages, table, reviews)
        if rule.state is not State.AS_REVIEWED
    ]


def words_as_reviewed(passages: Iterable[Passage], reviews: Reviews = NO_REVIEWS) -> dict[str, str]:
    """The words, by digest, of every rule that stands in the passages of a build as it was reviewed."""
    found = _rules(passages, load_table(), reviews)
    return {rule.sha256: rule.words for _, _, _, rule in found if rule.state is State.AS_REVIEWED}


def _rules(
    passages: Iterable[Passage], table: Table, reviews: Reviews
) -> Iterator[tuple[ReviewedDocument, Edition, Anchor, Rule]]:
    by_edition: dict[Edition, list[Passage]] = {}
    for passage in passages:
        if passage.edition.withdrawn is None:
            by_edition.setdefault(passage.edition, []).append(passage)
    for document in table.documents:
        edition = edition_reviewed(document, by_edition)
        if edition is None:
            continue
        for anchor in document.anchors:
            reviewed = reviews.of(document.document, anchor.name)
            rule = read_rule(anchor, by_edition[edition], reviewed)
            if rule is not None:
                yield document, edition, anchor, rule


def _problem(document: ReviewedDocument, edition: Edition, anchor: Anchor, rule: Rule, table: Table) -> Problem:
    return Problem(
        document=document.document,
        edition=edition.label,
        rule=anchor.name,
        section=anchor.section,
        state=rule.state,
        sha256=rule.sha256,
        reviewed=anchor.sha256,
        words=rule.words,
        pages=rule.passage.pages,
        lines=tuple(_resting_on(anchor.name, table)),
    )


def _resting_on(anchor: str, table: Table) -> Iterator[str]:
    """`The crime was recorded in error (c4-error)`, for each line that cites the anchor in some case."""
    said: dict[str, None] = {}
    for line in table.lines:
        named = {*line.rests_on, *line.also}.union(*({*case.rests_on, *case.also} for case in line.cases))
        if anchor in named:
            said[f"{line.rule} ({line.id})"] = None
    yield from said
    if any(anchor in (*reason.rests_on, *reason.also) for reason in table.reasons.values()):
        yield "why something relied on does not count"
