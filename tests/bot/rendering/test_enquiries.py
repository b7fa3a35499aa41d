"""An enquiry as the registrar's office and the asker see it: whole, within Slack's limits, nobody's words live."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from bot.enquiries import Enquiry, Progress
from bot.rendering.answer_enquiry_modal import LONGEST, answer_enquiry_modal
from bot.rendering.enquiry_card import LONGEST_DRAFT, enquiry_card, enquiry_reminder, mark_of
from bot.rendering.enquiry_told import told_message
from bot.rendering.message import Message
from knowledge.model import Answer, Statement, Status
from tests.builders import a_passage, an_answer
from tests.slack_server import mentions, visible_text
from tests.slack_server.block_kit import blocks_problems, character_count

NASTY = "<!channel> <@U0OFFICER> https://evil.example \u202egnorw &lt;b&gt;"


def an_enquiry(state: Progress = Progress.OPEN, **over: Any) -> Enquiry:
    values: dict[str, Any] = {
        "id": "e" * 32,
        "question": "a" * 32,
        "team": "T0FORCE",
        "asker": "U0OFFICER",
        "channel": "C0ENQUIRIES",
        "thread": "1.000001",
        "text": "how long have I got to record it",
        "as_at": date(2026, 11, 22),
        "build": "20261122-000000-abcdef",
        "state": state,
        "posted_in": "C0REGISTRAR",
        "posted_ts": "2.000002",
        "answered_at": datetime(2026, 11, 23, 12).timestamp() if state is Progress.ANSWERED else None,
        "asked_at": 0.0,
    }
    return Enquiry(**{**dict.fromkeys(Enquiry.__dataclass_fields__), **values, **over})


def shown(message: Message) -> str:
    return visible_text(message.payload())


def buttons(message: Message) -> dict[str, str]:
    blocks = message.payload()["blocks"]
    return {e["action_id"]: e["value"] for b in blocks if b["type"] == "actions" for e in b["elements"]}


def saying(words: str) -> Answer:
    return an_answer(a_passage("A crime must be recorded."), statements=(Statement(words, (1,)),))


def test_what_is_approved_is_tied_to_the_words_the_card_shows() -> None:
    ours, theirs = saying("Record it."), saying("Do not record it.")

    assert "Record it." in shown(enquiry_card(an_enquiry(), ours))
    assert f"{'e' * 32}:{mark_of(ours)}" == buttons(enquiry_card(an_enquiry(), ours))["enquiry_approve"]
    assert mark_of(ours) != mark_of(theirs)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (None, "no longer kept"),
        (saying("word " * LONGEST_DRAFT), "too long to be shown whole"),
        (an_answer(status=Status.NOT_COVERED, statements=()), "the desk had none"),
    ],
)
def test_only_an_answer_that_the_card_shows_whole_can_be_approved(answer: Answer | None, why: str) -> None:
    assert "enquiry_approve" not in buttons(enquiry_card(an_enquiry(), answer)), why


@pytest.mark.parametrize("state", [Progress.ANSWERED, Progress.NOT_FOR_US])
def test_a_settled_enquiry_offers_nothing_and_says_by_whom(state: Progress) -> None:
    card = enquiry_card(an_enquiry(state, answer="Yes.", answered_by="U0REGISTRAR"), saying("Record it."))

    assert {} == buttons(card)
    assert "by @U0REGISTRAR" in shown(card)


def test_one_that_was_taken_on_can_still_be_answered_but_not_taken_on_again() -> None:
    card = enquiry_card(an_enquiry(Progress.ASSIGNED, owner="U0REGISTRAR"), saying("Record it."), 26)

    assert ["enquiry_answer", "enquiry_approve", "enquiry_not_for_us"] == list(buttons(card))
    assert "waiting for 26 hours" in shown(card)


@pytest.mark.parametrize(
    ("hours", "said"), [(0.5, "less than an hour"), (1.2, "an hour"), (30, "30 hours"), (72, "3 days")]
)
def test_a_reminder_says_how_long_the_asker_has_waited(hours: float, said: str) -> None:
    assert f"has waited for {said} without" in shown(enquiry_reminder(an_enquiry(), hours))


def test_the_asker_reads_who_answered_when_from_what_and_not_which_member() -> None:
    answer = saying("Record it.")
    said = shown(told_message(an_enquiry(Progress.ANSWERED, answer="Yes.\nToday.", answered_by="U0REGISTRAR"), answer))

    for part in (
        "The Force Crime Registrar\u2019s office has answered your question",
        "how long have I got",
        "Yes.\nToday.",
        "on 23 November 2026",
        "as at 22 November 2026",
        "edition 2026/27",
        "build 20261122-000000-abcdef",
    ):
        assert part in said
    assert "U0REGISTRAR" not in said
    assert "[1]" not in said


def test_the_sources_stand_under_the_desks_own_words_when_they_were_approved() -> None:
    answer = saying("Record it.")

    assert "[1] Invented Recording Rules" in shown(
        told_message(an_enquiry(Progress.ANSWERED, answer="Record it."), answer)
    )


def test_an_answer_is_told_also_when_what_the_desk_said_is_no_longer_kept() -> None:
    said = shown(told_message(an_enquiry(Progress.ANSWERED, answer="Yes."), None))

    assert "Yes." in said
    assert "as at 22 November 2026" in said


def test_nobodys_words_become_live() -> None:
    answer = saying(NASTY)
    enquiry = an_enquiry(Progress.ANSWERED, text=NASTY, answer=f"{NASTY}\n{NASTY}")
    for message in (
        enquiry_card(an_enquiry(text=NASTY), answer),
        enquiry_card(enquiry, None),
        told_message(enquiry, None),
    ):
        assert [] == mentions(message.payload())
        assert "<!channel>" not in message.payload()["text"]
        assert "\u202e" not in str(message.payload())


def test_the_longest_there_can_be_fits_into_slack() -> None:
    passages = [a_passage(f"{n} " + "quoted words " * 150, ordinal=n) for n in range(3)]
    long = "said " * (LONGEST_DRAFT // 5)
    answer = an_answer(*passages, statements=(Statement(long.strip(), (1, 2, 3)),))
    settled = an_enquiry(Progress.ANSWERED, text="asked " * 160, answer=long, answered_by="U0REGISTRAR")
    for message in (
        enquiry_card(an_enquiry(text="asked " * 160), answer),
        enquiry_card(settled, answer),
        told_message(settled, answer),
    ):
        blocks = message.payload()["blocks"]
        assert [] == blocks_problems(blocks, most=50, in_view=False)
        assert character_count(blocks) < 13_200


def test_the_form_begins_with_what_the_desk_said_first_whole_or_not_at_all() -> None:
    def begun(answer: Answer | None) -> object:
        return (
            answer_enquiry_modal(an_enquiry(), answer, (), date(2027, 11, 22))
            .to_dict()["blocks"][2]["element"]
            .get("initial_value")
        )

    assert "Record it." == begun(saying("Record it."))
    assert begun(saying("word " * LONGEST)) is None
    assert begun(an_answer(status=Status.NOT_COVERED, statements=())) is None
    assert begun(None) is None
