"""The report: what was asked and could not be answered, without anybody's name."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert

from bot.asked import WITHDRAWN
from bot.checks import Checks
from bot.feedback import Feedback, Reason
from bot.questions import Questions
from bot.records import Records
from bot.rendering.report_charts import drawn, weeks_chart
from bot.rendering.report_json import report_json
from bot.rendering.report_message import report_message
from bot.rendering.report_page import report_page
from bot.rendering.report_view import report_view
from bot.rendering.report_words import headline
from bot.report.figures import Report
from bot.report.make_report import make_report
from bot.report.period import weeks_to
from bot.report.small_numbers import FEW, by_unit, shown
from bot.settings import Settings
from bot.store import open_store
from bot.tables import enquiries
from bot.transactions import Transactions
from knowledge.cancellation.check_cancellation import check_cancellation
from knowledge.model import Status
from tests.bot.a_session import a_session, desk_command, printed
from tests.bot.report.some_records import WHERE, ask, ask_all, noon
from tests.builders import TODAY
from tests.knowledge.cancellation.scenarios import a_form
from tests.knowledge.cancellation.some_guidance import SomeGuidance, the_digest

MONDAY = date(2026, 11, 16)
WEEK = weeks_to(MONDAY, 1)
NOISE = ["noise complaint from a neighbour what do i do", "how do i deal with a noise complaint from neighbours"]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_store(Settings(home=tmp_path).database)
    yield opened
    opened.dispose()


def told(engine: Engine, weeks: int = 1) -> Report:
    return make_report(engine, weeks_to(MONDAY, weeks))


def put(engine: Engine, question: str, asked: datetime, answered: datetime | None = None, state: str = "open") -> None:
    values = {
        "id": question[::-1],
        "question": question,
        "team": "T1",
        "asker": "U0OFFICER",
        "channel": "D0OFFICER",
        "text": "",
        "as_at": "2026-11-10",
        "build": "b",
        "state": state,
        "posted_in": "C0REGISTRAR",
        "asked_at": asked.timestamp(),
        "answered_at": answered.timestamp() if answered else None,
    }
    with Transactions(engine).writing() as connection:
        connection.execute(insert(enquiries).values(values))


def test_without_any_questions_it_says_so_in_a_sentence(engine: Engine) -> None:
    report = told(engine)

    assert "No question was put to the desk from 9 November 2026 to 15 November 2026." == headline(report)
    assert headline(report) in printed(report_view(report), 200)
    assert headline(report) in report_page(report, drawn(report))


def test_questions_count_by_how_they_ended_against_the_week_before(engine: Engine) -> None:
    ask_all(engine, noon(MONDAY, 3), ["one", "two"])
    ask(engine, noon(MONDAY, 3), "three", status=Status.NOT_COVERED)
    ask(engine, noon(MONDAY, 4), "four", status=Status.NEEDS_CLARIFYING, where="cancel")
    ask(engine, noon(MONDAY, 9), "before", status=Status.NOT_COVERED)
    ask(engine, noon(MONDAY), "after")

    report = told(engine)

    assert (4, 1) == (report.total.now, report.total.before)
    assert [(2, 0), (1, 1), (1, 0), (0, 0), (0, 0)] == [(c.now, c.before) for c in report.statuses.values()]
    assert headline(report).startswith(
        "4 questions from 9 November 2026 to 15 November 2026, by fewer than 5 people, 3 more than in the week before."
    )
    assert [1, 4] == [sum(found.values()) for _, found in report.weeks[-2:]]
    assert [("Time limits", 3), ("Cancelling", 1)] == [(topic, change.now) for topic, change in report.topics]
    assert [("Cancelling > Who decides", 1)] == [(rule.section, times) for rule, times in report.asked_back]


@pytest.mark.parametrize(("hours", "counts"), [(0, 1), (-1, 0), (7 * 24 - 1, 1), (7 * 24, 0)])
def test_a_week_runs_from_midnight_to_midnight(engine: Engine, hours: int, counts: int) -> None:
    ask(engine, datetime(2026, 11, 9) + timedelta(hours=hours))

    assert counts == told(engine).total.now


def test_what_was_withdrawn_or_one_too_many_was_not_asked(engine: Engine) -> None:
    ask(engine, noon(MONDAY, 2), "kept")
    withdrawn = ask(engine, noon(MONDAY, 2), "withdrawn")
    held = Questions(engine).find(withdrawn)
    assert held is not None
    Questions(engine).withdraw("T1", "D0OFFICER", str(held.asked.ts))

    now = Questions(engine).find(withdrawn)
    assert now is not None
    assert WITHDRAWN == now.outcome
    assert 1 == told(engine).total.now


def test_questions_not_covered_stand_together_where_they_ask_the_same_the_most_asked_first(engine: Engine) -> None:
    ask(engine, noon(MONDAY, 5), "what overtime am i owed", status=Status.NOT_COVERED, where="")
    ask_all(engine, noon(MONDAY, 3), NOISE, status=Status.NOT_COVERED, where="harass")

    first, second = told(engine).not_covered

    assert tuple(NOISE) == first.questions
    assert ["Harassment > Course of conduct"] == [rule.section for rule in first.nearest]
    assert (("what overtime am i owed",), ()) == (second.questions, second.nearest)


def test_a_question_that_was_erased_counts_and_its_words_are_gone(engine: Engine) -> None:
    ask_all(engine, noon(MONDAY, 3), NOISE, status=Status.NOT_COVERED)
    Questions(engine).erase("T1", "U0OFFICER")

    report = told(engine)

    assert (2, ()) == (report.statuses[Status.NOT_COVERED].now, report.not_covered)


def test_what_was_marked_not_helpful_has_its_reasons_and_what_was_flagged_its_passage(engine: Engine) -> None:
    question = ask(engine, noon(MONDAY, 3), where="cancel")
    at = noon(MONDAY, 2).timestamp()
    Feedback(engine, Records(engine), now=lambda: at).keep(
        question,
        "U0OFFICER",
        helpful=False,
        reason=Reason.OUT_OF_DATE,
        comment="ring me on 07700 900123, it changed in April",
        out_of_date=[WHERE["cancel"].id],
    )

    report = told(engine)

    assert ((("out_of_date", 1),), 1) == (report.reasons, report.not_helpful.now)
    ((rule, _, words),) = report.comments
    assert ("Cancelling > Who decides", True, False) == (rule.section, "it changed" in words, "900123" in words)
    ((flagged, edition, pages, times),) = report.out_of_date
    assert ("Cancelling > Who decides", "2026/27", (2,), 1) == (flagged.section, edition, pages, times)


def test_checks_are_counted_by_criterion_and_small_numbers_are_not_shown(engine: Engine) -> None:
    guidance = SomeGuidance(the_digest())
    checks = Checks(engine, now=lambda: noon(MONDAY, 2).timestamp())
    for _ in range(6):
        form = a_form("C2", "rape", "victim-withdrew", decider="supervisor")
        checks.keep(form, check_cancellation(form, guidance))
    form = a_form("C5", "105A", "self-defence-shown")
    checks.keep(form, check_cancellation(form, guidance))

    c2, c5 = told(engine).checks

    assert ("C2", "6", "6") == (c2.criterion, c2.checks, c2.with_line["REGISTRAR ONLY"])  # type: ignore[index]
    assert ("C5", FEW, {}) == (c5.criterion, c5.checks, c5.with_line)


def test_enquiries_open_have_their_age_and_those_answered_how_long_it_took(engine: Engine) -> None:
    waiting, answered, away, later = (ask(engine, noon(MONDAY, 6, n), f"question {n}") for n in range(4))
    put(engine, waiting, noon(MONDAY, 12))
    put(engine, answered, noon(MONDAY, 3), noon(MONDAY, 2), "answered")
    put(engine, away, noon(MONDAY, 3), noon(MONDAY, 2), "not_for_us")
    put(engine, later, noon(MONDAY, -1))

    report = told(engine)

    assert [11.5] == [one.days for one in report.open_enquiries]
    assert (2, 1, 24.0) == (report.enquiries_put, report.enquiries_answered, report.hours_to_answer)


def test_no_name_and_no_id_of_an_asker_is_in_any_form_of_it(engine: Engine) -> None:
    for n in range(7):
        question = ask(engine, noon(MONDAY, 3, n), f"question {n}", asker=f"U0PERSON{n}", channel="C0ROOM")
        put(engine, question, noon(MONDAY, 3))
        Feedback(engine, Records(engine), now=lambda: noon(MONDAY, 2).timestamp()).keep(
            question, f"U0PERSON{n}", helpful=False, reason=Reason.OTHER
        )
    ask(engine, noon(MONDAY, 3), "in private", asker="U0PRIVATE")
    report = told(engine)

    assert "8" == report.people
    for words in (
        json.dumps(report_json(report)),
        report_page(report, drawn(report)),
        printed(report_view(report), 200),
        json.dumps(report_message(report, "F1", weeks_chart(report).says).payload()),
    ):
        assert "C0ROOM" in words or "questions from" in words
        assert None is re.search(r"U0(?:PERSON|PRIVATE|OFFICER)|D0OFFICER", words)


def test_a_channel_in_which_fewer_than_five_people_asked_is_not_shown(engine: Engine) -> None:
    for n in range(6):
        ask(engine, noon(MONDAY, 3, n), f"q {n}", asker=f"U{n}", channel="C0LARGE")
    for n in range(5):
        ask(engine, noon(MONDAY, 4, n), f"r {n}", asker=f"U{n}", channel=f"C0SMALL{n}")

    assert [("C0LARGE", 6), ("", 5)] == [(one.unit, one.count) for one in told(engine).units]


UNITS = st.dictionaries(
    st.sampled_from("ABCDE"), st.lists(st.sampled_from("abcdefghijkl"), min_size=1, max_size=14), max_size=5
)


@given(UNITS)
def test_no_subtraction_tells_of_fewer_than_five_people(asked: dict[str, list[str]]) -> None:
    people = {unit: frozenset(them) for unit, them in asked.items()}
    told = by_unit({unit: len(them) for unit, them in asked.items()}, people)

    named = {one.unit for one in told if one.unit}
    rest = frozenset().union(*(people[unit] for unit in people if unit not in named))
    assert all(len(people[unit]) >= 5 for unit in named)
    assert not named or not rest or len(rest) >= 5
    assert not told or sum(len(them) for them in asked.values()) == sum(one.count for one in told)


def test_small_numbers_are_said_to_be_small_and_none_is_none() -> None:
    assert ["0", FEW, FEW, "5"] == [shown(number) for number in (0, 1, 4, 5)]


def test_what_askers_and_documents_wrote_is_text_on_the_page_and_nothing_is_fetched_from_it(engine: Engine) -> None:
    ask(engine, noon(MONDAY, 3), "<script>alert(1)</script> <img src=//x>\u202e", status=Status.NOT_COVERED)
    report = told(engine)
    page = report_page(report, drawn(report))

    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in html.unescape(page)
    assert [] == [src for src in re.findall(r'(?:src|href)="([^"]*)"', page) if not src.startswith("data:image/")]


def test_every_picture_says_in_words_what_it_shows_and_stands_as_a_table_too(engine: Engine) -> None:
    ask(engine, noon(MONDAY, 3), status=Status.NOT_COVERED)
    page = report_page(told(engine), drawn(told(engine)))

    alternatives = re.findall(r'<img [^>]*alt="([^"]*)"', page)
    assert 2 == len(alternatives)
    assert "week of 2026-11-09 1, 1 of them not covered" in alternatives[0]
    assert "Time limits 1, before 0" in alternatives[1]
    assert '<th scope="row">2026-11-09</th>' in page


def test_the_same_figures_make_the_same_page(engine: Engine) -> None:
    ask(engine, noon(MONDAY, 3))

    assert report_page(told(engine), drawn(told(engine))) == report_page(told(engine), drawn(told(engine)))


def test_desk_report_writes_a_page_and_one_object_for_scripts(tmp_path: Path) -> None:
    opened = open_store(Settings(home=tmp_path).database)
    ask(opened, noon(TODAY), "noise complaint", status=Status.NOT_COVERED)
    opened.dispose()
    session = a_session(home=tmp_path)

    shown_ = desk_command("report", "--html", str(tmp_path / "report.html"), session=session)
    as_json = desk_command("report", "--weeks", "4", "--json", session=session)

    assert (0, 0) == (shown_.exit_code, as_json.exit_code)
    assert "noise complaint" in shown_.stdout
    assert "noise complaint" in (tmp_path / "report.html").read_text(encoding="utf-8")
    body = json.loads(as_json.stdout)
    assert (4, 1, [["noise complaint"]]) == (
        body["weeks"],
        body["questions"]["now"],
        [group["questions"] for group in body["not_covered"]],
    )
    assert TODAY.isoformat() == body["to"]


@pytest.mark.parametrize("weeks", ["0", "-1", "x"])
def test_a_number_of_weeks_that_is_none_is_wrong_use(tmp_path: Path, weeks: str) -> None:
    assert 2 == desk_command("report", "--weeks", weeks, session=a_session(home=tmp_path)).exit_code
