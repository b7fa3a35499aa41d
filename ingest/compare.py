"""Compare two builds, edition by edition and rule by rule, from their plain files alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ingest.compare_passages import match_passages
from ingest.compared import Comparison, EditionPair
from ingest.publish import build_ids, builds_folder
from knowledge.adapters.build_editions import read_build
from knowledge.adapters.build_passages import read_passages
from knowledge.errors import NoBuild
from knowledge.model import Build, Edition, Passage


def compare_builds(home: Path, a: str, b: str) -> Comparison:
    """What build `b` says otherwise than build `a`. Raises NoBuild where one is not there, and BuildInvalid."""
    builds, held = [], []
    for name in (a, b):
        if name not in build_ids(home):
            raise NoBuild(f"There is no build {name}; `desk builds list` shows what there is.")
        directory = builds_folder(home) / name
        builds.append(read_build(directory))
        held.append(read_passages(directory, builds[-1]))
    return compare(builds[0], held[0], builds[1], held[1])


def compare(before: Build, was: Sequence[Passage], after: Build, now: Sequence[Passage]) -> Comparison:
    """The same of builds in memory, `was` and `now` their passages in document order."""
    old, new = _by_edition(was), _by_edition(now)
    kept = {edition.key for edition in after.editions}
    pairs = []
    for first, second in _pairs(before.editions, after.editions):
        # An edition that was taken over from and is still held is read as the later build has it.
        takes_over = first is not None and second is not None and first.key != second.key
        earlier = new if takes_over and first is not None and first.key in kept else old
        matched = match_passages(earlier.get(first.key, []) if first else [], new.get(second.key, []) if second else [])
        pairs.append(EditionPair(first, second, matched))
    return Comparison(before, after, tuple(pairs))


def _by_edition(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    found: defaultdict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        found[passage.edition.key].append(passage)
    return found


def _pairs(before: Sequence[Edition], after: Sequence[Edition]) -> Iterator[tuple[Edition | None, Edition | None]]:
    """Each edition of the later build with itself as it was, or with the one it takes over from; then those gone."""
    old, new = ({edition.key: edition for edition in editions} for editions in (before, after))
    taken_over = set()
    for edition in after:
        earlier = old.get(edition.key) or _taken_over_from(edition, {**old, **new}, frozenset(new))
        if earlier is not None:
            taken_over.add(earlier.key)
        yield earlier, edition
    yield from ((edition, None) for edition in before if edition.key not in new and edition.key not in taken_over)


def _taken_over_from(edition: Edition, editions: Mapping[str, Edition], held: Collection[str]) -> Edition | None:
    """The edition of the same document that began last before this one; on the same day, one no longer held."""

    def begins(one: Edition) -> date:
        return one.effective_from or date.min

    earlier = [
        one
        for one in editions.values()
        if one.document == edition.document
        and one.key != edition.key
        and (begins(one) < begins(edition) or (begins(one) == begins(edition) and one.key not in held))
    ]
    return max(earlier, key=begins, default=None)
