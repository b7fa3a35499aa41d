"""What a build holds on cancelling outside the reviewed table: shown beside a check, or instead of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.cancellation.form import Criterion
from knowledge.cancellation.stretch import sentences_of
from knowledge.model import Authority, Edition, Passage, PassageKind

UNREVIEWED = (Authority.NATIONAL_RULE, Authority.NATIONAL_GUIDANCE)
"""Authorities of which a document outside the table should be in it."""
_ADDING = (Authority.RULING, Authority.FORCE_POLICY)
# "No crime" is what a cancellation was called until 2014/15.
_ABOUT = re.compile(
    r"\bcancel(?:s|led|ling|lation|lations)?\b|\bno[\s-]crim(?:e|es|ed|ing)\b|\bC[1-5]\b", re.IGNORECASE
)
# A victim nobody has found is "no victim - no crime", and is not about cancelling.
_NOT_ABOUT = re.compile(r"no victim\W+no crime", re.IGNORECASE)
_BESIDE, _INSTEAD = 3, 6
"""Passages shown of one edition."""

Quotes = tuple[tuple[Passage, str], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence about an edition, and passages of it with the words to quote."""

    says: str
    quotes: Quotes


def passages_beside(
    editions: Sequence[Edition], held: Mapping[str, Sequence[Passage]], criterion: Criterion
) -> tuple[Remark, ...]:
    """What documents the table does not read say of a criterion: they may add to a rule, or have to be reviewed."""
    remarks = []
    for edition in editions:
        adding = edition.authority in _ADDING
        if not adding and edition.authority not in UNREVIEWED:
            continue
        says = (
            "it may add to the national rules and cannot loosen them" if adding else "nobody has reviewed it for this"
        )
        if quotes := _quotes(held.get(edition.key, ()), _BESIDE, criterion):
            remarks.append(Remark(f"{edition.title}, {edition.label}, speaks of this too; {says}", quotes))
    return tuple(remarks)


def passages_instead(editions: Sequence[Edition], held: Mapping[str, Sequence[Passage]]) -> tuple[Remark, ...]:
    """Passages on cancelling of every document in force, the strongest first, where no reviewed table fits the date."""
    remarks = []
    for edition in sorted(editions, key=lambda edition: edition.authority.rank):
        listed = edition.authority in (Authority.OFFENCE_LIST, Authority.BACKGROUND)
        if not listed and (quotes := _quotes(held.get(edition.key, ()), _INSTEAD)):
            finding = edition.authority is Authority.INSPECTION
            kind = "findings about practice, not rules" if finding else "shown as it stands"
            remarks.append(Remark(f"Held: {edition.title}, {edition.label} ({kind})", quotes))
    return tuple(remarks)


def sentence_with(words: Sequence[str], passages: Sequence[Passage]) -> tuple[Passage, str] | None:
    """The first passage in which all the words stand, and its sentence that has most of them; None where none has."""
    wanted = [word.lower() for word in words]
    for passage in passages:
        whole = f"{passage.section}\n{passage.text}".lower()
        if all(word in whole for word in wanted):
            return passage, max(_sentences(passage), key=lambda said: sum(word in said.lower() for word in wanted))
    return None


def _quotes(passages: Sequence[Passage], most: int, criterion: Criterion | None = None) -> Quotes:
    """The sentences of the passages that say most on cancelling, one a passage, in document order.

    Passages and sentences that name the criterion come first.
    """

    def rank(words: str) -> tuple[bool, int]:
        return criterion is not None and criterion in words, len(_ABOUT.findall(_NOT_ABOUT.sub("", words)))

    found = []
    for passage in passages:
        named, about = rank(f"{passage.section}\n{passage.text}")
        if about and passage.kind is not PassageKind.OFFENCE:
            best = max(_sentences(passage), key=lambda words: (*rank(words), len(words)))
            found.append(((named, about), passage, best))
    found.sort(key=lambda one: one[0], reverse=True)
    chosen = sorted(found[:most], key=lambda one: one[1].ordinal)
    return tuple((passage, words) for _, passage, words in chosen)


def _sentences(passage: Passage) -> list[str]:
    """The sentences of a passage; a row of a table whole, since a cell without its row says nothing."""
    if passage.kind is PassageKind.TABLE_ROW:
        return [passage.text]
    return [passage.text[sentence.start : sentence.end] for sentence in sentences_of(passage)]
