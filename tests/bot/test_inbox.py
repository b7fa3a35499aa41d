"""The inbox, on SQLite and, where a server is given, on PostgreSQL: once only, leased, resumed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, inspect

from bot.asked import Asked, Owed, Place, State
from bot.inbox import LEASE, Inbox
from bot.records import Records
from bot.store import open_store
from bot.tables import answers, metadata, questions
from knowledge.errors import StoreUnavailable
from tests.builders import a_passage, an_answer

POSTGRES = "DESK_TEST_POSTGRES"


class Clock:
    """A time that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    if request.param == "postgresql":
        url = os.environ.get(POSTGRES, "")
        if not url:
            pytest.skip(f"{POSTGRES} names no PostgreSQL server to test on")
    opened = open_store(url)
    with opened.begin() as connection:
        for table in (answers, questions):
            connection.execute(delete(table))
    yield opened
    opened.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def process(engine: Engine, clock: Clock) -> Callable[..., Inbox]:
    """An inbox as the process of that name has it."""
    return lambda name, dead=(): Inbox(engine, name, is_dead=lambda owner: owner in dead, now=clock)


def asked(event: str = "Ev1", **over: object) -> Asked:
    values: dict[str, object] = {
        "event_id": event,
        "place": Place.MENTION,
        "team": "T1",
        "channel": "C1",
        "asker": "U1",
        "text": "do i crime it",
        "ts": f"{event}.1",
        "thread": "1.1",
    }
    return Asked(**{**values, **over})  # type: ignore[arg-type]


def record(inbox: Inbox, question: Asked) -> Owed:
    owed = inbox.record(question)
    assert owed is not None
    return owed


def test_the_same_event_is_recorded_once(process: Callable[..., Inbox]) -> None:
    one, two = process("one"), process("two")

    assert one.record(asked()) is not None
    assert one.record(asked()) is None
    assert two.record(asked()) is None


def test_one_post_heard_as_two_events_is_recorded_once(process: Callable[..., Inbox]) -> None:
    """app_mention and message have different event ids and the same team, channel and ts."""
    inbox = process("one")

    assert inbox.record(asked("Ev1", ts="5.5")) is not None
    assert inbox.record(asked("Ev2", ts="5.5")) is None
    assert inbox.record(asked("Ev3", ts="5.5", channel="C2")) is not None


def test_commands_have_no_ts_and_do_not_shut_each_other_out(process: Callable[..., Inbox]) -> None:
    inbox = process("one")

    assert inbox.record(asked("command:1", ts=None)) is not None
    assert inbox.record(asked("command:2", ts=None)) is not None


def test_twenty_at_once_are_one(process: Callable[..., Inbox]) -> None:
    """From two processes' worth of threads."""
    inboxes = [process("one"), process("two")]
    barrier = threading.Barrier(20)

    def deliver(number: int) -> bool:
        barrier.wait()
        return inboxes[number % 2].record(asked()) is not None

    with ThreadPoolExecutor(20) as pool:
        assert 1 == sum(pool.map(deliver, range(20)))


def test_a_leased_question_is_not_claimed_by_another_process(process: Callable[..., Inbox], clock: Clock) -> None:
    one, two = process("one"), process("two")
    owed = record(one, asked())

    assert [] == two.claim(10)
    clock.now += LEASE - 1
    one.renew({owed.id})
    clock.now += LEASE - 1
    assert [] == two.claim(10)
    clock.now += 2
    assert [owed.id] == [one.id for one in two.claim(10)]


def test_a_dead_process_is_not_waited_for(process: Callable[..., Inbox]) -> None:
    owed = record(process("one"), asked())

    assert [owed.id] == [found.id for found in process("two", dead=("one",)).claim(10)]


def test_a_process_that_lost_its_lease_can_do_nothing_more(process: Callable[..., Inbox], clock: Clock) -> None:
    """It slept, another took the question: it must not post."""
    one, two = process("one"), process("two")
    owed = record(one, asked())
    clock.now += LEASE + 1
    two.claim(10)

    assert not one.begin(owed.id)
    assert not one.placed(owed.id, "9.9")
    assert not one.finish(owed.id, "answered")
    assert two.begin(owed.id)


