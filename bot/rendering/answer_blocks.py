"""An answer as Slack blocks: what to do first, then who says so, then where it stands. Pure.

Sources are what makes an answer checkable, so they are laid first and cut last; a quotation is shown whole or not at
all. What does not fit is behind its Show passage button.
"""

from __future__ import annotations

from dataclasses import dataclass

from slack_sdk.models.blocks import Block, DividerBlock, RichTextElement

from bot.rendering import limits, sources
from bot.rendering.answer_buttons import Offers, answer_buttons, option_blocks
from bot.rendering.escape import inert
from bot.rendering.headings import HEADINGS
from bot.rendering.message import Message, characters, quotation, rich, section, shortened, small, text
from knowledge.compose import group_of
from knowledge.model import Answer, Authority, Citation, Status
from knowledge.notices import spoken_date

_NEAREST = "Nearest passages, which do not answer it"
_TURNS_ON = "The rules it turns on"
_BOLD = 240
"""Characters up to which what is read first stands in bold: a whole paragraph in bold is harder to read, not easier."""
_ASKING_BACK = "It depends. Please say which:"


@dataclass(frozen=True)
class _Point:
    """Something said under a heading."""

    group: str
    words: str
    numbers: tuple[int, ...]
    quoted: bool


def answer_message(answer: Answer, question: str, offers: Offers | None = None) -> Message:
    """The message for an answer; `question` is the id its buttons carry, `offers` what more they offer."""
    points = _points(answer)
    lead, rest = _lead(answer, points)
    lead += option_blocks(answer, question)
    ending = _ending(answer, answer_buttons(answer, question, offers or Offers()), lead)
    room = limits.CHARACTERS - characters([*lead, *ending])
    spare = limits.BLOCKS - len(lead) - len(ending)
    # The first quotation stands under its heading already, and the next of its kind go on beneath it.
    under = points[0].group if answer.status is Status.ANSWERED and points[0].quoted else None
    body = _body(rest, room, spare, under)
    return Message(_words(answer, points), (*lead, *body, *ending))


def _points(answer: Answer) -> list[_Point]:
    cited = {citation.number: citation for citation in answer.citations}
    if answer.status is not Status.ANSWERED:
        group = _TURNS_ON if answer.status is Status.NEEDS_CLARIFYING else _NEAREST
        return [_Point(group, inert(c.quote), (c.number,), True) for c in answer.citations]
    points = []
    for statement in answer.statements:
        strongest = min((cited[number] for number in statement.citations), key=_rank)
        words = inert(statement.text)
        quoted = any(inert(cited[number].quote) == words for number in statement.citations)
        points.append(_Point(group_of(strongest.passage.edition.authority), words, statement.citations, quoted))
        if not quoted:
            points += [
                _Point(group_of(cited[n].passage.edition.authority), inert(cited[n].quote), (n,), True)
                for n in statement.citations
            ]
    return list(dict.fromkeys(points))


def _rank(citation: Citation) -> int:
    return Authority(citation.passage.edition.authority).rank


def _lead(answer: Answer, points: list[_Point]) -> tuple[list[Block], list[_Point]]:
    """What is read first, and what is left for under the headings."""
    notices = [small(notice) for notice in _notices(answer)]
    if answer.status is Status.ANSWERED:
        first, *rest = points
        if len(first.words) > limits.QUOTE:
            return [rich(section(text(_unshown(first), bold=True))), *notices], rest
        heading = section(text(HEADINGS[first.group], bold=True))
        words = _paragraph(first, bold=len(first.words) <= _BOLD)
        shown = [heading, words] if first.quoted else [words]
        return [rich(*shown), *notices], rest
    said = [section(text(notice, bold=not place)) for place, notice in enumerate(_notices(answer))]
    if answer.options:
        said.append(section(text(_ASKING_BACK, bold=True)))
    return [rich(*(said or [section(text(_without_notice(answer.status), bold=True))]))], points


def _notices(answer: Answer) -> list[str]:
    return [shortened(words, limits.NOTICE) for notice in answer.notices[:6] if (words := inert(notice))]


def _without_notice(status: Status) -> str:
    return {
        Status.DECLINED: "The desk does not answer this; it is about recording crime.",
        Status.FAILED: "Sorry, the desk could not answer this. Please ask again.",
        Status.NEEDS_CLARIFYING: "Please say a little more.",
    }.get(status, "The documents held do not answer this; ask the Force Crime Registrar\u2019s office.")


def _body(points: list[_Point], room: int, spare: int, under: str | None) -> list[Block]:
    """The other points under their headings, as many as there is room for, each whole."""
    blocks: list[Block] = []
    left_out: list[int] = []
    room, spare = room - 300, spare - 1  # for saying what was left out
    for group in dict.fromkeys(point.group for point in points):
        heading = section(text(HEADINGS.get(group, group), bold=True))
        shown: list[RichTextElement] = []
        for point in (one for one in points if one.group == group):
            cost = len(point.words) + 8 * len(point.numbers) + 40
            if spare <= 0 or cost > room or len(point.words) > limits.QUOTE:
                left_out += point.numbers
                continue
            room -= cost
            shown.append(_paragraph(point))
        if shown:
            blocks.append(rich(*([] if group == under else [heading]), *shown))
            spare -= 1
    if left_out:
        blocks.append(small(f"Not shown here for want of room: {_numbers(tuple(dict.fromkeys(left_out)))}."))
    return blocks


def _paragraph(point: _Point, *, bold: bool = False) -> RichTextElement:
    parts = [text(point.words, bold=bold), text(f" {_numbers(point.numbers)}")]
    return quotation(*parts) if point.quoted else section(*parts)


def _unshown(point: _Point) -> str:
    return f"The passage that answers this is long: press Show passage {point.numbers[0]} to read it whole."


def _numbers(numbers: tuple[int, ...]) -> str:
    shown = "".join(f"[{number}]" for number in numbers[:20])
    return shown + ("\u2026" if len(numbers) > 20 else "")


def _ending(answer: Answer, buttons: list[Block], lead: list[Block]) -> list[Block]:
    """The line that dates the answer, the sources and the buttons."""
    if not answer.citations:
        return [*buttons, small(_dated(answer))] if answer.status is not Status.DECLINED else []
    dated = small(_dated(answer))
    room = limits.CHARACTERS - characters([*lead, *buttons, dated])
    return [DividerBlock(), sources.sources_block(answer.citations, room), *buttons, dated]


def _dated(answer: Answer) -> str:
    editions = list(dict.fromkeys(sources.edition_of(citation) for citation in answer.citations))
    shown = "; ".join(editions[:3]) + ("; \u2026" if len(editions) > 3 else "")
    parts = [shown, f"As at {spoken_date(answer.as_at)}", f"build {shortened(inert(answer.build), 128)}"]
    if answer.composed_by != "quotation":
        parts.append(f"written by {shortened(inert(answer.composed_by), 80)}, checked in code")
    parts.append("Guidance only: the Force Crime Registrar decides.")
    return " \u00b7 ".join(filter(None, parts))


def _words(answer: Answer, points: list[_Point]) -> str:
    """For notifications and screen readers: what matters first, then where it stands."""
    if answer.status is Status.ANSWERED:
        first = points[0]
        words = first.words if len(first.words) <= limits.QUOTE else _unshown(first)
        said = [f"{words} {_numbers(first.numbers)}", *_notices(answer)]
    else:
        said = [*(_notices(answer) or [_without_notice(answer.status)]), *map(inert, answer.options[:10])]
    where = " ".join(sources.source_line(citation) for citation in answer.citations[:5])
    return " ".join([*said, where])
