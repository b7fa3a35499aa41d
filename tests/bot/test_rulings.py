"""Rulings given, suspended, renewed and retired: each change once, whoever is at it at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.asked import Asked, Place
from bot.enquiries import Enquiries, Enquiry, Progress
from bot.give_ruling import GiveRulings, citable, in_a_year
from bot.inbox import Inbox
from bot.kept_rulings import KeptRuling
from bot.membership import Membership
from bot.once import Once
from bot.questions import Questions
from bot.records import Records
from bot.registrar_channel import RegistrarChannel
from bot.registrars import Registrars
from bot.rendering import phrases
from bot.roles import Roles
from bot.rulings import RulingStore
from bot.slack_calls import Calls, web_client
from bot.store import open_store
from bot.transactions import Transactions
from bot.watch_rulings import WatchRulings
from knowledge.model import Passage
from knowledge.ruling import Ruling, RulingState
from knowledge.ruling_holds import Why
from tests.builders import TODAY, a_passage, a_ruling, an_answer, an_edition
from tests.fakes import FakeBuild, FakeBuilds, FakeEmbedder
from tests.slack_server import SlackError, SlackServer

RULE = a_passage(sentences=())
YEAR = date(2027, 11, 22)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_store(f"sqlite:///{tmp_path / 'desk.sqlite3'}")


def given(engine: Engine, ruling: Ruling | None = None) -> KeptRuling:
    store, ruling = RulingStore(engine), ruling or a_ruling(RULE)
    with Transactions(engine).writing() as connection:
        store.give(connection, ruling, f"enquiry-{ruling.id[:8]}")
    kept = store.find(ruling.id)
    assert kept is not None
    return kept


def test_of_two_who_change_a_ruling_at_once_one_does(engine: Engine) -> None:
    store, kept = RulingStore(engine), given(engine)

    assert store.suspend(kept, ())
    assert not store.suspend(kept, ())
    assert not store.retire(kept, ())
    now = store.find(kept.ruling.reference)
    assert now is not None
    assert store.renew(now, kept.ruling.rests_on, "another-build", YEAR)
    assert not store.retire(now, ())


def test_a_retired_ruling_is_never_in_force_again(engine: Engine) -> None:
    store, kept = RulingStore(engine), given(engine)
    assert store.retire(kept, ())
    now = store.find(kept.id)
    assert now is not None

    assert not store.renew(now, kept.ruling.rests_on, "another-build", YEAR)
    assert RulingState.RETIRED is now.state


def an_enquiry(engine: Engine, words: str, *, thread: str | None = None, as_at: date = TODAY) -> Enquiry:
    asked = Asked(f"Ev{words}", Place.DIRECT, "T1", "D1", "U0OFFICER", words, "2.2", thread or "2.2")
    owed = Inbox(engine, "one").record(asked)
    assert owed is not None
    held = Questions(engine).find(owed.id)
    assert held is not None
    Enquiries(engine).ask(held, as_at=as_at, build="b", channel="C0REGISTRAR", by="U0OFFICER")
    (enquiry,) = Enquiries(engine).of(Progress.NEW)
    return enquiry


def made(engine: Engine, enquiry: Enquiry, question: str, *passages: Passage) -> Ruling | str:
    rests_on = citable(an_answer(*passages)) if passages else ()
    office = GiveRulings(RulingStore(engine), Questions(engine))
    return office.made(enquiry, question, "Yes.", rests_on, "U0REGISTRAR", TODAY, YEAR)


def test_a_ruling_keeps_the_question_without_personal_data(engine: Engine) -> None:
    words = "may Jane Placeholder, 07700 900123, report a theft for her neighbour"
    ruling = made(engine, an_enquiry(engine, "x"), words, RULE)

    assert isinstance(ruling, Ruling)
    assert "may, report a theft for her neighbour" == ruling.question


@pytest.mark.parametrize(
    ("passages", "why"),
    [
        ((), phrases.NO_RULING_RESTS_ON_NOTHING),
        ((a_ruling().passage,), phrases.NO_RULING_RESTS_ON_NOTHING),
        ((replace(RULE, edition=an_edition(effective_to=date(2026, 10, 1))),), phrases.NO_RULING_OTHER_DAY),
    ],
)
def test_what_rests_on_no_rule_of_today_makes_no_ruling(
    engine: Engine, passages: tuple[Passage, ...], why: str
) -> None:
    assert why == made(engine, an_enquiry(engine, "may a neighbour report it"), "may a neighbour report it", *passages)


def test_a_follow_up_makes_a_ruling_only_when_the_office_writes_it_out(engine: Engine) -> None:
    """ "And if she is 12?" would be found by anybody's twelve-year-old."""
    enquiry = an_enquiry(engine, "and if she is 12", thread="1.1")

    assert phrases.NO_RULING_LEANS == made(engine, enquiry, " and if she is 12", RULE)
    assert isinstance(made(engine, enquiry, "may a girl of 12 report a theft", RULE), Ruling)


