"""One HTML page on which a registrar reads, rule by rule, what one build says otherwise than another.

The page is complete in itself: no address is followed from it, and its policy forbids the browser to.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.rendering.comparison_parts import moves_of, name_of, place, told_of, weight_of
from bot.rendering.whole_page import label, plain, whole_page
from ingest.compare_align import Said
from ingest.compare_words import Piece
from ingest.compared import Comparison, EditionPair, Kind, PassageChange
from knowledge.model import Build, Passage

_TEMPLATE = Path(__file__).with_suffix(".html")
_TAGS = {Said.SAME: "", Said.GONE: "del", Said.NEW: "ins"}


def comparison_page(comparison: Comparison, concerns: Sequence[str]) -> str:
    """The whole page as HTML; `concerns` head it. All text of documents is escaped, unseen characters are dropped."""
    pairs = [
        _pair(number, pair, comparison)
        for number, pair in enumerate(comparison.pairs)
        if pair.matched.changes or pair.fields or pair.takes_over or pair.before is None or pair.after is None
    ]
    counts = comparison.counts()
    weighty = sum(change.weighty for change in comparison.changes())
    return whole_page(
        _TEMPLATE,
        pictures=False,
        before=_build(comparison.before),
        after=_build(comparison.after),
        concerns=[plain(says) for says in concerns],
        pairs=pairs,
        counts={str(kind): counts[kind] for kind in Kind},
        same=counts["same"],
        weighty=weighty,
        total=sum(len(pair["changes"]) for pair in pairs),
        untouched=len(comparison.pairs) - len(pairs),
    )


def _build(build: Build) -> dict[str, str]:
    made = build.created[:16].replace("T", " at ")
    return {"id": plain(build.id), "made": plain(made), "by": plain(build.created_by)}


def _pair(number: int, pair: EditionPair, comparison: Comparison) -> dict[str, Any]:
    changes = [change for change in pair.matched.changes if change.kind is not Kind.MOVED]
    moves = moves_of(pair.matched.changes)
    whole = pair.before is None or pair.after is None
    return {
        "anchor": f"d-{number}",
        "name": plain(name_of(pair.edition)),
        "told": [plain(says) for says in told_of(pair, comparison)],
        "whole": ("new" if pair.after else "gone") if whole else "",
        "changes": [_change(f"{number}-{n}", change) for n, change in enumerate(changes)],
        "moves": [
            (plain(was) or "no heading", plain(now) or "no heading", count) for was, now, count in moves.sections
        ],
        "pages": moves.pages,
        "same": len(pair.matched.same),
    }


def _change(anchor: str, change: PassageChange) -> dict[str, Any]:
    passage = change.after or change.before
    path = [plain(part) for part in passage.path] if passage else []
    return {
        "anchor": f"c-{anchor}",
        "kind": str(change.kind),
        "weighty": change.weighty,
        "heading": path[-1] if path else (plain(passage.edition.title) if passage else ""),
        "label": _label(change),
        "weights": {kind: plain(says) for kind, says in weight_of(change).items()},
        "elsewhere": change.another_section,
        "before": _side(change.before, change.pieces, Said.NEW),
        "after": _side(change.after, change.pieces, Said.GONE),
    }


def _side(passage: Passage | None, pieces: Sequence[Piece], other: Said) -> dict[str, Any] | None:
    """One wording: where it stands, and its words in runs, each with the space before it, its tag and its mark."""
    if passage is None:
        return None
    runs: list[tuple[str, str, str, str]] = []
    for piece in (piece for piece in pieces if piece.said is not other):
        text = plain(piece.text)
        words = text.lstrip()
        space = text[: len(text) - len(words)] if runs else ""
        runs.append((space, _TAGS[piece.said], str(piece.mark), words))
    return {"place": plain(place(passage)), "runs": runs or [("", "", "", plain(passage.text))]}


def _label(change: PassageChange) -> str:
    """A line to know a change by: its figures and words of duty, or else the first words that are new or gone."""
    weights = weight_of(change)
    if weights:
        return plain("; ".join(weights.values()))
    passage = change.after or change.before
    differs = [piece.text.strip() for piece in change.pieces if piece.said is not Said.SAME]
    return label("\u2026 ".join(differs) if differs else passage.text if passage else "")
