"""The modal that shows a passage in its surroundings."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.records import Kept
from bot.rendering.passage_modal import notice_modal, passage_modal
from tests.builders import a_passage, an_edition
from tests.slack_server import mentions, visible_text
from tests.slack_server.block_kit import blocks_problems

TEXT = "First it is read.\nThen it is re-\ncorded within 24\nhours of the report. Then it is filed."


def bold_words(view: dict[str, object]) -> str:
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if (node.get("style") or {}).get("bold"):
                found.append(str(node["text"]))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(view)
    return " ".join(found[1:])  # the first is the heading


def test_the_cited_words_are_marked_where_the_page_breaks_them() -> None:
    kept = Kept("b", 2, 3, "corded within 24 hours of the report.", a_passage(TEXT, ordinal=5))
    before, after = a_passage("What came before.", ordinal=4), a_passage("What comes after.", ordinal=6)
    view = passage_modal("q" * 32, kept, [before, kept.passage, after]).to_dict()
    said = visible_text({"blocks": view["blocks"]})

    assert "corded within 24 hours of the report." == bold_words(view).strip()
    assert said.index("What came before.") < said.index("First it is read.") < said.index("What comes after.")
    assert "Passage 2 of 3" == view["title"]["text"]
    assert {"question": "q" * 32, "number": 2} == json.loads(view["private_metadata"])


def test_a_passage_of_a_build_no_longer_in_use_says_so() -> None:
    view = passage_modal("q", Kept("old-build", 1, 1, "x", a_passage()), ()).to_dict()

    assert "old-build, which is no longer the one in use" in visible_text({"blocks": view["blocks"]})


def test_a_notice_is_a_view_too() -> None:
    assert [] == blocks_problems(notice_modal("Gone.").to_dict()["blocks"], most=100, in_view=True)


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=300).map(lambda text: text * 30),
    st.text(max_size=50),
    st.sampled_from(["<!channel>", "https://evil.example", "https://www.gov.uk/ok", ""]),
)
def test_whatever_a_passage_holds_the_modal_is_inert_and_within_the_limits(whole: str, quote: str, url: str) -> None:
    passage = a_passage(whole, edition=an_edition(url=url), ordinal=2)
    view = passage_modal("q", Kept("b", 1, 1, quote, passage), [passage, a_passage(whole, ordinal=3)]).to_dict()

    assert {"https://www.gov.uk/ok"} >= set(mentions({"blocks": view["blocks"]}))
    assert [] == blocks_problems(view["blocks"], most=100, in_view=True)
    assert len(json.dumps(view)) < 250_000
