"""What comparing two builds finds, as values: editions come and gone, and what each rule said and says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from enum import StrEnum

from ingest.compare_align import Said
from ingest.compare_tokens import Mark
from ingest.compare_words import Piece
from knowledge.model import Build, Edition, Passage


class Kind(StrEnum):
    """What became of a passage."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class PassageChange:
    """One passage that does not read, or does not stand, as it did. `before` is None when added, `after` when removed.

    `pieces` hold the words of both where the passage changed; those that are not new make the earlier wording.
    """

    kind: Kind
    before: Passage | None
    after: Passage | None
    pieces: tuple[Piece, ...] = ()
    another_section: bool = False

    @property
    def weighty(self) -> bool:
        """Whether a figure, or a word of what must or must not be done, is among what differs."""
        return any(piece.mark for piece in self.pieces)

    def marked(self, said: Said, mark: Mark) -> list[str]:
        """The words of that mark which are gone, or which are new."""
        return [piece.text.strip() for piece in self.pieces if (piece.said, piece.mark) == (said, mark)]


@dataclass(frozen=True, slots=True)
class Matched:
    """Two editions laid beside each other: the passages that say the same in both, and the changes in order."""

    same: tuple[tuple[Passage, Passage], ...] = ()
    changes: tuple[PassageChange, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Something told of an edition, such as a date, that is now told otherwise."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class EditionPair:
    """An edition and what it is compared with: itself in the earlier build, or the edition it takes over from.

    `before` is None for an edition that takes over from none, `after` for one that nothing took over.
    """

    before: Edition | None
    after: Edition | None
    matched: Matched

    @property
    def edition(self) -> Edition:
        """The one to name it by: the later where there is one."""
        edition = self.after or self.before
        if edition is None:
            raise ValueError("a pair of editions has at least one")
        return edition

    @property
    def takes_over(self) -> bool:
        """Whether one edition stands in place of another, rather than being the same one."""
        return self.before is not None and self.after is not None and self.before.key != self.after.key

    @property
    def withdrawn(self) -> bool:
        """Whether the edition was withdrawn: still held, to explain past answers, and no longer cited."""
        return self.after is not None and is_withdrawn(self.after) and not (self.before and is_withdrawn(self.before))

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """What is told otherwise of one and the same edition; a changed digest alone says that its file changed."""
        if self.before is None or self.after is None or self.takes_over:
            return ()
        names = [field.name for field in fields(Edition)]
        told = [FieldChange(name, getattr(self.before, name), getattr(self.after, name)) for name in names]
        return tuple(one for one in told if one.before != one.after)


def is_withdrawn(edition: Edition) -> bool:
    """Whether an edition is held only to explain past answers: it has a `withdrawn` that is not empty."""
    return bool(getattr(edition, "withdrawn", None))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Build `after` against build `before`. `pairs` come in the order of the later build, editions gone last."""

    before: Build
    after: Build
    pairs: tuple[EditionPair, ...]

    def keys(self, word: str) -> list[str]:
        """Keys of the editions `added`, `changed`, `withdrawn` (no longer held) or `unchanged`."""
        old, new = ({edition.key: edition for edition in build.editions} for build in (self.before, self.after))
        return {
            "added": [key for key in new if key not in old],
            "changed": [key for key in new if key in old and new[key] != old[key]],
            "withdrawn": [key for key in old if key not in new],
            "unchanged": [key for key in new if old.get(key) == new[key]],
        }[word]

    def changes(self) -> list[PassageChange]:
        """Every change, edition by edition."""
        return [change for pair in self.pairs for change in pair.matched.changes]

    def counts(self) -> Counter[str]:
        """How many passages of each kind of change, with those that read as they did under `same`."""
        counted = Counter(str(change.kind) for change in self.changes())
        counted["same"] = sum(len(pair.matched.same) for pair in self.pairs)
        return counted
