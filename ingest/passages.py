"""Blocks of a document to passages: under one heading path each, what belongs together kept together.

Kept together where they fit: a lead-in ending in a colon and its list, lines joined by OR, AND or NOT, an example and
its answer. A passage never has more tokens than the embedding model reads; a longer one is divided between paragraphs,
and a paragraph that is too long itself at a sentence end. Headings are repeated on every part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ingest.divide import divide
from ingest.readers.blocks import Block, Kind, Reading
from ingest.sentences import cell_spans, sentence_spans
from ingest.units import Unit, units_of
from knowledge.model import Authority, Edition, Passage, PassageKind

SPLITTER = "2026-11-23.9"
"""Version of the splitting. Raise it when the same blocks would give other passages or units."""

_TOPIC_TOKENS = 28
"""Room kept for the run-in heading in the path of a part."""
CountTokens = Callable[[str], int]


def make_passages(reading: Reading, edition: Edition, count_tokens: CountTokens, most_tokens: int) -> list[Passage]:
    """The passages of a document in order. `most_tokens` bounds the heading path and the text together."""
    passages: list[Passage] = []
    for path, blocks in _sections(reading.blocks):
        if blocks[-1].until <= blocks[-1].page == 1 < reading.pages and all(block.run_in for block in blocks):
            continue  # The bold lines of a cover: nothing to cite.
        title = blocks[0].table
        if title and title not in path:
            path = (*path, title)
        for part, text, pages in _divided(path, blocks, count_tokens, most_tokens):
            ordinal = len(passages) + 1
            passages.append(
                Passage(
                    id=f"{edition.key}/{ordinal:04d}",
                    edition=edition,
                    ordinal=ordinal,
                    path=part,
                    text=text,
                    pages=pages,
                    printed=tuple(reading.printed.get(page, "") for page in pages),
                    kind=_kind(blocks[0], edition),
                    sentences=cell_spans(text) if blocks[0].kind is Kind.ROW else sentence_spans(text),
                    table=blocks[0].table,
                    confidence=_confidence(blocks),
                    reviewed=blocks[0].reviewed,
                )
            )
    return passages


def _kind(block: Block, edition: Edition) -> PassageKind:
    if edition.authority is Authority.OFFENCE_LIST:
        return PassageKind.OFFENCE
    return {Kind.ROW: PassageKind.TABLE_ROW, Kind.PICTURE: PassageKind.PICTURE}.get(block.kind, PassageKind.PROSE)


def _confidence(blocks: Sequence[Block]) -> float | None:
    """How surely a picture was read, weighed by length; None where nothing was guessed."""
    read = [(block.confidence, len(block.text)) for block in blocks if block.confidence is not None]
    return round(sum(sure * length for sure, length in read) / sum(n for _, n in read), 2) if read else None


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Blocks under their heading path; a row stands alone, the boxes of a picture stand by themselves.

    A run-in heading is text and names what follows it.
    """
    path: list[tuple[int, str]] = []
    held: list[Block] = []
    for block in blocks:
        alone = block.kind is Kind.ROW or (bool(held) and _medium(held[-1]) != _medium(block))
        if held and (alone or (block.kind is Kind.HEADING and not block.run_in)):
            yield tuple(text for _, text in path), held
            held = []
        if block.kind is Kind.HEADING and not block.run_in:
            path = [(level, text) for level, text in path if level < block.level]
            path.append((block.level, block.text))
        else:
            held.append(block)
    if held:
        yield tuple(text for _, text in path), held


def _medium(block: Block) -> tuple[Kind | None, int]:
    """What may stand in one passage: text with text, and the boxes of one picture."""
    return (block.kind, block.page) if block.kind in {Kind.ROW, Kind.PICTURE} else (None, 0)


def _divided(
    path: tuple[str, ...], blocks: Sequence[Block], count_tokens: CountTokens, most: int
) -> Iterator[tuple[tuple[str, ...], str, tuple[int, ...]]]:
    """Path, text and pages of each passage of one section. A part of a section is named by its run-in heading too."""
    own = count_tokens("")
    room = most - count_tokens(" > ".join(path))
    named_room = room - _TOPIC_TOKENS if any(block.run_in for block in blocks) else room
    units = [part for unit in units_of(blocks) for part in _short_enough(unit, count_tokens, named_room - 2 + own)]
    tokens = [count_tokens(unit.text) - own + unit.bullet for unit in units]
    spans = divide(units, tokens, room)
    if len(spans) > 1 and named_room < room:
        spans = divide(units, tokens, named_room)
    for start, end in spans:
        text = ""
        for unit in units[start:end]:
            text += ("\n" if unit.opens else " ") if text else ""
            text += f"- {unit.text}" if unit.bullet else unit.text
        topic = _topic(units, start, end) if len(spans) > 1 else ""
        named = (*path, topic) if topic and topic not in path else path
        if _too_long(" > ".join(named) + "\n" + text, count_tokens, most):
            named = path
        yield named, text, tuple(sorted({page for unit in units[start:end] for page in unit.pages}))


def _topic(units: Sequence[Unit], start: int, end: int) -> str:
    """The run-in heading a passage stands under: the one it opens with, or the one carried into it."""
    opened = [unit.topic for unit in units[start:end] if unit.topic]
    if units[start].topic:
        return (
            _short_topic(opened[0]) if len(opened) == 1 else " / ".join(map(_label, opened)) if len(opened) < 4 else ""
        )
    return "" if opened else _short_topic(next((unit.topic for unit in reversed(units[:start]) if unit.topic), ""))


def _short_topic(topic: str) -> str:
    return topic.rstrip(" :") if len(topic.split()) <= 16 else _label(topic)


def _label(topic: str) -> str:
    """The words before the colon of "C4: Cancelled: ...", or the whole where there is none."""
    return topic.partition(":")[0].strip() if len(topic.split()) > 5 else topic.rstrip(" :")


def _short_enough(unit: Unit, count_tokens: CountTokens, most: int) -> list[Unit]:
    """The unit, cut between words where it alone is more than a passage may hold."""
    runs = _word_runs(unit.text, "", count_tokens, most)
    return [
        unit
        if n == 0 and len(runs) == 1
        else replace(
            unit,
            text=run,
            opens=unit.opens and n == 0,
            bullet=unit.bullet and n == 0,
            cost=unit.cost if n == 0 else 60.0,
            topic="",
        )
        for n, run in enumerate(runs)
    ]


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
