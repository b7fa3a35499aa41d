"""With three editions of one document held, a dated question is answered from the edition in force, or says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.ask import Desk
from knowledge.model import Edition, Passage, Status
from tests.builders import a_passage, an_edition
from tests.fakes import FakeBuild, FakeBuilds, FakeClock, FakeEmbedder

TODAY = date(2026, 11, 23)
OLD = an_edition(label="2013/14", effective_from=date(2013, 4, 1), effective_to=date(2014, 3, 31))
MIDDLE = an_edition(label="2018 to 2023", effective_from=date(2018, 4, 1), effective_to=date(2023, 3, 31))
NOW = an_edition(label="2026/27", effective_from=date(2026, 4, 1))
# Three editions that follow each other without a gap.
FOLLOWING = an_edition(label="2014 to 2023", effective_from=date(2014, 4, 1), effective_to=date(2023, 3, 31))
LATEST = an_edition(label="from 2023", effective_from=date(2023, 4, 1))
WITHDRAWN = replace(FOLLOWING, withdrawn=date(2026, 11, 20), withdrawn_reason="it printed the wrong limit")
QUESTION = "how many hours to record a lamp crime"


def _rule(edition: object, hours: int) -> Passage:
    return a_passage(f"A lamp crime must be recorded within {hours} hours of the report.", edition=edition)


def _cited(build: FakeBuild, day: date) -> Edition | None:
    """The edition that answers on a day; None where it is said that none is held."""
    answer = Desk(FakeBuilds(build), FakeEmbedder(), FakeClock(TODAY)).ask(QUESTION, as_at=day)
    if answer.status is not Status.ANSWERED:
        assert any("No edition in force on" in notice for notice in answer.notices)
        assert {citation.passage.edition for citation in answer.citations} <= {LATEST}
        return None
    (edition,) = {citation.passage.edition for citation in answer.citations}
    return edition


@pytest.fixture(scope="module")
def desk() -> Desk:
    build = FakeBuild([_rule(OLD, 72), _rule(MIDDLE, 48), _rule(NOW, 24)], FakeEmbedder())
    return Desk(FakeBuilds(build), FakeEmbedder(), FakeClock(TODAY))


BY_EDITION = {
    OLD: "as at April 2013|as at 04/2013|in april 2013|as of 1 April 2013|as at 31 March 2014|reported 31/3/14|"
    "reported 12 dec 2013|under the 2013 rules|back in 2013|under the 2013/14 rules|recorded on 2013-06-30|"
    "in force in may 2013|cancelled in July 2013|crimed 3.4.2013|as it stood in Jan 2014",
    MIDDLE: "as at April 2018|reported 1/4/18|back in 2019|reported 3 March 2021|as at 31/03/2023|in june 2020|"
    "under the 2022/23 rules|no-crimed in Oct 2018|reported on the 3rd of March 2022|as of 2018-04-01|"
    "told us in Aug '19|2021 rules|came in on 14th feb 2022|reported five years ago|taken 5 Jan 2020",
    NOW: "|as at April 2026|reported 2 may 2026|under the 2026/27 rules|as of 1/4/2026|happened in 2013|"
    "happened in 2019, reported today|dob 3/4/2013|as at today",
    None: "as at March 2013|reported 1/4/14|back in 2016|as at 31 March 2018|reported 3/3/24|as at 31 March 2026|"
    "under the 2015 rules|reported in 2009",
}
DATED = [(dated, edition) for edition, told in BY_EDITION.items() for dated in told.split("|")]


@pytest.mark.parametrize(("dated", "edition"), DATED)
def test_a_dated_question_is_answered_from_the_edition_in_force_on_its_date(
    desk: Desk, dated: str, edition: object
) -> None:
    answer = desk.ask(f"{QUESTION} {dated}")

    if edition is None:
        assert answer.status is Status.NOT_COVERED
        # Today's rule may be shown, and only labelled as today's.
        assert any("No edition in force on" in n and "shown only as today's" in n for n in answer.notices)
        assert {citation.passage.edition for citation in answer.citations} <= {NOW}
    else:
        assert answer.status is Status.ANSWERED
        assert {citation.passage.edition for citation in answer.citations} == {edition}


def test_at_least_forty_dated_questions_are_asked() -> None:
    assert len(DATED) >= 40


def test_an_old_offence_is_answered_by_todays_edition_and_the_registrar_is_named(desk: Desk) -> None:
    answer = desk.ask(f"{QUESTION} that happened in 2013")

    assert any("no general statement" in notice and "Force Crime Registrar" in notice for notice in answer.notices)


class TestWithdrawn:
    """Three editions of one document, the middle one withdrawn: cited for no day, and still there to explain itself."""

    DAYS = (
        (date(2013, 3, 31), None),
        (date(2013, 4, 1), OLD),
        (date(2014, 3, 31), OLD),
        (date(2014, 4, 1), FOLLOWING),
        (date(2023, 3, 31), FOLLOWING),
        (date(2023, 4, 1), LATEST),
        (TODAY, LATEST),
    )

    @pytest.fixture(scope="class")
    def build(self) -> FakeBuild:
        return FakeBuild([_rule(OLD, 72), _rule(FOLLOWING, 48), _rule(LATEST, 24)], FakeEmbedder())

    @pytest.fixture(scope="class")
    def without(self) -> FakeBuild:
        return FakeBuild([_rule(OLD, 72), _rule(WITHDRAWN, 48), _rule(LATEST, 24)], FakeEmbedder())

    @pytest.mark.parametrize(("day", "edition"), DAYS)
    def test_the_rule_changes_twice_to_the_day(self, build: FakeBuild, day: date, edition: Edition | None) -> None:
        assert edition == _cited(build, day)

    @pytest.mark.parametrize(("day", "edition"), DAYS)
    def test_once_withdrawn_its_days_have_no_edition_and_the_others_keep_theirs(
        self, without: FakeBuild, day: date, edition: Edition | None
    ) -> None:
        assert (None if edition is FOLLOWING else edition) == _cited(without, day)

    def test_another_edition_that_covers_its_days_answers_in_its_place(self) -> None:
        mended = an_edition(label="2014 mended", effective_from=date(2014, 4, 1), effective_to=date(2023, 3, 31))
        build = FakeBuild([_rule(WITHDRAWN, 48), _rule(mended, 36), _rule(LATEST, 24)], FakeEmbedder())

        assert mended == _cited(build, date(2018, 6, 1))

    def test_its_passages_are_still_there_to_explain_a_past_answer(self, without: FakeBuild) -> None:
        passage = without.passage(_rule(WITHDRAWN, 48).id)

        assert "48 hours" in passage.text
        assert [passage] == without.surroundings(passage)


class TestAnotherDocumentInForceThen:
    """The rules are held for now only; a protocol was in force already and says something near."""

    PROTOCOL = an_edition(document="protocol", title="Invented protocol", effective_from=date(2020, 1, 1))
    NEAR = "A school must report a lamp crime to the police."

    def ask(self, question: str, *passages: Passage) -> tuple[Status, set[str]]:
        desk = Desk(FakeBuilds(FakeBuild(passages, FakeEmbedder())), FakeEmbedder(), FakeClock(TODAY))
        answer = desk.ask(question, as_at=date(2024, 3, 3))
        return answer.status, {citation.passage.edition.document for citation in answer.citations}

    def test_it_does_not_stand_in_for_the_rule_that_is_not_held(self) -> None:
        protocol = a_passage(self.NEAR, edition=self.PROTOCOL)

        status, offered = self.ask(QUESTION, _rule(NOW, 24), protocol)

        assert status is Status.NOT_COVERED
        assert "rules" in offered  # and shown as today's

    def test_it_answers_what_it_answers_best(self) -> None:
        protocol = a_passage(self.NEAR, edition=self.PROTOCOL)

        status, cited = self.ask("must a school report a lamp crime to the police", _rule(NOW, 24), protocol)

        assert (status, cited) == (Status.ANSWERED, {"protocol"})

    def test_an_edition_of_that_day_answers_even_where_todays_fits_better(self) -> None:
        then = a_passage(
            "Lamp crimes are to be recorded within 48 hours.", edition=replace(FOLLOWING, effective_to=None)
        )

        status, cited = self.ask(QUESTION, _rule(NOW, 24), then)

        assert (status, cited) == (Status.ANSWERED, {"rules"})
