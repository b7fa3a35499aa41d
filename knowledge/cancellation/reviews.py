"""What a force reviewed itself: words of a rule that changed, read again, and found to mean what the table says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Review:
    """One rule of one document, read in an edition whose words have the digest `sha256`.

    `by` is who read it, `on` the day. It stands for those words alone, in whichever edition they are; with `accepted`
    false it takes an earlier review of them back.
    """

    document: str
    rule: str
    edition: str
    sha256: str
    by: str
    on: date
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews that stand, by document, rule and digest."""

    standing: Mapping[tuple[str, str], Mapping[str, Review]] = field(default_factory=dict)

    @classmethod
    def of_all(cls, reviews: Iterable[Review]) -> Reviews:
        """Those that stand of all that were recorded, oldest first: the last one on the same words is the one."""
        standing: dict[tuple[str, str], dict[str, Review]] = {}
        for review in reviews:
            of_rule = standing.setdefault((review.document, review.rule), {})
            of_rule.pop(review.sha256, None)
            if review.accepted:
                of_rule[review.sha256] = review
        return cls(standing)

    def of(self, document: str, rule: str) -> Mapping[str, Review]:
        """The reviews of one rule by the digest of the words that were read."""
        return self.standing.get((document, rule), {})


NO_REVIEWS = Reviews()
"""A force that has reviewed nothing itself: the table that ships is all there is."""
