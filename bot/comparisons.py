"""Comparisons of two builds for Slack: made by a child process, so that no answer waits for one, and kept.

Run as a module it is that child: `python -m bot.comparisons HOME A B FILE`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.child_process import run_child
from knowledge.errors import DeskError
from knowledge.put_in_place import put_in_place
from knowledge.recall import Became, RuleChange

_SECONDS = 120
_KEPT = 12
"""Comparisons kept: those of the builds held, in the order they are looked at."""
_WHOLE = 60
"""Words of a passage that came or went which are shown."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of words that is the same, gone or new; `mark` names a figure or a word of duty among what differs."""

    said: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One rule that does not read, or does not stand, as it did. `mind` says which figures and duties differ."""

    kind: str
    where: str
    words: tuple[Word, ...]
    mind: str = ""


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """An edition that is not as it was: its name, what became of it in sentences, and its rules that changed."""

    name: str
    told: tuple[str, ...]
    changes: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """What build `after` says otherwise than `before`, ready to show; `rules` are what answers may have cited."""

    before: str
    after: str
    summary: str
    editions: tuple[ShownEdition, ...]
    concerns: tuple[str, ...]
    rules: tuple[RuleChange, ...]


class Comparisons:
    """Makes each once. Safe to use from several threads and processes."""

    def __init__(self, home: Path) -> None:
        self._home, self._folder = home, home / "cache" / "comparisons"

    def of(self, before: str, after: str) -> ShownComparison:
        """The comparison of two builds that are held. Raises DeskError where it cannot be made."""
        from ingest.publish import build_ids

        if {before, after} - set(build_ids(self._home)):
            raise DeskError("One of the two builds is no longer held, so that they cannot be compared.")
        path = self._folder / f"{before}--{after}.json"
        try:
            return _read(path)
        except (OSError, ValueError, KeyError, TypeError):
            self._make(before, after, path)
        try:
            return _read(path)
        except (OSError, ValueError, KeyError, TypeError):
            raise DeskError("The two builds could not be compared; look at them with `desk builds compare`.") from None

    def _make(self, before: str, after: str, path: Path) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(self._folder.glob("*.json"), key=lambda one: one.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
        try:
            run_child(
                "bot.comparisons", str(self._home.resolve()), before, after, str(path.resolve()), seconds=_SECONDS
            )
        except (subprocess.TimeoutExpired, OSError):
            raise DeskError("Comparing the two builds took too long; use `desk builds compare`.") from None


def shown_comparison(home: Path, before: str, after: str) -> ShownComparison:
    """Compare here and now, as the child does. Raises NoBuild or BuildInvalid."""
    from bot.rendering.comparison_parts import moves_of, name_of, place, summary, told_of, weight_of
    from ingest.compare import compare_builds
    from ingest.compare_concerns import concerns
    from ingest.compare_recall import rule_changes
    from ingest.compared import Comparison, EditionPair, Kind, PassageChange

    def of_change(change: PassageChange) -> Shown:
        where = place(change.after or change.before)
        words = [Word(str(p.said), p.text, str(p.mark)) for p in change.pieces]
        if not words:
            text = (change.after or change.before).text.split(" ") if change.after or change.before else []  # type: ignore[union-attr]
            words = [Word("same", " ".join(text[:_WHOLE]) + (" \u2026" if len(text) > _WHOLE else ""))]
        mind = "; ".join(f"{kind} {said}" for kind, said in weight_of(change).items())
        return Shown(str(change.kind), where, tuple(words), mind)

    def of_pair(pair: EditionPair, comparison: Comparison) -> ShownEdition:
        changes, told = pair.matched.changes, told_of(pair, comparison)
        if pair.before is None or pair.after is None:
            count = f"{len(changes)} passage{'' if len(changes) == 1 else 's'}"
            return ShownEdition(
                name_of(pair.edition), (*told, f"{count} {'came' if pair.after else 'went'} with it."), ()
            )
        moves = moves_of(changes)
        moved = sum(count for _, _, count in moves.sections) + moves.pages
        if moved:
            told.append(f"{moved} passage{'' if moved == 1 else 's'} moved, in the same words.")
        shown = [of_change(change) for change in changes if change.kind is not Kind.MOVED]
        return ShownEdition(name_of(pair.edition), tuple(told), tuple(sorted(shown, key=lambda one: not one.mind)))

    comparison = compare_builds(home, before, after)
    pairs = [p for p in comparison.pairs if p.matched.changes or p.fields or p.takes_over or not (p.before and p.after)]
    return ShownComparison(
        before,
        after,
        summary(comparison),
        tuple(of_pair(pair, comparison) for pair in pairs),
        tuple(concerns(comparison.before, comparison.after)),
        tuple(rule_changes(comparison)),
    )


def _read(path: Path) -> ShownComparison:
    body = json.loads(path.read_text(encoding="utf-8"))
    editions = tuple(
        ShownEdition(
            one["name"],
            tuple(one["told"]),
            tuple(Shown(**{**c, "words": tuple(Word(**word) for word in c["words"])}) for c in one["changes"]),
        )
        for one in body["editions"]
    )
    rules = tuple(_rule(one) for one in body["rules"])
    told = {name: body[name] for name in ("before", "after", "summary")}
    return ShownComparison(**told, editions=editions, concerns=tuple(body["concerns"]), rules=rules)


def _rule(told: dict[str, Any]) -> RuleChange:
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("since", "until")}
    return RuleChange(**{**told, **days, "became": Became(told["became"])})


def _child(arguments: Sequence[str]) -> None:
    home, before, after, to = arguments
    shown = asdict(shown_comparison(Path(home), before, after))
    for rule in shown["rules"]:
        rule |= {name: rule[name].isoformat() if rule[name] else None for name in ("since", "until")}
    put_in_place(Path(to), json.dumps(shown, ensure_ascii=False), to_disk=False)


if __name__ == "__main__":
    _child(sys.argv[1:])
