"""What a reader of the page would not see, or would not expect, in the text of a document of any format.

Characters that show nothing can carry instructions past the person who checks a document; sentences that address a
program rather than an officer are kept, since guidance may quote them, and reported for a person to judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ingest.readers.blocks import Block, Kind, Reading

_TYPOGRAPHIC = "\u00ad\ufeff\u200b\u200c\u200d\u2060\ufe00-\ufe0f"
"""Where a word may break, a mark of byte order, how an emoji is drawn: honest documents are full of them."""
_SUSPECT = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200e\u200f\u202a-\u202e\u2061-\u206f\u3164\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e01ef"
)
_HIDDEN = re.compile(f"[{_TYPOGRAPHIC}{_SUSPECT}]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MOST_REPORTED = 10
_LONGEST_QUOTE = 120
_SENTENCE = re.compile(r".+?(?:[.!?;:]+(?=\s)|$)")
_RULES = r"(?:rules?|instructions?|prompts?|guidelines|directions|safeguards|training)"
_INSTRUCTION = re.compile(
    rf"\b(?:ignore|disregard|forget|override|bypass)\s+(?:(?:any|every|of|the|my|our)\s+)*"
    rf"(?:(?:all|your|these|those|previous|prior|earlier|preceding|above|system)\s+)+(?:the\s+)?(?:\w+\s+)?{_RULES}\b"
    r"|\b(?:ignore|disregard|forget)\s+(?:everything|all)\s+(?:above|before|(?:you|i)\b)"
    r"|(?:^|[\s(])@(?:channel|here|everyone)\b|<!(?:channel|here|everyone|subteam)"
    r"|\byou\s+are\s+now\b|\b(?:system|developer)\s+(?:prompt|message)\b|\b(?:developer|jailbreak|dan)\s+mode\b"
    r"|\b(?:as|you\s+are)\s+an?\s+(?:ai|large\s+language\s+model|language\s+model|chatbot)\b"
    r"|\bdo\s+not\s+(?:tell|reveal\s+(?:this\s+)?to)\s+the\s+(?:user|asker)\b|<\|(?:im_start|system|endoftext)"
)


def checked(reading: Reading) -> Reading:
    """The reading without hidden characters, and with a warning of them and of sentences that read as instructions."""
    counted = _Counter()
    blocks = tuple(block for block in (counted.cleaned(block) for block in reading.blocks) if block.text.strip())
    offences = tuple({key: counted.anything(value) for key, value in record.items()} for record in reading.offences)
    printed = {page: counted.text(label) for page, label in reading.printed.items()}
    warnings = [*reading.warnings]
    if counted.hidden:
        where = f", the first on page {counted.page}" if counted.page else ""
        signs = "1 hidden character" if counted.hidden == 1 else f"{counted.hidden:,} hidden characters"
        warnings.append(f"it has {signs} (invisible, or turning text round){where}, left out of its text")
    found = [
        f"{place} reads as an instruction to a program, to be reviewed: {quote}" for place, quote in _found(blocks)
    ]
    warnings += found[:_MOST_REPORTED]
    if len(found) > _MOST_REPORTED:
        warnings.append(f"{len(found) - _MOST_REPORTED} more sentences read as instructions to a program")
    return replace(reading, blocks=blocks, offences=offences, printed=printed, warnings=tuple(warnings))


class _Counter:
    """Leaves hidden characters out of texts, and counts those that honest typesetting does not need."""

    def __init__(self) -> None:
        self.hidden = 0
        self.page = 0

    def cleaned(self, block: Block) -> Block:
        before = self.hidden
        text, table = self.text(block.text), self.text(block.table)
        if self.hidden > before == 0:
            self.page = block.page
        return block if text == block.text and table == block.table else replace(block, text=text, table=table)

    def anything(self, value: Any) -> Any:
        return self.text(value) if isinstance(value, str) else value

    def text(self, text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        # PDFium gives a character beyond the first 65,536 as two halves: joined, a tag character can be told.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        hidden = _HIDDEN.findall(text)
        self.hidden += sum(not _is_typographic(sign) for sign in hidden)
        return _CONTROL.sub(" ", _HIDDEN.sub("", text) if hidden else text)


def _is_typographic(sign: str) -> bool:
    return re.match(f"[{_TYPOGRAPHIC}]", sign) is not None


def _found(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """(place, quotation) of each sentence that reads as an instruction."""
    heading = ""
    for block in blocks:
        if block.kind is Kind.HEADING:
            heading = block.text
        plain = unicodedata.normalize("NFKC", block.text).casefold()
        if not _INSTRUCTION.search(plain):
            continue
        place = f"a sentence on page {block.page}" if block.page else "a sentence"
        if not block.page and heading:
            place += f' under "{_short(heading)}"'
        said = [part for part in _SENTENCE.findall(block.text) if _INSTRUCTION.search(_folded(part))]
        for sentence in said or [block.text]:
            yield place, f'"{_short(sentence)}"'


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _short(text: str) -> str:
    text = " ".join(text.replace('"', "'").split())
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 3] + "..."
