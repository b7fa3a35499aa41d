"""A comparison on the terminal: readable without colour, within its width, safe whatever a document says."""

from __future__ import annotations

from bot.rendering.comparison_text import comparison_view
from tests.bot.a_session import printed
from tests.bot.some_comparisons import LIMIT, a_comparison

FILLER = " ".join(f"word{n}" for n in range(80))


def shown(concerns: tuple[str, ...] = (), **over: str) -> str:
    return printed(comparison_view(a_comparison(**over), concerns))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_words_gone_and_new_are_told_apart_without_colour() -> None:
    says = flat(shown())

    assert "recorded within [-24-] {+48+} hours of the report." in says
    assert "Mind: figure 24, now 48" in says


def test_a_whole_sentence_put_in_is_shown_as_one() -> None:
    says = flat(shown(limit=f"{LIMIT} Never wait for an enquiry."))

    assert "is told. {+Never wait for an enquiry.+}" in says
    assert "Mind: duty new: Never" in says


def test_each_kind_of_change_says_where_it_stands() -> None:
    says = flat(shown())

    assert "changed Time limits, page 1" in says
    assert "added Lockers, page 2 An empty locker is damage" in says
    assert "removed Counting, page 2 Bicycles" in says
    assert "moved 1 passage, in the same words: Records -> After the decision" in says
    assert "moved 1 passage stands on another page" in says
    assert "Policy of Nowhere, 2026/27 In force from 1 April 2026. No longer held. 1 passage went with it." in says


def test_unchanged_words_far_from_a_difference_are_left_out() -> None:
    says = flat(shown(limit=f"{FILLER} {LIMIT}"))
    long = flat(shown(limit=f"{LIMIT.replace('24', '48')} {FILLER}", added=FILLER))

    assert "{+word0 word1" in says, "what is new is shown whole"
    assert "word59 \u2026" in long
    assert 80 >= max(map(len, shown(limit=f"{LIMIT} {FILLER}").splitlines()))


def test_it_ends_with_the_sum_and_with_what_needs_a_yes() -> None:
    says = flat(shown(("Two editions are in force.",)))

    assert "Passages: 1 changed (1 in a figure or a word of duty); 1 added; 2 removed; 1 under another heading;" in says
    assert says.endswith("Before this is published somebody has to say yes to: - Two editions are in force.")


def test_no_document_can_write_control_characters_to_the_terminal() -> None:
    says = shown(("\x1b[2J",), limit=LIMIT.replace("24", "\x1b[31m48"), title="Rules \x1b[31m", added="\u202eabc")

    assert "\x1b" not in says
    assert "\u202e" not in says
