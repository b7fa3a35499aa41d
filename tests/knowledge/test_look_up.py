"""Offence codes and classes: what the list says of them, and what a code alone does not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ingest.link_offences import link_offences
from ingest.readers.offence_lines import one_line
from knowledge.ask import Desk
from knowledge.codes import classes_in, codes_in
from knowledge.look_up import look_up
from knowledge.model import Answer, Authority, Status
from tests.builders import TODAY, a_passage, an_edition
from tests.fakes import FakeBuild, FakeBuilds, FakeClock, FakeEmbedder

LIST = an_edition(document="offence-list", title="Invented Offence List", authority=Authority.OFFENCE_LIST)
RULES = an_edition()


def a_record(code: str, title: str, named: str, **over: str) -> dict[str, Any]:
    values = {"statute": "Lamps Act 1901 Sec 2", "max_sentence": "2", "victim_state": "V", "current": "Y"}
    blank = {"effective_from": "", "effective_to": "", "comments": "", "kind": "offence"}
    record = {"code": code, "code_normalised": code, "title": title, "class": named, **values, **blank, **over}
    return {**record, "line": one_line(record)}


RECORDS = [
    a_record("028/03", "Stealing lamps", "28I Lamps of a home"),
    a_record("028/03", "Stealing lamps", "28M Lamps elsewhere"),
    a_record("008/10", "Keeping a false light", "10C Lights", effective_from="TBC"),
    a_record("125/12", "Showing a red lamp", "9A Alarm", current="N", effective_to="2023-05-01"),
    a_record("N200/01", "Lamp reported", "N200", kind="incident", effective_from="2019", effective_to="2025"),
    a_record("008/58", "Lamp broken with fear", "8M Aggravated", max_sentence="6m"),
]


@pytest.fixture
def build() -> FakeBuild:
    by_class: dict[str, list[str]] = {}
    for record in RECORDS:
        by_class.setdefault(record["class"], []).append(record["line"])
    passages = [
        a_passage("\n".join(f"- {line}" for line in lines), edition=LIST, ordinal=n, path=("Offences", name))
        for n, (name, lines) in enumerate(by_class.items(), start=1)
    ]
    rule = a_passage("A lamp that is broken must be recorded under class 9A.", edition=RULES, ordinal=1)
    return FakeBuild([*passages, rule], FakeEmbedder(), offences=link_offences(RECORDS, passages, LIST))


def asked(build: FakeBuild, question: str) -> Answer:
    return Desk(FakeBuilds(build), FakeEmbedder(), FakeClock(TODAY)).ask(question)


def said(answer: Answer) -> str:
    return " ".join(statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("is 008/10 in force", "its commencement is to be confirmed (TBC)"),
        ("125/12", "no longer current, ended 1 May 2023"),
        ("N200/01", "deleted 2025"),
        ("8/58", "008/58 Lamp broken with fear; class 8M; Lamps Act 1901 Sec 2; maximum sentence 6 months; victim"),
        ("what is 008/58 pls", "008/58 Lamp broken with fear"),
        ("8M", "008/58 Lamp broken with fear"),
        ("whats in class 8m", "008/58 Lamp broken with fear"),
    ],
)
def test_a_code_is_answered_from_its_record_in_any_form_it_is_written(
    build: FakeBuild, question: str, says: str
) -> None:
    answer = asked(build, question)

    assert answer.status is Status.ANSWERED
    assert says in said(answer)
    assert all(citation.passage.edition == LIST for citation in answer.citations)
    assert all(citation.quote in citation.passage.text for citation in answer.citations)


def test_a_code_that_stands_in_several_classes_is_said_to(build: FakeBuild) -> None:
    answer = asked(build, "what class is 028/03")

    assert "028/03 stands in two classes: 28I, 28M." in answer.statements[0].text
    assert answer.statements[0].citations == (1, 2)


def test_a_code_that_stands_nowhere_is_said_to(build: FakeBuild) -> None:
    answer = asked(build, "999/99")

    assert answer.status is Status.NOT_COVERED
    assert "999/99 stands nowhere in the offence list held." in answer.notices


def test_a_question_about_more_than_the_code_is_answered_from_the_rules_and_told_when_the_code_has_ended(
    build: FakeBuild,
) -> None:
    found = look_up("broken lamp must it be recorded under 125/12", build, TODAY)
    assert found is not None
    assert not found.alone

    answer = asked(build, "a lamp is broken, must it be recorded under 125/12")

    assert "ended 1 May 2023" in answer.statements[0].text
    assert any(citation.passage.edition == RULES for citation in answer.citations)


def test_a_list_that_is_not_in_force_on_the_date_is_not_looked_in(build: FakeBuild) -> None:
    assert look_up("008/58", build, date(2013, 4, 1)) is None


def test_a_class_in_a_question_about_the_rules_does_not_turn_it_into_a_look_up(build: FakeBuild) -> None:
    assert look_up("is a broken lamp 9A when nobody saw it", build, TODAY) is None


def test_a_record_whose_line_stands_in_no_passage_is_not_cited(build: FakeBuild) -> None:
    loose = [replace(p, text="Something else.") for p in build.passages()]

    assert all(record["passage"] == "" for record in link_offences(RECORDS, loose, LIST))


def test_codes_and_classes_are_told_apart_from_dates_and_from_each_other() -> None:
    assert codes_in("8/58 and N200/1 on 3/3/24") == ["008/58", "N200/01"]
    assert classes_in("is 8/58 an 8M or 28i, or N100") == ["8M", "28I", "N100"]
