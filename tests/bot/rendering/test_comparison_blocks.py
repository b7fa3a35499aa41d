"""A comparison in Slack stays within Slack's limits, loses no rule between its pages, and parses nobody's words."""

from __future__ import annotations

from typing import Any

from bot.comparisons import Shown, ShownComparison, ShownEdition, Word
from bot.loads import Load, Stage
from bot.rendering.comparison_blocks import comparison_modal, few_changes
from bot.rendering.load_card import Around, load_card
from tests.slack_server.block_kit import blocks_problems, character_count
from tests.slack_server.limits import MESSAGE_BLOCK_CHARACTERS, MESSAGE_BLOCKS, VIEW_BLOCKS


def a_change(number: int, mind: str = "", length: int = 1) -> Shown:
    words = (
        Word("same", "A crime must be recorded within "),
        Word("gone", " <!channel> 24 "),
        Word("new", f"{number} " * length),
        Word("same", " hours."),
    )
    return Shown("changed", f"Section {number}", words, mind)


def a_comparison(*changes: Shown) -> ShownComparison:
    edition = ShownEdition("Invented Rules, 2027/28", ("In force from 1 April 2027.",), changes)
    return ShownComparison("20261122-1-a", "20261123-2-b", "many changed", (edition,), ("A gap.",), ())


def pages(comparison: ShownComparison) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []
    while True:
        view = comparison_modal(comparison, len(shown)).to_dict()
        shown.append(view)
        if "Next page" not in str(view["blocks"]):
            return shown


def test_every_rule_stands_on_one_of_the_pages_and_each_page_is_within_the_limits() -> None:
    views = pages(a_comparison(*(a_change(number, length=200) for number in range(300))))

    assert len(views) > 10
    for view in views:
        assert [] == blocks_problems(view["blocks"], most=VIEW_BLOCKS, in_view=True)
    said = "".join(str(view["blocks"]) for view in views)
    assert [] == [number for number in range(300) if f"'Section {number}'" not in said]


def test_a_page_that_is_not_there_is_the_last_or_the_first() -> None:
    comparison = a_comparison(a_change(1))

    assert comparison_modal(comparison, 0).to_dict() == comparison_modal(comparison, 9).to_dict()
    assert comparison_modal(comparison, 0).to_dict() == comparison_modal(comparison, -1).to_dict()


def test_other_figures_and_duties_come_first_and_the_rest_is_counted() -> None:
    comparison = a_comparison(a_change(1), a_change(2), a_change(3, "figure 24, now 3"))

    blocks, left = few_changes(comparison, 2, 5_000)

    assert "Section 3" in str(blocks[0].to_dict())
    assert (2, 1) == (len(blocks), left)


def test_nothing_of_a_document_is_parsed() -> None:
    """Its words stand in rich text alone, where `<!channel>` is seven letters and two signs."""
    (view,) = pages(a_comparison(a_change(1)))

    assert {"rich_text", "divider", "context"} == {block["type"] for block in view["blocks"]}
    assert "mrkdwn" not in str(view)


def test_the_card_is_within_the_limits_whatever_was_found() -> None:
    wanted = {"title": "T" * 200, "edition": "E" * 60, "authority": "national_rule", "name": "n" * 100,
              "effective_from": "2027-04-01", "effective_to": "2028-03-31"}  # fmt: skip
    told = {"digest": "0" * 64, "counts": {"added": ["a"], "total": 9}, "warnings": ["w" * 2_000] * 50}
    load = Load("l", "U1", wanted, Stage.READY, "d", "20261123-2-b", "20261122-1-a", "C1", "1.0", "", told, 0.0, 0.0)
    around = Around(
        ("because " * 100,) * 30, a_comparison(*(a_change(n, "m", 400) for n in range(40))), 0, "20261122-1-a"
    )

    payload = load_card(load, around).payload()

    assert [] == blocks_problems(payload["blocks"], most=MESSAGE_BLOCKS, in_view=False)
    assert character_count(payload["blocks"]) < MESSAGE_BLOCK_CHARACTERS
