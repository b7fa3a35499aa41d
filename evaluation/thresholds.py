"""The curve the threshold of silence was chosen on, as a picture: `python -m evaluation.thresholds FILE.svg`.

For every threshold: the share of answerable questions, and of questions outside the documents, that would be answered,
on the tuning questions and on the test questions. What is published in DESK_HOME is asked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import wiring
from bot.settings import load_settings
from evaluation.questions import Asked, read_questions
from knowledge.ask import Desk
from knowledge.decide import INSIDE, standing
from knowledge.encode import encode

_WIDTH, _HEIGHT, _LEFT, _FOOT = 720, 360, 60, 40
_FROM, _TO = -0.6, 0.6
_COLOURS = {"answerable": "#1d70b8", "out_of_scope": "#d4351c"}


def main(target: Path) -> int:
    """Ask, draw and write. Returns the exit code."""
    desk = wiring.wire(load_settings(os.environ))
    held = {edition.document for edition in desk.builds.current().editions}
    stood = {
        (split, kind): sorted(
            _standing(desk, one)
            for one in read_questions()
            if one.split == split and one.kind == kind and one.answerable_from(held)
        )
        for split in ("tuning", "test")
        for kind in _COLOURS
    }
    target.write_text(_svg(stood), encoding="utf-8")
    for (split, kind), values in stood.items():
        print(f"{split:7} {kind:13} {_share(values, INSIDE):.3f} of {len(values)} at {INSIDE}")
    return 0


def _standing(desk: Desk, asked: Asked) -> float:
    _, found = desk.search(asked.question, as_at=asked.as_at)
    build = desk.builds.current()
    scope = build.scope(encode(asked.question, desk.embedder).vectors, asked.question)
    return standing(found, scope) if scope is not None else 0.0


def _share(values: Sequence[float], threshold: float) -> float:
    return sum(value >= threshold for value in values) / len(values) if values else 0.0


def _svg(stood: dict[tuple[str, str], list[float]]) -> str:
    def across(value: float) -> float:
        return _LEFT + (value - _FROM) / (_TO - _FROM) * (_WIDTH - _LEFT - 20)

    def up(share: float) -> float:
        return _HEIGHT - _FOOT - share * (_HEIGHT - _FOOT - 30)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for tenth in range(0, 11, 2):
        y = up(tenth / 10)
        parts.append(f'<path d="M{_LEFT} {y:.0f}H{_WIDTH - 20}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{tenth * 10}%</text>')
    for step in range(-6, 7, 2):
        parts.append(
            f'<text x="{across(step / 10):.0f}" y="{_HEIGHT - 20}" text-anchor="middle">{step / 10:+.1f}</text>'
        )
    x = across(INSIDE)
    parts.append(f'<path d="M{x:.0f} 20V{_HEIGHT - _FOOT}" stroke="#0b0c0c" stroke-dasharray="2 3"/>')
    parts.append(f'<text x="{x + 4:.0f}" y="20">chosen: {INSIDE}</text>')
    for (split, kind), values in stood.items():
        steps = [_FROM + n * (_TO - _FROM) / 120 for n in range(121)]
        line = " ".join(f"{across(s):.1f},{up(_share(values, s)):.1f}" for s in steps)
        dashed = ' stroke-dasharray="6 4"' if split == "tuning" else ""
        parts.append(f'<polyline points="{line}" fill="none" stroke="{_COLOURS[kind]}" stroke-width="2"{dashed}/>')
    for row, (kind, colour) in enumerate(_COLOURS.items()):
        told = f"{kind.replace('_', ' ')}: share answered (dashed: tuning, whole: test)"
        parts.append(f'<text x="{_LEFT + 10}" y="{_HEIGHT - 100 + 18 * row}" fill="{colour}">{told}</text>')
    parts.append(
        f'<text x="{_WIDTH / 2:.0f}" y="{_HEIGHT - 4}" text-anchor="middle">how far inside a question stands</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
