"""Two wordings side by side: every word of both is there, and what may change the rule is marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.compare_align import Said
from ingest.compare_tokens import Mark, fold, folded, mark_of, words_of
from ingest.compare_words import Piece, compare_words

SOME = "a crime must be recorded within 24 48 hours, NOT later. (see C2) it's 028/03 \u201cquoted\u201d\n- item"
WORDS = st.lists(st.sampled_from(SOME.split(" ")), max_size=30)


def wordings(pieces: tuple[Piece, ...]) -> tuple[str, str]:
    return (
        "".join(piece.text for piece in pieces if piece.said is not Said.NEW),
        "".join(piece.text for piece in pieces if piece.said is not Said.GONE),
    )


def marked(before: str, after: str) -> list[tuple[Said, str, Mark]]:
    return [(p.said, p.text.strip(), p.mark) for p in compare_words(before, after) if p.mark]


@given(WORDS, WORDS)
def test_the_pieces_make_both_wordings_again(before: list[str], after: list[str]) -> None:
    one, other = " ".join(before), " ".join(after)

    was, now = wordings(compare_words(one, other))

    assert [[fold(word) for word in words_of(text)] for text in (one, other)] == [
        [fold(word) for word in words_of(text)] for text in (was, now)
    ]


@given(WORDS)
def test_a_text_does_not_differ_from_itself(words: list[str]) -> None:
    text = " ".join(words)

    assert {Said.SAME} >= {piece.said for piece in compare_words(text, text)}


def test_one_changed_figure_is_the_only_difference() -> None:
    pieces = compare_words("Record it within 24 hours, always.", "Record it within 48 hours, always.")

    assert [(Said.GONE, " 24"), (Said.NEW, " 48")] == [(p.said, p.text) for p in pieces if p.said is not Said.SAME]


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("It may be cancelled.", "It may NOT be cancelled.", [], ["NOT"]),
        ("Never cancel it.", "Cancel it.", ["Never"], []),
        ("The victim should be told.", "The victim must be told.", ["should"], ["must"]),
        ("Tell the victim or the parent.", "Tell the victim AND the parent.", [], ["AND"]),
        ("Within seven days.", "Within ten days.", ["seven"], ["ten"]),
        ("It is 8N.", "It is 105A.", ["8N"], ["105A"]),
    ],
)
def test_figures_and_words_of_duty_that_differ_are_marked(
    before: str, after: str, gone: list[str], new: list[str]
) -> None:
    told = marked(before, after)

    assert (gone, new) == tuple([text for said, text, _ in told if said is side] for side in (Said.GONE, Said.NEW))


def test_words_that_weigh_nothing_are_not_marked() -> None:
    assert [] == marked("Tell the parent and the carer.", "Inform a parent or a carer.")


def test_white_space_and_typography_are_no_difference() -> None:
    before, after = "the victim's \u201creport\u201d\n- one", 'the victim\u2019s  "report" \u2022 one'

    assert folded(before) == folded(after)
    assert {Said.SAME} == {piece.said for piece in compare_words(before, after)}


def test_small_words_between_two_changes_are_read_with_them() -> None:
    pieces = compare_words("the log of the inspector", "the notebook of the sergeant")

    assert ["log of the inspector", "notebook of the sergeant"] == [
        p.text.strip() for p in pieces if p.said is not Said.SAME
    ]


def test_a_sentence_put_in_is_shown_whole() -> None:
    pieces = compare_words("Tell the victim. Then record it.", "Tell the victim. Write it down. Then record it.")

    assert [" Write it down."] == [piece.text for piece in pieces if piece.said is Said.NEW]


def test_a_figure_between_two_changes_is_never_drawn_into_them() -> None:
    pieces = compare_words("within two hours of it", "inside two days of it")

    assert " two" in [piece.text for piece in pieces if piece.said is Said.SAME]
    assert Mark.FIGURE is mark_of("two")
