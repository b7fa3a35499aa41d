"""A ruling as the registrar's office sees it: within Slack's limits, nobody's words live."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.kept_rulings import Cause, KeptRuling
from bot.rendering.answer_enquiry_modal import RESTS_ON, answer_enquiry_modal, chosen
from bot.rendering.enquiry_card import enquiry_card
from bot.rendering.message import Message
from bot.rendering.renew_ruling_modal import renew_ruling_modal
from bot.rendering.ruling_message import suspended_line, suspended_message
from bot.rendering.ruling_words import ruling_line
from bot.rendering.sources import source_line
from knowledge.model import Citation, Status
from knowledge.ruling import RulingState
from knowledge.ruling_holds import Why
from tests.bot.rendering.test_enquiries import NASTY, an_enquiry
from tests.builders import a_passage, a_ruling, an_answer
from tests.slack_server import mentions, visible_text
from tests.slack_server.block_kit import blocks_problems, character_count

LONG = "A crime must be recorded, however long the rule that says so. " * 60
YEAR = date(2027, 11, 22)


def suspended(*causes: Cause, **over: object) -> KeptRuling:
    ruling = a_ruling(state=RulingState.SUSPENDED, **over)
    return KeptRuling(ruling, "e" * 32, 1, causes, 0.0, None)


def is_fit(message: Message) -> bool:
    payload = message.payload()
    assert [] == blocks_problems(payload["blocks"], most=50, in_view=False)
    return character_count(payload["blocks"]) < 13_200


def test_the_owner_reads_the_old_and_the_new_words() -> None:
    cause = Cause(Why.ALTERED, "Rules, edition 2026/27", "Record it within 24 hours.", "Record it within 48 hours.")
    shown = visible_text(suspended_message(suspended(cause)).payload())

    assert shown.index("within 24 hours") < shown.index("within 48 hours")
    assert "A rule that it rests on has changed." in shown
    assert "Still right" in shown


@pytest.mark.parametrize(
    ("state", "causes", "stands"),
    [
        (RulingState.IN_FORCE, (), "in force \u00b7 to be looked at again on 20 November 2027"),
        (
            RulingState.SUSPENDED,
            (Cause(Why.ALTERED), Cause(Why.ALTERED)),
            "suspended, since a rule that it rests on has changed",
        ),
        (
            RulingState.SUSPENDED,
            (Cause(Why.BY_HAND, reason="a doubt"),),
            "suspended, since it was suspended by hand: \u201ca doubt\u201d",
        ),
        (
            RulingState.RETIRED,
            (Cause(Why.REVIEW_PASSED), Cause(Why.RETIRED)),
            "retired, since the day has passed on which it was to be looked at again; it was retired by hand",
        ),
        (RulingState.RETIRED, (), "retired"),
    ],
)
def test_how_a_ruling_stands_is_said_in_one_line(state: RulingState, causes: tuple[Cause, ...], stands: str) -> None:
    ruling = a_ruling(state=state)

    assert f"Ruling 5A5A5A5A \u00b7 {stands}" == ruling_line(KeptRuling(ruling, "e" * 32, 1, causes, 0.0, None))


def test_a_rule_that_reads_the_same_in_the_next_edition_is_said_once() -> None:
    shown = visible_text(suspended_message(suspended(Cause(Why.ENDED, "Rules", "Record it.", "Record it."))).payload())

    assert 1 == shown.count("Record it.\n") or 1 == shown.count("It reads the same")


def test_however_much_changed_the_message_fits_and_nothing_in_it_is_live() -> None:
    causes = [Cause(Why.GONE, NASTY, LONG[:1_200], LONG[:1_200] + "."), Cause(Why.BY_HAND, reason=NASTY)] * 5
    kept = suspended(*causes, question=NASTY * 12, answer=LONG)

    for message in (suspended_message(kept), suspended_line(kept), enquiry_card(an_enquiry(), None, 0.0, kept)):
        assert is_fit(message)
    assert [] == mentions(suspended_message(kept).payload())


def test_the_form_to_renew_fits_with_ten_long_passages() -> None:
    passages = [a_passage(LONG, ordinal=n, path=(NASTY,)) for n in range(1, 12)]
    rests_on = tuple(Citation(n, passage, passage.text) for n, passage in enumerate(passages, start=1))
    view = renew_ruling_modal(suspended(question=LONG, answer=LONG), rests_on, YEAR).to_dict()

    assert [] == blocks_problems(view["blocks"], most=100, in_view=True)


def test_the_boxes_of_the_form_are_the_passages_shown_and_a_tick_is_tied_to_their_words() -> None:
    passages = [a_passage(LONG, ordinal=n, path=(NASTY * 3,)) for n in range(1, 4)]
    rests_on = [Citation(n, passage, passage.text) for n, passage in enumerate(passages, start=1)]
    view = answer_enquiry_modal(an_enquiry(text=NASTY * 12), None, rests_on, YEAR).to_dict()
    assert [] == blocks_problems(view["blocks"], most=100, in_view=True)
    (boxes,) = [block["element"] for block in view["blocks"] if block.get("block_id") == RESTS_ON]
    values = [option["value"] for option in boxes["options"]]

    assert rests_on[1:2] == chosen(rests_on, values[1:2])
    changed = [replace(one, passage=replace(one.passage, text="Otherwise.")) for one in rests_on]
    assert chosen(changed, values) is None


@pytest.mark.parametrize(("status", "ticked"), [(Status.ANSWERED, 3), (Status.NOT_COVERED, 1)])
def test_what_the_desk_answered_from_is_ticked_and_of_what_is_only_nearest_the_first(
    status: Status, ticked: int
) -> None:
    passages = [a_passage(ordinal=number) for number in range(1, 4)]
    answer = an_answer(*passages)
    if status is Status.NOT_COVERED:
        answer = replace(answer, status=status, statements=())
    view = answer_enquiry_modal(an_enquiry(), answer, answer.citations, YEAR).to_dict()
    (boxes,) = [block["element"] for block in view["blocks"] if block.get("block_id") == RESTS_ON]

    assert boxes["options"][:ticked] == boxes["initial_options"]


def test_a_ruling_is_cited_by_its_day_not_by_an_edition() -> None:
    ruling = a_ruling()
    line = source_line(Citation(1, ruling.passage, ruling.answer))

    assert "[1] Ruling by the Force Crime Registrar\u2019s office, 20 November 2026, Ruling 5A5A5A5A" == line
