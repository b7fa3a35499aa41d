"""Whether a question is near to the one a ruling was given on, though it is not the same: its asker is told of it.

What is told answers nothing, so it may be near in quite other words; it must not be told of everything. The vectors are
those turned towards the words of rules: in them the same matter lies nearer, and other matters lie further apart.
"""

from __future__ import annotations

from knowledge.encode import Encoded

NEAR = 0.63
"""The least cosine of a near question.

On the pairs of tests/knowledge/ruling_pairs.toml that choose figures it finds 43 of 44 same questions, 18 of 44 in
quite other words, 57 of 62 that differ in one thing that decides, and none of 3,612 on another matter, of which the
nearest stands at 0.55. Of the question set that chooses figures it finds five, each on the matter, of 5,456 pairs.
Chosen for the model that the desk brings; for another it must be measured anew.
"""


def is_near_question(asked: Encoded, ruled: Encoded) -> float:
    """How near the question asked is to a ruling's, 0.0 where it is not near."""
    near = float((asked.adapted @ ruled.adapted.T).max())
    return near if near >= NEAR else 0.0
