"""One HTML page on which a registrar reads, rule by rule, what one build says otherwise than another.

The page is complete in itself: no address is followed from it, and its policy forbids the browser to.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, select_autoescape

from bot.rendering.comparison_parts import moves_of, name_of, place, told_of, weight_of
from ingest.compare_align import Said
from ingest.compare_words import Piece
from ingest.compared import Comparison, EditionPair, Kind, PassageChange
from knowledge.model import Build, Passage

_TEMPLATE = Path(__file__).with_suffix(".html")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TAGS = {Said.SAME: "", Said.GONE: "del", Said.NEW: "ins"}


def comparison_page(comparison: Comparison, concerns: Sequence[str]) -> str:
    """The whole page as HTML; `concerns` head it. All text of documents is escaped, unseen characters are dropped."""
    source, style, script = _template()
    environment = Environment(autoescape=select_autoescape(default=True), undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    pairs = [
        _pair(number, pair, comparison)
        for number, pair in enumerate(comparison.pairs)
        if pair.matched.changes or pair.fields or pair.takes_over or pair.before is None or pair.after is None
    ]
    counts = comparison.counts()
    weighty = sum(change.weighty for change in comparison.changes())
    return environment.from_string(source).render(
        before=_build(comparison.before),
        after=_build(comparison.after),
        concerns=[_plain(says) for says in concerns],
        pairs=pairs,
        counts={str(kind): counts[kind] for kind in Kind},
        same=counts["same"],
        weighty=weighty,
        total=sum(len(pair["changes"]) for pair in pairs),
        untouched=len(comparison.pairs) - len(pairs),
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
    )


def _build(build: Build) -> dict[str, str]:
    made = build.created[:16].replace("T", " at ")
    return {"id": _plain(build.id), "made": _plain(made), "by": _plain(build.created_by)}


def _pair(number: int, pair: EditionPair, comparison: Comparison) -> dict[str, Any]:
    changes = [change for change in pair.matched.changes if change.kind is not Kind.MOVED]
    moves = moves_of(pair.matched.changes)
    whole = pair.before is None or pair.after is None
    return {
        "anchor": f"d-{number}",
        "name": _plain(name_of(pair.edition)),
        "told": [_plain(says) for says in told_of(pair, comparison)],
        "whole": ("new" if pair.after else "gone") if whole else "",
        "changes": [_change(f"{number}-{n}", change) for n, change in enumerate(changes)],
        "moves": [
            (_plain(was) or "no heading", _plain(now) or "no heading", count) for was, now, count in moves.sections
        ],
        "pages": moves.pages,
        "same": len(pair.matched.same),
    }


def _change(anchor: str, change: PassageChange) -> dict[str, Any]:
    passage = change.after or change.before
    path = [_plain(part) for part in passage.path] if passage else []
    return {
        "anchor": f"c-{anchor}",
        "kind": str(change.kind),
        "weighty": change.weighty,
        "heading": path[-1] if path else (_plain(passage.edition.title) if passage else ""),
        "label": _label(change),
        "weights": {kind: _plain(says) for kind, says in weight_of(change).items()},
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
        text = _plain(piece.text)
        words = text.lstrip()
        space = text[: len(text) - len(words)] if runs else ""
        runs.append((space, _TAGS[piece.said], str(piece.mark), words))
    return {"place": _plain(place(passage)), "runs": runs or [("", "", "", _plain(passage.text))]}


def _label(change: PassageChange) -> str:
    """A line to know a change by: its figures and words of duty, or else the first words that are new or gone."""
    weights = weight_of(change)
    if weights:
        return _plain("; ".join(weights.values()))
    passage = change.after or change.before
    differs = [piece.text.strip() for piece in change.pieces if piece.said is not Said.SAME]
    text = " ".join(_plain("\u2026 ".join(differs) if differs else passage.text if passage else "").split())
    return text if len(text) <= 70 else text[:68].rsplit(" ", 1)[0] + "\u2026"


def _plain(text: str) -> str:
    return _UNSEEN.sub("", text)


def _hash(inline: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"


@cache
def _template() -> tuple[str, str, str]:
    """The template, its style and its script as they stand between their tags: the policy admits those two alone."""
    source = _TEMPLATE.read_text(encoding="utf-8")
    style, script = (re.search(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL) for tag in ("style", "script"))
    if style is None or script is None:
        raise ValueError(f"{_TEMPLATE.name} has lost its style or its script")
    return source, style[1], script[1]
