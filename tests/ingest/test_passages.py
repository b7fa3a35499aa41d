"""What belongs together stays together when a section is divided."""

from __future__ import annotations

from ingest.divide import divide
from ingest.passages import make_passages
from ingest.readers.blocks import Block, Kind, Reading
from ingest.sentences import sentence_spans
from ingest.units import units_of
from tests.builders import an_edition


def _count(text: str) -> int:
    return len(text.split()) + 2


def _heading(text: str, *, run_in: bool = False) -> Block:
    return Block(Kind.HEADING, text, 1, 2 if run_in else 1, run_in=run_in)


def _words(number: int, opening: str = "Rule") -> Block:
    return Block(Kind.PARAGRAPH, f"{opening} {'word ' * (number - 2)}end.", 1)


def _passages(*blocks: Block, most: int = 100):
    return make_passages(Reading(tuple(blocks), 3), an_edition(), _count, most)


def test_an_example_is_not_divided_from_its_answer() -> None:
    passages = _passages(
        _heading("Robbery"), _words(60), _words(40, "Example 1: A purse"), _words(20, "One"), _words(60), most=110
    )

    [holding] = [p for p in passages if "Example 1" in p.text]
    assert "\nOne word" in holding.text


def test_a_numbered_list_is_not_divided_where_a_division_between_paragraphs_would_do() -> None:
    items = [Block(Kind.PARAGRAPH, f"{n}. Section {'word ' * 12}applies.", 1) for n in (1, 2, 3)]

    passages = _passages(_heading("Rape"), _words(50), Block(Kind.PARAGRAPH, "One of these:", 1), *items)

    assert ["1. ", "2. ", "3. "] == [n for n in ("1. ", "2. ", "3. ") if n in passages[-1].text]
    assert "One of these:" in passages[-1].text


def test_or_on_a_line_of_its_own_is_not_divided_from_what_it_joins() -> None:
    blocks = [_words(45, "Where"), Block(Kind.PARAGRAPH, "OR", 1), _words(45, "Where"), _words(60)]

    passages = _passages(_heading("Rape"), *blocks)

    assert 2 == next(p for p in passages if "\nOR\n" in p.text).text.count("Where")


def test_a_run_in_heading_can_be_quoted_and_names_the_part_it_opens() -> None:
    passages = _passages(
        _heading("Categories"),
        _heading("C1: Transferred: to another force.", run_in=True),
        _words(55),
        _heading("C2: Cancelled: nothing happened.", run_in=True),
        _words(55),
    )

    assert [
        ("Categories", "C1: Transferred: to another force."),
        ("Categories", "C2: Cancelled: nothing happened."),
    ] == [p.path for p in passages]
    assert all(p.text.startswith(p.path[-1]) for p in passages)


def test_a_short_general_rule_stays_with_the_rule_it_opens() -> None:
    passages = _passages(
        _heading("126 Interference"),
        Block(Kind.PARAGRAPH, "General Rule: One crime for each owner.", 1),
        _heading("Definition", run_in=True),
        _words(30),
    )

    assert 1 == len(passages)


def test_no_passage_is_longer_than_the_model_reads() -> None:
    blocks = [_heading("H " * 30), _words(400), Block(Kind.ITEM, "x " * 300, 1), _heading("R " * 20, run_in=True)]

    assert all(_count(f"{p.section}\n{p.text}") <= 100 for p in _passages(*blocks))


def test_every_unit_stands_in_exactly_one_passage() -> None:
    units = units_of([_words(30), _words(90), Block(Kind.ITEM, "an item", 1), _words(20)])

    spans = divide(units, [_count(unit.text) for unit in units], 100)

    assert list(range(len(units))) == [n for start, end in spans for n in range(start, end)]


def test_a_note_well_is_one_sentence_with_what_it_notes() -> None:
    text = "NB. Any breach should be recorded too. It is separate."

    assert ["NB. Any breach should be recorded too.", "It is separate."] == [text[a:b] for a, b in sentence_spans(text)]
