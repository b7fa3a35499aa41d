"""A comparison of two builds as JSON, for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.rendering.comparison_parts import editions_told
from ingest.compared import Comparison, PassageChange
from knowledge.model import Passage

_WORDS = ("added", "changed", "withdrawn", "unchanged")


def comparison_json(comparison: Comparison, concerns: Sequence[str]) -> dict[str, Any]:
    """The object of `desk builds compare --json`.

    `editions` lists keys (`withdrawn`: not in the later build), `edition_changes` what became of each edition that is
    not as it was, `passages` counts, `changes` every passage that reads or stands otherwise, `concerns` what needs an
    explicit yes before B is published.
    """
    counts = comparison.counts()
    return {
        "a": comparison.before.id,
        "b": comparison.after.id,
        "editions": {word: comparison.keys(word) for word in _WORDS},
        "edition_changes": editions_told(comparison),
        "passages": {word: counts[word] for word in ("same", "changed", "added", "removed", "moved")},
        "changes": [_change(change) for change in comparison.changes()],
        "concerns": list(concerns),
    }


def _change(change: PassageChange) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "weighty": change.weighty,
        "another_section": change.another_section,
        "before": _passage(change.before),
        "after": _passage(change.after),
        "words": [{"said": str(p.said), "text": p.text, "mark": str(p.mark)} for p in change.pieces],
    }


def _passage(passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {
        "passage": passage.id,
        "edition": passage.edition.key,
        "section": passage.section,
        "pages": list(passage.pages),
        "digest": passage.digest,
        "text": passage.text,
    }
