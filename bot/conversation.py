"""The conversation in the terminal: what each line typed means, and what is shown for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from bot.rendering.hanging import Hanging
from bot.rendering.printable import printable
from bot.rendering.terminal_answer import answer_view
from bot.rendering.terminal_passage import passage_view
from knowledge.as_at import read_date
from knowledge.ask import Desk
from knowledge.clarify import is_choice
from knowledge.model import Answer, Citation, Passage
from knowledge.notices import spoken_date

SAMPLES = (
    "how long have i got to record it",
    "vic wont support pros, do i still crime it",
    "can the OIC cancel his own crime?",
)
"""Asked when there is nobody to ask: what officers do ask, as they type it."""

GREETING = """\
Recording Desk answers crime-recording questions from the documents held, in their own words, and says where they stand.
Leave out names and other personal details. Type help to see what else you can type."""

HELP = """\
Type a question in your own words, shorthand and all: vic wont support pros, do i still crime it
  1              read the whole of passage 1 of the last answer, with what stands before and after it
  as at DATE     answer by the editions in force on that date, until you type: as at today
  help           this
  quit           leave (so does Ctrl-D)"""

_NUMBER = re.compile(r"(?:show |passage |citation )?\[?(\d{1,3})\]?", re.IGNORECASE)
_AS_AT = re.compile(r"as (?:at|of)[ :]+(.+?)[.!]?", re.IGNORECASE)
_FOLLOWS_ON = re.compile(r"(?:and|but|so|or|also|then|what if|what about|how about|even if)\b", re.IGNORECASE)
_LEAVE = {"quit", "exit", "q", "bye", ":q"}
_EARLIER = 3
"""How many of the asker's questions a follow-up may lean on."""


class Conversation:
    """One sitting: the date in use, the last answer, and the questions a follow-up may lean on."""

    def __init__(self, desk: Callable[[], Desk], today: Callable[[], date], *, attended: bool = True) -> None:
        """`desk` is called when the first question comes, so that a greeting need not wait for the model.

        `attended` is false when the lines come from a pipe: nobody is invited to type more.
        """
        self._desk = desk
        self._today = today
        self._attended = attended
        self._day: date | None = None
        self._last: Answer | None = None
        self._earlier: list[str] = []

    @property
    def prompt(self) -> str:
        """What stands before the line being typed; it shows a date other than today's."""
        return f"Question (as at {spoken_date(self._day)}): " if self._day else "Question: "

    def reply(self, line: str) -> RenderableType | None:
        """What to show for a line; None when the asker leaves. Raises DeskError when the desk cannot answer."""
        line = line.strip()
        if line.lower() in _LEAVE:
            return None
        if line.lower() in {"help", "?"}:
            return Text(HELP)
        if chosen := self._option(line):
            return self._answer(chosen)
        if number := _NUMBER.fullmatch(line):
            return self._passage(int(number[1]))
        if (wanted := _AS_AT.fullmatch(line)) and (reply := self._as_at(wanted[1])):
            return reply
        return self._answer(line)

    def _option(self, line: str) -> str | None:
        """The answer a letter stands for, when the desk has just asked back."""
        options = self._last.options if self._last else ()
        place = ord(line.lower()) - ord("a") if len(line) == 1 else -1
        return options[place] if 0 <= place < len(options) else None

    def _as_at(self, text: str) -> RenderableType | None:
        """Take a date on its own; None when the line is a question that begins with one."""
        day = read_date(text, self._today())
        if day is None:
            # "as at April 2013 how long did we have" is a question, and the desk reads its date.
            return None if len(text.split()) > 4 else _line("I cannot read that date; type: as at 1 April 2013")
        self._day = None if day == self._today() else day
        if self._day is None:
            return _line("Answers are by the editions in force today.")
        return _line(f"Answers are by the editions in force on {spoken_date(day)}, until you type: as at today")

    def _answer(self, question: str) -> RenderableType:
        # Questions of one sitting are often strangers to each other; one that says it follows on is read with the last.
        # So is an answer to what the desk has just asked back.
        follows = _FOLLOWS_ON.match(question) or is_choice(question)
        earlier = tuple(self._earlier) if follows else ()
        answer = self._desk().ask(question, as_at=self._day, earlier=earlier)
        self._last = answer
        self._earlier = [*self._earlier, question][-_EARLIER:]
        if not answer.citations or not self._attended:
            return answer_view(answer)
        return Group(answer_view(answer), Hanging(printable(_invitation(answer.citations), "dim")))

    def _passage(self, number: int) -> RenderableType:
        citations = self._last.citations if self._last else ()
        for citation in citations:
            if citation.number == number:
                return passage_view(citation, *self._neighbours(citation))
        if citations:
            return _line(f"The last answer has no citation {number}. {_invitation(citations)}")
        return _line("There is no passage to show yet: ask a question first, then type the number of a citation.")

    def _neighbours(self, citation: Citation) -> tuple[list[Passage], list[Passage]]:
        build = self._desk().builds.current()
        try:
            held = build.passage(citation.passage.id)
            around = build.surroundings(held)
        except KeyError:  # Another build was published since the answer; the passage is shown as it read then.
            return [], []
        place = around.index(held)
        return around[:place], around[place + 1 :]


def _line(words: str) -> RenderableType:
    return Hanging(Text(words))


def _invitation(citations: tuple[Citation, ...]) -> str:
    first, last = citations[0].number, citations[-1].number
    numbers = {1: f"{first}", 2: f"{first} or {last}"}.get(len(citations), f"a number from {first} to {last}")
    return f"Type {numbers} to read the whole passage."
