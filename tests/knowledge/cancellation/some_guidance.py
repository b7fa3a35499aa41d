"""Guidance to check a form against: the project's own digest as it is read from its source, and invented additions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ingest.passages import make_passages
from ingest.read_document import read_document
from ingest.sentences import sentence_spans
from ingest.sources import read_sources
from knowledge.model import Build, Edition, Passage
from tests.fakes import FakeEmbedder

ROOT = Path(__file__).resolve().parents[3]
_TOKENS = 256


@dataclass(frozen=True)
class SomeGuidance:
    """A build as far as the check reads it."""

    held: Sequence[Passage]
    listed: Sequence[dict[str, Any]] = ()
    manifest: Build = field(init=False)

    def __post_init__(self) -> None:
        editions = tuple(dict.fromkeys(passage.edition for passage in self.held))
        manifest = Build("some-guidance", "2026-11-23T00:00:00", "tests", len(self.held), editions)
        object.__setattr__(self, "manifest", manifest)

    @property
    def editions(self) -> Sequence[Edition]:
        return self.manifest.editions

    def passages(self) -> Iterable[Passage]:
        return self.held

    def offences(self) -> Sequence[dict[str, Any]]:
        return self.listed

    def beside(self, *passages: Passage) -> SomeGuidance:
        """The same with more passages."""
        return SomeGuidance((*self.held, *passages), self.listed)


@cache
def starter_editions() -> dict[tuple[str, str], tuple[Edition, Path]]:
    """The editions of the starter guidance, each with its file."""
    sources = read_sources(ROOT / "guidance" / "sources.toml")
    return {(s.edition.document, s.edition.label): (s.edition, s.file) for s in sources if s.file is not None}


@cache
def the_digest() -> tuple[Passage, ...]:
    """The digest of the current rules, read from the Markdown that its PDF is made from."""
    edition, _ = starter_editions()[("rules-digest", "2026/27")]
    return passages_of(edition, ROOT / "guidance" / "source" / "rules-digest-2026-27.md")


@cache
def the_digest_of_2013() -> tuple[Passage, ...]:
    """The digest of what is known of the rules as at April 2013."""
    return passages_of(*starter_editions()[("rules-digest", "April 2013")])


def passages_of(edition: Edition, file: Path) -> tuple[Passage, ...]:
    """The passages of a file, divided by counting words: where they part is no part of what is tested."""
    return tuple(make_passages(read_document(file), edition, FakeEmbedder().count_tokens, _TOKENS))


def a_later_edition(
    passages: Sequence[Passage], *changes: tuple[str, str], label: str = "2027/28", start: date = date(2027, 4, 1)
) -> tuple[Passage, ...]:
    """The passages as a later edition words them: each change replaces words by others."""
    edition = replace(passages[0].edition, label=label, effective_from=start)
    later = []
    for passage in passages:
        text = passage.text
        for old, new in changes:
            text = text.replace(old, new)
        spans = passage.sentences if text == passage.text else sentence_spans(text)
        key = f"{edition.key}/{passage.ordinal:04d}"
        later.append(replace(passage, id=key, edition=edition, text=text, sentences=spans))
    return tuple(later)
