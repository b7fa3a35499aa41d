"""What a line typed in the conversation means."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation import SAMPLES, Conversation
from knowledge.ask import Desk
from knowledge.model import Answer
from tests.bot.a_session import PASSAGES, QUESTION, a_desk, printed
from tests.builders import TODAY, a_passage
from tests.fakes import FakeBuild, FakeBuilds, FakeEmbedder


def a_talk(desk: Desk | None = None, *, attended: bool = True) -> Conversation:
    opened = desk or a_desk()
    return Conversation(lambda: opened, lambda: TODAY, attended=attended)


def said(talk: Conversation, line: str) -> str:
    shown = talk.reply(line)
    assert shown is not None
    return printed(shown)


def test_a_question_is_answered_with_its_citations_and_an_invitation_to_read_on() -> None:
    shown = said(a_talk(), QUESTION)

    assert shown.startswith("Answered as at 22 November 2026\n")
    assert "What the rules require" in shown
    assert "no later than 24 hours after the report" in shown
    assert "Time limits > The limit, pages 10-11" in shown
    assert "to read the whole passage" in shown


def test_nobody_is_invited_to_type_when_the_lines_come_from_a_pipe() -> None:
    assert "to read the whole passage" not in said(a_talk(attended=False), QUESTION)


@pytest.mark.parametrize("typed", ["1", "[1]", "show 1", "Passage 1"])
def test_a_citations_number_shows_the_passage_marked_between_its_neighbours(typed: str) -> None:
    talk = a_talk()
    said(talk, QUESTION)

    shown = " ".join(said(talk, typed).split())

    before, passage, after = (
        shown.index("This part is about time limits."),
        shown.index(
            "\u00abA crime must be recorded no later than 24 hours after the report. Say why when it is late.\u00bb"
        ),
        shown.index("Lateness is counted in hours."),
    )
    assert before < passage < after
    assert "Be prompt." in shown
    assert "https://www.gov.uk/invented" in shown


def test_a_passage_is_still_shown_when_another_build_was_published_since() -> None:
    desk = a_desk()
    talk = a_talk(desk)
    said(talk, QUESTION)
    assert isinstance(desk.builds, FakeBuilds)
    desk.builds.build = FakeBuild(PASSAGES[3:], FakeEmbedder(), "later")

    assert "24 hours" in said(talk, "1")


def test_a_number_no_citation_has_says_which_there_are() -> None:
    talk = a_talk()
    said(talk, QUESTION)

    assert "no citation 9. Type" in said(talk, "9")


def test_a_number_before_any_question_says_to_ask_first() -> None:
    assert "ask a question first" in said(a_talk(), "1")


def test_as_at_holds_until_as_at_today() -> None:
    talk = a_talk()

    assert "1 April 2013, until" in said(talk, "as at 1 April 2013")
    assert talk.prompt == "Question (as at 1 April 2013): "
    assert "72 hours" in said(talk, QUESTION)
    assert "in force today" in said(talk, "As at today")
    assert talk.prompt == "Question: "
    assert "24 hours" in said(talk, QUESTION)


def test_as_at_with_what_is_no_date_says_how_to_write_one() -> None:
    assert "as at 1 April 2013" in said(a_talk(), "as at whenever")


def test_a_question_that_begins_with_a_date_is_a_question() -> None:
    talk = a_talk()

    assert "72 hours" in said(talk, f"as at April 2013 {QUESTION}")
    assert talk.prompt == "Question: "


def test_help_names_everything_that_can_be_typed() -> None:
    shown = said(a_talk(), "help")

    assert all(word in shown for word in ("as at DATE", "quit", "passage 1"))


@pytest.mark.parametrize("typed", ["quit", "exit", "Q", "bye"])
def test_the_asker_may_leave(typed: str) -> None:
    assert a_talk().reply(typed) is None


class Listening:
    """A desk that notes what it is asked."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, date | None, tuple[str, ...]]] = []

    def ask(self, text: str, *, as_at: date | None = None, earlier: tuple[str, ...] = ()) -> Answer:
        self.heard.append((text, as_at, earlier))
        return a_desk().ask(text, as_at=as_at)


def test_only_a_question_that_says_it_follows_on_is_read_with_the_last() -> None:
    desk = Listening()
    talk = Conversation(lambda: desk, lambda: TODAY)  # type: ignore[arg-type, return-value]
    for line in (QUESTION, "is it a crime", "and if it is late?"):
        talk.reply(line)

    assert [(), (), (QUESTION, "is it a crime")] == [earlier for _, _, earlier in desk.heard]


def test_the_samples_are_three() -> None:
    assert len(SAMPLES) == 3


def test_what_the_desk_asks_back_is_answered_by_its_letter_or_its_words() -> None:
    shed = a_passage(
        "A shed broken into is of the home where a connecting door leads to it; an unconnected shed is not."
    )
    desk = a_desk([shed])

    for reply in ("a", "Attached to the home, with a connecting door"):
        talk = a_talk(desk)
        asked_back = said(talk, "shed broken into")
        answered = said(talk, reply)

        assert "  a  Attached to the home, with a connecting door" in asked_back
        assert "Answered" in answered
