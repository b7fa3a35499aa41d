"""A chat model is believed only as far as its citations bear it out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ask import Desk
from knowledge.errors import WriterUnavailable
from knowledge.model import Passage, Status
from knowledge.ports import Draft
from tests.builders import TODAY
from tests.fakes import FakeBuild, FakeBuilds, FakeClock, FakeEmbedder
from tests.knowledge.test_ask import PASSAGES

QUESTION = "when must a crime be recorded after the report"


class ScriptedWriter:
    """Writes what a test tells it to, whatever it is asked."""

    name = "scripted:model"

    def __init__(self, *drafts: Draft, fault: Exception | None = None) -> None:
        self.drafts, self.fault = list(drafts), fault
        self.questions: list[str] = []

    def write(self, question: str, passages: Sequence[Passage]) -> list[Draft]:
        self.questions.append(question)
        if self.fault:
            raise self.fault
        return self.drafts


def ask_with(writer: ScriptedWriter, question: str = QUESTION):
    embedder = FakeEmbedder()
    return Desk(FakeBuilds(FakeBuild(PASSAGES, embedder)), embedder, FakeClock(TODAY), writer).ask(question)


GOOD = Draft("You have 24 hours.", ((1, "no later than 24 hours after the report"),))


def test_a_statement_that_its_quotation_bears_out_is_shown_as_the_models() -> None:
    answer = ask_with(ScriptedWriter(GOOD))

    assert "scripted:model" == answer.composed_by
    assert ["You have 24 hours."] == [statement.text for statement in answer.statements]


@pytest.mark.parametrize(
    "bad",
    [
        Draft("You have 48 hours.", ((1, "no later than 24 hours after the report"),)),
        Draft("You have 24 hours.", ((1, "no later than twenty-four hours"),)),
        Draft("You have 24 hours.", ((99, "no later than 24 hours"),)),
        Draft("You have 24 hours.", ((0, "no later than 24 hours"),)),
        Draft("You have 24 hours.", ()),
        Draft("", ((1, "no later than 24 hours after the report"),)),
        Draft("You have 24 hours, see evil.example", ((1, "no later than 24 hours after the report"),)),
        Draft("Visit http://evil.example <!channel>", ()),
    ],
)
def test_an_invented_number_quotation_or_citation_is_dropped_and_the_desk_falls_back_to_quotation(bad: Draft) -> None:
    answer = ask_with(ScriptedWriter(bad))

    assert "quotation" == answer.composed_by
    assert Status.ANSWERED == answer.status
    assert bad.text not in [statement.text for statement in answer.statements]


def test_the_statements_that_hold_are_kept_beside_those_that_do_not() -> None:
    answer = ask_with(ScriptedWriter(GOOD, Draft("It is 48 hours.", ((1, "no later than 24 hours"),))))

    assert ["You have 24 hours."] == [statement.text for statement in answer.statements]


def test_a_model_that_is_down_costs_the_asker_nothing() -> None:
    assert "quotation" == ask_with(ScriptedWriter(fault=WriterUnavailable("down"))).composed_by


def test_the_model_never_sees_personal_data() -> None:
    writer = ScriptedWriter(GOOD)

    ask_with(writer, "vic Jane Canary 07700 900123 " + QUESTION)

    assert writer.questions
    assert not any("Canary" in asked or "900123" in asked for asked in writer.questions)


@given(
    st.lists(
        st.builds(
            Draft,
            st.text(max_size=80),
            st.lists(st.tuples(st.integers(-2, 9), st.text(max_size=40)), max_size=3).map(tuple),
        ),
        max_size=4,
    )
)
def test_whatever_the_model_writes_only_true_quotations_are_shown(drafts: list[Draft]) -> None:
    answer = ask_with(ScriptedWriter(*drafts))

    for citation in answer.citations:
        assert "".join(citation.quote.split()).replace("-", "") in "".join(citation.passage.text.split()).replace(
            "-", ""
        )