def test_a_question_of_its_own_makes_one_though_it_says_it(engine: Engine) -> None:
    enquiry = an_enquiry(engine, "how long have i got to record it")

    assert isinstance(made(engine, enquiry, enquiry.text, RULE), Ruling)


def test_a_leap_day_has_a_year_too() -> None:
    assert date(2029, 2, 28) == in_a_year(date(2028, 2, 29))


class Watched:
    """A watch over one store, on a Slack and a day that a test sets."""

    def __init__(self, engine: Engine, slack: SlackServer, *passages: Passage) -> None:
        self.day, self.store, self.recorded = TODAY, RulingStore(engine), []  # type: ignore[var-annotated]
        self.builds = FakeBuilds(FakeBuild(passages, FakeEmbedder()))
        client, calls = web_client(slack.bot_token, slack.environment()["SLACK_API_URL"]), Calls()
        enquiries, records = Enquiries(engine), Records(engine)
        self.watch = WatchRulings(
            client,
            calls,
            self.builds,
            self.store,
            enquiries,
            Registrars(Roles(Membership(client)), lambda *told, **more: self.recorded.append((told, more))),
            RegistrarChannel(client, calls, enquiries, records, self.store),
            Once(engine),
            lambda: self.day,
        ).watch


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        yield server


def notes(slack: SlackServer) -> list[str]:
    return [slack.visible_text(one) for one in slack.messages(slack.dm("U0REGISTRAR"))]


def test_a_ruling_is_suspended_the_day_after_its_review_date_and_its_owner_told_once(
    engine: Engine, slack: SlackServer
) -> None:
    """By two desks on the same records."""
    kept = given(engine)
    desks = [Watched(engine, slack, RULE), Watched(engine, slack, RULE)]
    for day in (date(2026, 11, 23), kept.ruling.review_on, date(2027, 11, 21), date(2027, 11, 22)):
        for desk in desks:
            desk.day = day
            desk.watch()
        assert (day > kept.ruling.review_on) == bool(notes(slack))

    (said,) = notes(slack)
    assert "The day has passed" in said
    now = RulingStore(engine).find(kept.id)
    assert now is not None
    assert ([Why.REVIEW_PASSED], True) == ([cause.why for cause in now.causes], now.told_at is not None)
    assert [("desk", "ruling_suspended")] == [told for desk in desks for told, _ in desk.recorded]


def test_a_ruling_given_on_words_that_changed_meanwhile_is_suspended_without_another_publish(
    engine: Engine, slack: SlackServer
) -> None:
    desk = Watched(engine, slack, replace(RULE, text="A crime must be recorded within 48 hours of the report."))
    desk.watch()
    given(engine)
    desk.watch()

    (said,) = notes(slack)
    assert "within 24 hours" in said
    assert "within 48 hours" in said


def test_an_owner_whom_slack_did_not_take_the_message_for_is_told_later(engine: Engine, slack: SlackServer) -> None:
    given(engine)
    desk = Watched(engine, slack)
    desk.builds.build = FakeBuild([a_passage("Something else.", ordinal=4)], FakeEmbedder())
    slack.script("chat.postMessage", SlackError("not_authed"))
    desk.watch()
    assert [] == notes(slack)
    desk.watch()

    (said,) = notes(slack)
    assert "no longer held" in said
