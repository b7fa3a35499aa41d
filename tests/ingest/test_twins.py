"""A rule printed twice is one rule with two places, and where its wordings differ that is kept."""

from __future__ import annotations

from ingest.twins import differences_of, link_twins
from knowledge.compose import compose
from knowledge.model import Found, Passage, PassageKind
from tests.builders import a_passage, an_edition
from tests.fakes import FakeBuild, FakeEmbedder

RULE = (
    "Where a lamp is broken in one street and another lamp is broken in the next by the same hand on the same night, "
    "one crime is recorded for each owner of a lamp and none for a lamp that has no owner. "
    "The officer must write down the number of the lamp and the hour at which it was found broken."
)
OTHER = RULE.replace("the number of the lamp", "the colour of the lamp")


def twins(*passages: Passage) -> list[tuple[str, ...]]:
    return [passage.twins for passage in link_twins(passages)]


def test_the_same_rule_far_apart_in_one_document_is_linked_both_ways() -> None:
    first, second = a_passage(RULE, ordinal=3), a_passage(OTHER, ordinal=40)

    assert [(second.id,), (first.id,)] == twins(first, second)


def test_neighbours_in_like_words_are_two_rules() -> None:
    assert [(), ()] == twins(a_passage(RULE, ordinal=3), a_passage(RULE.replace("lamp", "lantern"), ordinal=4))


def test_two_editions_of_one_document_are_not_twins_and_two_documents_are() -> None:
    older = an_edition(label="2013")
    policy = an_edition(document="policy")

    assert [(), ()] == twins(a_passage(RULE), a_passage(RULE, edition=older))
    assert all(twins(a_passage(RULE), a_passage(RULE, edition=policy)))


def test_rows_of_a_table_are_left_alone() -> None:
    rows = [a_passage(RULE, ordinal=n, kind=PassageKind.TABLE_ROW) for n in (1, 30)]

    assert [(), ()] == twins(*rows)


def test_where_twins_are_worded_differently_both_wordings_are_kept() -> None:
    linked = link_twins([a_passage(RULE, ordinal=3), a_passage(OTHER, ordinal=40)])

    (pair,) = differences_of(linked)

    assert (linked[0].id, linked[1].id) == (pair["a"], pair["b"])
    ((ours, theirs),) = pair["wordings"]  # type: ignore[misc]
    assert "number of the lamp" in ours
    assert "colour of the lamp" in theirs


def test_an_answer_cites_both_places_where_the_very_words_stand_twice() -> None:
    first, second = link_twins([a_passage(RULE, ordinal=3), a_passage(RULE, ordinal=40)])
    build = FakeBuild([first, second], FakeEmbedder())
    parts = {"passage": 0.9, "sentence": 0.9, "coverage": 0.9, "code": 0.0, "bank": 0.0}

    statements, citations = compose(
        [Found(first, 1.0, parts, collapsed=(second,))], "which hour and number of a broken lamp", build.lexical
    )

    assert [statement.citations for statement in statements] == [(1, 2)]
    assert [citation.passage.id for citation in citations] == [first.id, second.id]
    assert all(citation.quote in citation.passage.text for citation in citations)
