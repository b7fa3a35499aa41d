"""Blocks of a document to passages: under one heading path each, what belongs together kept together.

Kept together where they fit: a lead-in ending in a colon and its list, lines joined by OR, AND or NOT, an example and
its answer. A passage never has more tokens than the embedding model reads; a longer one is divided between paragraphs,
and a paragraph that is too long itself at a sentence end. Headings are repeated on every part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.blocks import Block, Kind, Reading
from ingest.sentences import sentence_spans
from knowledge.model import Authority, Edition, Passage, PassageKind

SPLITTER = "2026-11-23.1"
"""Version of the reading and splitting. Raise it when the same document would give other passages."""

TARGET_WORDS = 170
_JOINER = re.compile(r"^(?:OR|AND|NOT|AND/OR)\b[\s:.-]*$")
_ANSWER = re.compile(
    r"^(?:(?:one|no|two|three|four|\d+)\s+(?:additional\s+|further\s+|separate\s+)?(?:crimes?|offences?)\b|answer\b|"
    r"record(?:ed)? as\b|this (?:is|should be|would be|will be)\b.{0,60}$|[a-z]\)\s)",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"^(?:examples?\b|scenario\b|\d{1,2}\s*[:.]\s|[a-z][).]\s)", re.IGNORECASE)

CountTokens = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Blocks that must stay together, under one heading path."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def words(self) -> int:
        return sum(len(block.text.split()) for block in self.blocks)

    @property
    def is_row(self) -> bool:
        return self.blocks[0].kind is Kind.ROW


def make_passages(reading: Reading, edition: Edition, count_tokens: CountTokens, most_tokens: int) -> list[Passage]:
    """The passages of a document in order. `most_tokens` bounds the heading path and the text together."""
    passages: list[Passage] = []
    for path, blocks in _packed(list(_pieces(reading.blocks))):
        for text, pages in _within(path, blocks, count_tokens, most_tokens):
            ordinal = len(passages) + 1
            passages.append(
                Passage(
                    id=f"{edition.key}/{ordinal:04d}",
                    edition=edition,
                    ordinal=ordinal,
                    path=path,
                    text=text,
                    pages=pages,
                    printed=tuple(reading.printed.get(page, "") for page in pages),
                    kind=_kind(blocks[0], edition),
                    sentences=sentence_spans(text),
                    table=blocks[0].table,
                )
            )
    return passages


def _kind(block: Block, edition: Edition) -> PassageKind:
    if edition.authority is Authority.OFFENCE_LIST:
        return PassageKind.OFFENCE
    return PassageKind.TABLE_ROW if block.kind is Kind.ROW else PassageKind.PROSE


def _pieces(blocks: Sequence[Block]) -> Iterator[_Piece]:
    """Blocks under their heading path, those that belong together as one piece."""
    path: list[tuple[int, str]] = []
    held: list[Block] = []

    def flush() -> Iterator[_Piece]:
        if held:
            yield _Piece(tuple(text for _, text in path), tuple(held))
            held.clear()

    for block in blocks:
        if block.kind is Kind.HEADING:
            yield from flush()
            path = [(level, text) for level, text in path if level < block.level]
            path.append((block.level, block.text))
        elif block.kind is Kind.ROW:
            yield from flush()
            held.append(block)
            yield from flush()
        else:
            if held and not _belongs(held, block):
                yield from flush()
            held.append(block)
    yield from flush()


def _belongs(held: Sequence[Block], block: Block) -> bool:
    last = held[-1]
    if _JOINER.match(block.text) or _JOINER.match(last.text):
        return True
    if block.kind is Kind.ITEM:
        return last.kind is Kind.ITEM or last.text.rstrip().endswith((":", ";", ",", "-", "\u2013"))
    if last.text.rstrip().endswith(":") and len(last.text.split()) < 60:
        return True
    if _ANSWER.match(block.text) and len(block.text.split()) < 40:
        return True
    return bool(_EXAMPLE.match(last.text)) and len(block.text.split()) < 30 and not _EXAMPLE.match(block.text)


def _packed(pieces: Sequence[_Piece]) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Neighbouring pieces under the same headings packed up to the target; a row stands alone."""
    path: tuple[str, ...] = ()
    held: list[Block] = []
    words = 0
    for piece in pieces:
        if held and (
            piece.path != path or piece.is_row or held[0].kind is Kind.ROW or words + piece.words > TARGET_WORDS
        ):
            yield path, held
            held, words = [], 0
        path = piece.path
        held = [*held, *piece.blocks]
        words += piece.words
    if held:
        yield path, held


def _within(
    path: tuple[str, ...], blocks: Sequence[Block], count_tokens: CountTokens, most: int
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Text and pages of the passage, divided where it is longer than the model reads."""
    head = " > ".join(path)
    lines: list[tuple[str, tuple[int, ...]]] = []
    for block in blocks:
        lines += [(part, block.pages) for part in _short_enough(block, head, count_tokens, most)]
    text, pages = "", set[int]()
    for line, on in lines:
        longer = f"{text}\n{line}" if text else line
        if text and _too_long(f"{head}\n{longer}", count_tokens, most):
            yield text, tuple(sorted(pages))
            text, pages = line, set(on)
        else:
            text, pages = longer, pages | set(on)
    if text:
        yield text, tuple(sorted(pages))


def _short_enough(block: Block, head: str, count_tokens: CountTokens, most: int) -> Iterator[str]:
    """The block's text, in parts at sentence ends (or, failing that, at words) where it is too long alone."""
    bullet = "- " if block.kind is Kind.ITEM else ""
    if not _too_long(f"{head}\n{bullet}{block.text}", count_tokens, most):
        yield bullet + block.text
        return
    part = ""
    for start, end in sentence_spans(block.text):
        for piece in _word_runs(block.text[start:end], head, count_tokens, most):
            longer = f"{part} {piece}" if part else bullet + piece
            if part and _too_long(f"{head}\n{longer}", count_tokens, most):
                yield part
                part = piece
            else:
                part = longer
    if part:
        yield part


def _word_runs(sentence: str, head: str, count_tokens: CountTokens, most: int) -> list[str]:
    """One sentence, halved until each part fits."""
    words = sentence.split()
    if len(words) < 8 or not _too_long(f"{head}\n{sentence}", count_tokens, most):
        return [sentence]
    middle = len(words) // 2
    halves = (" ".join(words[:middle]), " ".join(words[middle:]))
    return [run for half in halves for run in _word_runs(half, head, count_tokens, most)]


def _too_long(text: str, count_tokens: CountTokens, most: int) -> bool:
    # No English word of the rules is more than four tokens on average, so short texts need no count.
    return len(text) > most and count_tokens(text) > most
