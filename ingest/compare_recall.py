"""What a comparison means for answers already given: each passage they may have cited, and what became of it when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ingest.compare_tokens import folded
from ingest.compared import Comparison, EditionPair, Kind
from knowledge.model import Edition, Passage
from knowledge.recall import Became, RuleChange, rule_digest

_Links = dict[str, tuple[Passage, Passage | None, bool]]
"""By the id of an earlier passage: it, the later one (None where removed), and whether the wording changed."""


def rule_changes(comparison: Comparison) -> list[RuleChange]:
    """The passages of the earlier build that the later one alters or withdraws, each with the days that concerns.

    An edition changed in place concerns every day; one that a new edition takes over from, the days from which that
    one is in force; one that is withdrawn, or gone without another in its place, every day. A passage that moved, or a
    section that was only cut elsewhere, changes no rule.
    """
    found: list[RuleChange] = []
    links = {id(pair): _links(pair) for pair in comparison.pairs}
    held = {edition.key for edition in comparison.after.editions}
    for pair in comparison.pairs:
        if pair.before is None or (pair.takes_over and pair.before.key in held):
            continue  # its passages were none of the earlier build's, or come with their own edition
        if pair.withdrawn and not pair.takes_over:
            found += [_change(passage, None, None, None) for passage, _, _ in links[id(pair)].values()]
            continue
        for passage, now, altered in links[id(pair)].values():
            found += _fate(comparison, links, pair, passage, now, altered)
    return found


def _fate(
    comparison: Comparison,
    links: dict[int, _Links],
    pair: EditionPair,
    was: Passage,
    now: Passage | None,
    altered: bool,
) -> Iterator[RuleChange]:
    """What a passage became, from its own edition on through those that took over from it."""
    at: EditionPair | None = pair
    since = pair.after.effective_from if pair.takes_over and pair.after else None
    while at is not None:
        heir = _heir(comparison, at)
        until = _eve(heir.after) if heir and now is not None else None
        until = until or (_next_start(comparison, at.after) if at.takes_over else None)
        if now is None:
            yield _change(was, None, since, until)
            return
        altered = altered and folded(was.text) != folded(now.text)
        if altered:
            yield _change(was, now, since, until)
        if heir is None or heir.after is None:
            return
        _, now, changed = links[id(heir)].get(now.id, (was, None, True))
        altered, since, at = altered or changed, heir.after.effective_from, heir


def _heir(comparison: Comparison, pair: EditionPair) -> EditionPair | None:
    """The pair in which another edition takes over from the one that is later in this pair."""
    heirs = [
        one
        for one in comparison.pairs
        if one.takes_over and one is not pair and pair.after and one.before and one.before.key == pair.after.key
    ]
    return min(heirs, key=lambda one: (one.after and one.after.effective_from) or date.min, default=None)


def _eve(edition: Edition | None) -> date | None:
    begins = edition.effective_from if edition else None
    return begins - timedelta(days=1) if begins else None


def _next_start(comparison: Comparison, edition: Edition | None) -> date | None:
    """The day before the next edition of the document comes into force, where one is held."""
    begins = (edition and edition.effective_from) or date.min
    starts = [
        one.effective_from
        for one in comparison.after.editions
        if edition and one.document == edition.document and one.effective_from and one.effective_from > begins
    ]
    return min(starts) - timedelta(days=1) if starts else None


def _links(pair: EditionPair) -> _Links:
    links: _Links = {a.id: (a, b, False) for a, b in pair.matched.same}
    for change in pair.matched.changes:
        if change.before is not None and change.before.id not in links:
            links[change.before.id] = (change.before, change.after, change.kind is not Kind.MOVED)
    return links


def _change(was: Passage, now: Passage | None, since: date | None, until: date | None) -> RuleChange:
    became = Became.ALTERED if now else Became.WITHDRAWN
    text, name = (now.text, now.id) if now else ("", "")
    return RuleChange(was.id, was.digest, rule_digest(was), became, was.text, text, name, since, until)