def test_two_processes_claiming_at_once_share_without_overlap(engine: Engine, clock: Clock) -> None:
    first = Inbox(engine, "dead", now=clock)
    ids = {record(first, asked(f"Ev{n}")).id for n in range(40)}
    clock.now += LEASE + 1
    inboxes = [Inbox(engine, f"p{n}", now=clock) for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        claimed = list(pool.map(lambda inbox: [owed.id for owed in inbox.claim(40)], inboxes))

    assert sorted(ids) == sorted(one for some in claimed for one in some)


def test_what_is_claimed_says_how_far_it_had_come(process: Callable[..., Inbox], clock: Clock) -> None:
    one = process("one")
    owed = record(one, asked(removed=("name",), response_url="https://hooks.slack.com/x"))
    one.begin(owed.id)
    one.placed(owed.id, "7.7")
    one.release()
    (found,) = process("two").claim(10)

    assert (State.PLACEHOLDER, "7.7", owed.asked, 2) == (found.state, found.reply_ts, found.asked, found.attempts)


def test_a_finished_question_is_owed_no_more_and_forgets_its_response_url(
    process: Callable[..., Inbox], engine: Engine
) -> None:
    inbox = process("one")
    owed = record(inbox, asked(response_url="https://hooks.slack.com/x"))
    inbox.finish(owed.id, "answered")

    assert 0 == inbox.owed()
    assert [] == process("two").claim(10)
    with engine.begin() as connection:
        assert connection.execute(questions.select()).one().response_url is None


def test_a_question_put_off_is_claimed_by_anybody_later(process: Callable[..., Inbox], clock: Clock) -> None:
    one, two = process("one"), process("two")
    owed = record(one, asked())
    one.put_off(owed.id, 60)

    assert [] == two.claim(10)
    clock.now += 61
    assert [owed.id] == [found.id for found in two.claim(10)]


def test_the_asker_is_told_of_removed_data_once(process: Callable[..., Inbox]) -> None:
    inbox = process("one")
    owed = record(inbox, asked())

    assert [True, False] == [inbox.tell_of_removal(owed.id) for _ in range(2)]


def test_only_the_askers_own_words_of_the_last_day_in_the_thread_are_context(
    process: Callable[..., Inbox], clock: Clock
) -> None:
    inbox = process("one")
    record(inbox, asked("Ev0", text="too long ago"))
    clock.now += 100_000
    record(inbox, asked("Ev1", text="first"))
    record(inbox, asked("Ev2", text="somebody else's", asker="U2"))
    record(inbox, asked("Ev3", text="another thread", thread="2.2"))
    clock.now += 1
    now = record(inbox, asked("Ev4", text="and then"))

    assert ["first"] == inbox.earlier(now, within=86_400)
    assert inbox.has_asked_in("T1", "C1", "1.1", "U1", within=86_400)
    assert not inbox.has_asked_in("T1", "C1", "1.1", "U3", within=86_400)


def test_an_answer_is_kept_with_its_passages_as_they_read(engine: Engine, process: Callable[..., Inbox]) -> None:
    owed = record(process("one"), asked())
    passage = a_passage("As it reads today.", ordinal=7)
    records = Records(engine)
    records.keep(owed.id, an_answer(a_passage(ordinal=1), passage))
    records.keep(owed.id, an_answer(a_passage(ordinal=1), passage))
    kept = records.citation(owed.id, 2)

    assert kept is not None
    assert ("As it reads today.", passage.digest, 2) == (kept.passage.text, kept.passage.digest, kept.of)
    assert records.citation(owed.id, 3) is None
    assert records.citation("nobody", 1) is None


def test_the_migrations_make_the_tables_the_code_expects(engine: Engine) -> None:
    found = inspect(engine)
    for table in metadata.sorted_tables:
        expected = {(column.name, column.nullable) for column in table.columns}
        assert expected == {(column["name"], column["nullable"]) for column in found.get_columns(table.name)}
        assert {i.name for i in table.indexes} <= {index["name"] for index in found.get_indexes(table.name)}
    assert ["team", "channel", "ts"] in [u["column_names"] for u in found.get_unique_constraints("questions")]


def test_two_processes_may_start_at_once_on_a_new_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    with ThreadPoolExecutor(4) as pool:
        for opened in pool.map(lambda _: open_store(url), range(4)):
            opened.dispose()


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite3"
    path.write_bytes(b"not a database, and long enough to be looked at " * 100)

    with pytest.raises(StoreUnavailable, match="inbox cannot be opened"):
        open_store(f"sqlite:///{path}")


def test_a_fault_of_the_database_does_not_say_what_was_written(engine: Engine) -> None:
    engine.dispose()
    with engine.begin() as connection:
        metadata.drop_all(connection)
    with pytest.raises(StoreUnavailable) as fault:
        Inbox(engine, "one").record(asked(text="canary words"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")

    assert "canary" not in str(fault.value)
    assert fault.value.__cause__ is None
