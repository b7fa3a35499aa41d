"""Answers as Slack blocks: inert whatever they hold, within the limits, and never silent."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.answer_blocks import answer_message
from bot.rendering.escape import allowed_link, escape
from bot.rendering.limits import BLOCKS, CHARACTERS
from bot.rendering.message import characters
from knowledge.model import Answer, Authority, Citation, Statement, Status
from tests.builders import a_passage, an_answer, an_edition
from tests.slack_server import mentions, visible_text
from tests.slack_server.block_kit import blocks_problems, character_count

NASTY = [
    "<!channel>",
    "<@U0OFFICER>",
    "<http://evil.example|gov.uk>",
    "&lt;b&gt; &amp;",
    "`code` *bold* _it_ ~s~",
    "\u202egnorw",
    "\U000e0041\U000e0042",
    "\u200bzero",
    "https://evil.example/x?y=1",
    "👮‍♀️ :police_car:",
    "a\nb\tc\x00d",
]


def shown(answer: Answer, question: str = "a" * 32) -> dict[str, Any]:
    return answer_message(answer, question).payload()


def read(answer: Answer) -> str:
    return visible_text(shown(answer))


def test_rules_policy_and_inspection_stand_under_their_own_headings() -> None:
    """By the authority of the cited edition; the strongest rule is read first."""
    rule = a_passage("Record it.", ordinal=1)
    code = a_passage("Class 8N.", edition=an_edition(document="list", authority=Authority.OFFENCE_LIST), ordinal=2)
    policy = a_passage(
        "Tell the sergeant.", edition=an_edition(document="p", authority=Authority.FORCE_POLICY), ordinal=3
    )
    found = a_passage("Some were not.", edition=an_edition(document="i", authority=Authority.INSPECTION), ordinal=4)
    said = read(an_answer(rule, code, policy, found))

    order = [
        "What the rules require",
        "Record it. [1]",
        "Class 8N. [2]",
        "What force policy adds",
        "Tell the sergeant. [3]",
        "What inspectors found",
        "Some were not. [4]",
        "Sources",
        "[1] Invented Recording Rules, edition 2026/27, When to record, p. 1",
        "As at 22 November 2026",
        "build 20261122-000000-abcdef",
    ]
    assert order == sorted(order, key=said.index)
    assert 1 == said.count("What the rules require")


def test_a_written_statement_comes_before_the_words_it_rests_on() -> None:
    passage = a_passage("The OIC may not cancel it.")
    answer = an_answer(passage, statements=(Statement("No, the OIC cannot.", (1,)),), composed_by="vendor:model")
    said = read(answer)

    assert said.index("No, the OIC cannot. [1]") < said.index("The OIC may not cancel it. [1]")
    assert "vendor:model" in said


def test_the_nearest_passages_are_never_shown_as_an_answer() -> None:
    passage = a_passage("Something near.")
    answer = an_answer(
        status=Status.NOT_COVERED, statements=(), citations=(Citation(1, passage, passage.text),),
        notices=("The documents held do not answer this.",),
    )  # fmt: skip
    said = read(answer)

    assert (
        said.index("do not answer this") < said.index("Nearest passages, which do not answer it") < said.index("near.")
    )
    assert "What the rules require" not in said


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ANSWERED])
def test_every_other_outcome_says_something(status: Status) -> None:
    """Even with nothing to go on."""
    message = shown(an_answer(status=status, statements=(), citations=()))

    assert message["text"].strip()
    assert visible_text(message).strip()


def test_options_are_listed_when_the_desk_asks_back() -> None:
    said = read(
        an_answer(status=Status.NEEDS_CLARIFYING, statements=(), citations=(), options=("under 13", "13 or over"))
    )

    assert "under 13" in said
    assert "13 or over" in said


def test_an_option_too_long_for_a_button_is_lettered_and_read_above_it() -> None:
    long = "before or at the time, in order to steal something from them"
    answer = an_answer(status=Status.NEEDS_CLARIFYING, statements=(), citations=(), options=(long, "afterwards"))
    blocks = shown(answer)["blocks"]
    buttons = [e["text"]["text"] for block in blocks if block["type"] == "actions" for e in block["elements"]]

    assert ["A", "B"] == buttons[:2]
    assert f"A  {long}" in read(answer)


def test_links_lead_only_to_the_hosts_on_the_list() -> None:
    good = a_passage(edition=an_edition(document="a", url="https://www.gov.uk/rules"), ordinal=1)
    bad = a_passage("Other.", edition=an_edition(document="b", url="https://evil.example/rules"), ordinal=2)

    assert ["https://www.gov.uk/rules"] == mentions(shown(an_answer(good, bad)))


@pytest.mark.parametrize(
    "url",
    [
        "http://www.gov.uk/x",
        "https://www.gov.uk.evil.example/x",
        "https://user@www.gov.uk/x",
        "https://www.gov.uk:8443/x",
        "https://www.gov.uk/x|<!channel>",
        "https://evil.example/https://www.gov.uk",
        "javascript:alert(1)",
        "https://[::1",
        "",
    ],
)
def test_any_other_address_is_no_link(url: str) -> None:
    assert allowed_link(url) is None


def test_escaping_is_done_once() -> None:
    assert "&lt;!channel&gt; &amp;amp; [link]" == escape("<!channel> &amp; https://evil.example")


def test_fifty_thousand_characters_and_sixty_citations_fit_and_sources_are_kept() -> None:
    """Quotations are left out whole before a source is."""
    passages = [
        a_passage(f"Rule {n} " + "must be read whole. " * 40 + f"End {n}.", ordinal=n, path=(f"Section {n}",))
        for n in range(1, 61)
    ]
    answer = an_answer(*passages)
    message = shown(answer)
    said = visible_text(message)

    assert character_count(message["blocks"]) <= CHARACTERS
    assert [] == blocks_problems(message["blocks"], most=50, in_view=False)
    assert all(f"[{n}] Invented Recording Rules, edition 2026/27, Section {n}, p. {n}" in said for n in range(1, 61))
    assert "Not shown here for want of room" in said
    for n in range(1, 61):
        assert (f"Rule {n} " in said) == (f"End {n}." in said), "a quotation was cut"


def test_a_quotation_too_long_for_a_message_is_offered_behind_its_button() -> None:
    answer = an_answer(a_passage("word " * 10_000))
    message = shown(answer)

    assert "press Show passage 1" in visible_text(message)
    assert character_count(message["blocks"]) <= CHARACTERS


words = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.text(min_size=1, max_size=3).map(lambda t: t * 700))
authorities = st.sampled_from(list(Authority))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    count = draw(st.integers(0, 12))
    citations = []
    for number in range(1, count + 1):
        edition = an_edition(
            document=f"d{number}", title=draw(words), label=draw(words), authority=draw(authorities),
            url=draw(st.one_of(words, st.just("https://www.gov.uk/ok"))),
            effective_to=draw(st.one_of(st.none(), st.just(date(2027, 3, 31)))),
        )  # fmt: skip
        passage = a_passage(draw(words), edition=edition, ordinal=number, path=(draw(words), draw(words)))
        citations.append(Citation(number, passage, draw(words)))
    status = draw(st.sampled_from(list(Status))) if citations else Status.NOT_COVERED
    statements = tuple(
        Statement(draw(words), (draw(st.integers(1, count)),))
        for _ in range(draw(st.integers(1, 4)) if citations else 0)
    )
    return Answer(
        status, draw(words), date(2026, 11, 22), draw(words), statements=statements, citations=tuple(citations),
        notices=tuple(draw(st.lists(words, max_size=4))), options=tuple(draw(st.lists(words, max_size=3))),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(answers())
def test_whatever_an_answer_holds_it_is_inert_and_within_the_limits(answer: Answer) -> None:
    """No live sequence, no link but to a host on the list, no hidden character, nothing Slack would refuse."""
    message = shown(answer)

    assert {"https://www.gov.uk/ok"} >= set(mentions(message))
    assert "<" not in message["text"]
    assert ">" not in message["text"]
    assert "://" not in message["text"]
    assert 0 < len(message["text"]) <= 12_600
    assert [] == blocks_problems(message["blocks"], most=BLOCKS, in_view=False)
    assert character_count(message["blocks"]) <= CHARACTERS
    assert characters(answer_message(answer, "a" * 32).blocks) == character_count(message["blocks"])
    everything = json.dumps(message, ensure_ascii=False)
    assert not set(everything) & set("\u200b\u202e\u2066\ufeff\x00")
    assert "mrkdwn" not in everything
