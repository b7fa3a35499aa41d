"""Hold the table of the cancellation rules against what is ingested, and keep the words it was reviewed with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from ingest.publish import build_ids, builds_folder
from knowledge.adapters.build_editions import read_build
from knowledge.adapters.build_passages import read_passages
from knowledge.adapters.cancellation_reviews import keep_words, read_reviews, reviewed_words
from knowledge.cancellation.check_table import Problem, check_table, words_as_reviewed
from knowledge.cancellation.resolve import State
from knowledge.errors import DeskError
from knowledge.model import Passage


def hold_cancellation_table(home: Path, passages: Sequence[Passage], *, keep: bool = True) -> list[str]:
    """A warning for each rule of the cancellation table that these passages word otherwise than it was reviewed.

    With `keep`, the words of those that stand as reviewed are kept in the data directory: they are what a registrar
    compares a later edition with. Reviews that cannot be read are a warning too, and count for none: the build is good.
    Raises OSError.
    """
    try:
        reviews = read_reviews(home)
    except DeskError as fault:
        return [f"cancellation check: {fault}"]
    problems = check_table(passages, reviews)
    if keep:
        if problems:
            words_before(home, [problem.reviewed for problem in problems])
        if words := words_as_reviewed(passages, reviews):
            keep_words(home, words)
    return [_warning(problem) for problem in problems]


def words_before(home: Path, digests: Iterable[str]) -> Mapping[str, str]:
    """The words that people reviewed, by digest: as kept, or as a build that is still held has them.

    What is found in a build is kept: builds go. What was never held here is left out.
    """
    wanted, kept = set(digests), reviewed_words(home)
    for name in reversed(build_ids(home)) if wanted - kept.keys() else ():
        with suppress(DeskError, OSError):
            directory = builds_folder(home) / name
            found = words_as_reviewed(read_passages(directory, read_build(directory)))
            keep_words(home, found)
        if wanted <= (kept := reviewed_words(home)).keys():
            break
    return {digest: kept[digest] for digest in wanted & kept.keys()}


def _warning(problem: Problem) -> str:
    what = "is not there any more" if problem.state is State.GONE else "reads otherwise"
    return (
        f"cancellation check: a rule changed since its table was reviewed; {problem.row} {what} in "
        f"{problem.edition}, {problem.section}. `desk cancellation review` shows it; until then its lines are UNCLEAR."
    )
