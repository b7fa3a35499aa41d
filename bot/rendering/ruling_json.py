"""A ruling as scripts get it. Pure."""

from __future__ import annotations

from typing import Any

from bot.kept_rulings import KeptRuling, causes_record


def ruling_json(kept: KeptRuling) -> dict[str, Any]:
    """Its words, its dates, how it stands and why, and the passages it rests on with the digests of their texts."""
    ruling = kept.ruling
    return {
        "reference": ruling.reference,
        "question": ruling.question,
        "answer": ruling.answer,
        "state": str(kept.state),
        "answered_on": ruling.answered_on.isoformat(),
        "review_on": ruling.review_on.isoformat(),
        "owner": ruling.owner,
        "build": ruling.build,
        "rests_on": [{**one.to_json(), "digest": one.passage.digest} for one in ruling.rests_on],
        "causes": causes_record(kept.causes),
        "owner_told": kept.told_at is not None,
    }
