"""The weekly report in the registrar's channel: over a real socket, bots as processes, once whatever is restarted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.once import Once
from bot.settings import Settings, load_settings
from bot.slack_calls import Calls, web_client
from bot.store import open_store
from bot.weekly import Weekly, read_weekly
from bot.weekly_report import ABANDONED, ATTEMPTS, WeeklyReport
from knowledge.errors import SettingsInvalid
from knowledge.model import Status
from tests.bot.report.some_records import ask, ask_all
from tests.bot.running_bot import RunningBot
from tests.bot.test_slack_registrar import OFFICE, furnish, started
from tests.slack_server import Message, ServerError, SlackError, SlackServer

MONDAY = datetime(2026, 11, 23, 8, 0)
TUESDAY_BEFORE = datetime(2026, 11, 17, 12, 0)


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        furnish(server)
        yield server


def posts(slack: SlackServer) -> list[Message]:
    return [one for one in slack.messages(OFFICE) if one.thread_ts is None]


def poster(slack: SlackServer, home: Path, now: datetime) -> WeeklyReport:
    environ = slack.environment()
    client = web_client(environ["SLACK_BOT_TOKEN"], environ["SLACK_API_URL"])
    engine = open_store(Settings(home=home).database)
    calls = Calls(sleep=lambda seconds: None)
    return WeeklyReport(
        engine, client, calls, Once(engine, now=now.timestamp), OFFICE, Weekly(0, time(8)), now.timestamp
    )


def some_questions(home: Path) -> None:
    engine = open_store(Settings(home=home).database)
    ask_all(engine, TUESDAY_BEFORE, ["noise complaint", "noise complaint again"], status=Status.NOT_COVERED, where="")
    ask(engine, TUESDAY_BEFORE)
    engine.dispose()


@pytest.mark.faults
def test_two_bots_and_a_restart_post_it_once(slack: SlackServer, tmp_path: Path) -> None:
    now = datetime.now()
    engine = open_store(Settings(home=tmp_path).database)
    ask(engine, now - timedelta(days=3), "noise complaint", status=Status.NOT_COVERED, where="")
    engine.dispose()
    due = f"{now:%A} 00:00".lower()

    bots = [started(slack, tmp_path, DESK_WEEKLY_REPORT=due) for _ in range(2)]
    try:
        slack.wait_for(lambda: any("report_posted" in bot.log for bot in bots), 60, "the report")
        slack.wait_for(lambda: all(_is_up(bot) for bot in bots), 60, "both bots")
        (poster,) = [bot for bot in bots if "report_posted" in bot.log]
        poster.process.kill()
        bots.append(started(slack, tmp_path, DESK_WEEKLY_REPORT=due))
        slack.wait_for(lambda: _is_up(bots[-1]), 60, "the bot to be there again")
        for bot in bots:
            assert bot is poster or bot.terminate() == 0
            assert "chore_failed" not in bot.log
    finally:
        for bot in bots:
            bot.stop()

    (post,) = posts(slack)
    said = slack.visible_text(post)
    assert "1 question from" in said
    assert "noise complaint" in said
    assert "U0OFFICER" not in said
    assert [f"weekly_report:{now.date()}:0", f"weekly_report:{now.date()}:done"] == claims(tmp_path)


def _is_up(bot: RunningBot) -> bool:
    return '"event": "connected"' in bot.log


def claims(home: Path) -> list[str]:
    with sqlite3.connect(home / "desk.sqlite3") as connection:
        return [key for (key,) in connection.execute("SELECT key FROM once ORDER BY key")]


def test_the_post_is_short_with_a_chart_and_the_page_in_its_thread(slack: SlackServer, tmp_path: Path) -> None:
    some_questions(tmp_path)
    poster(slack, tmp_path, MONDAY).post()

    (post,) = posts(slack)
    said = slack.visible_text(post)
    assert "3 questions from 16 November 2026 to 22 November 2026" in said
    assert "noise complaint (2 times)" in said
    (image,) = [block for block in post.blocks if block["type"] == "image"]
    assert "week of 2026-11-16 3, 2 of them not covered" in image["alt_text"]
    (page,) = [one for one in slack.messages(OFFICE, thread_ts=post.ts) if one.ts != post.ts]
    assert "recording-desk-week-before-2026-11-23.html" == page.files[0]["name"]


@pytest.mark.parametrize(
    ("now", "times"),
    [
        (MONDAY - timedelta(minutes=1), 0),
        (MONDAY, 1),
        (MONDAY + timedelta(days=6), 1),
    ],
)
def test_it_is_posted_from_monday_at_eight_and_as_late_as_sunday(
    slack: SlackServer, tmp_path: Path, now: datetime, times: int
) -> None:
    """Before that the report of the week before would be due, in which nobody had asked anything yet."""
    some_questions(tmp_path)
    for _ in range(2):
        poster(slack, tmp_path, now).post()

    assert times == len(posts(slack))


def test_each_week_has_its_own_and_a_week_without_questions_says_so(slack: SlackServer, tmp_path: Path) -> None:
    some_questions(tmp_path)
    for week in range(2):
        poster(slack, tmp_path, MONDAY + timedelta(weeks=week)).post()

    _, second = posts(slack)
    assert "No question was put to the desk from 23 November 2026 to 29 November 2026" in slack.visible_text(second)


def test_a_desk_that_nobody_has_asked_anything_yet_posts_nothing(slack: SlackServer, tmp_path: Path) -> None:
    poster(slack, tmp_path, MONDAY).post()

    assert [] == posts(slack)


def test_without_uploads_the_post_says_what_matters(slack: SlackServer, tmp_path: Path) -> None:
    some_questions(tmp_path)
    slack.always("files.getUploadURLExternal", SlackError("missing_scope"))
    poster(slack, tmp_path, MONDAY).post()

    (post,) = posts(slack)
    assert [] == [block for block in post.blocks if block["type"] == "image"]
    assert "3 questions from" in slack.visible_text(post)


def test_a_post_that_slack_took_without_saying_so_is_found_and_not_repeated(slack: SlackServer, tmp_path: Path) -> None:
    some_questions(tmp_path)
    slack.script("chat.postMessage", ServerError(after_accepting=True))
    poster(slack, tmp_path, MONDAY).post()
    poster(slack, tmp_path, MONDAY + timedelta(seconds=ABANDONED / 2)).post()
    poster(slack, tmp_path, MONDAY + timedelta(seconds=ABANDONED)).post()

    assert 1 == len(posts(slack))


def test_a_post_that_slack_refused_is_tried_again_later_and_not_for_ever(slack: SlackServer, tmp_path: Path) -> None:
    some_questions(tmp_path)
    slack.script("chat.postMessage", *[SlackError("not_in_channel")] * (ATTEMPTS - 1))
    for attempt in range(ATTEMPTS + 3):
        poster(slack, tmp_path, MONDAY + timedelta(seconds=ABANDONED * attempt)).post()

    assert (ATTEMPTS, 1) == (len(slack.calls_to("chat.postMessage")), len(posts(slack)))


@pytest.mark.parametrize(
    ("text", "weekly"),
    [("monday 08:00", Weekly(0, time(8))), ("Friday 17:30", Weekly(4, time(17, 30))), ("off", None)],
)
def test_the_day_and_the_time_can_be_set(text: str, weekly: Weekly | None) -> None:
    assert weekly == read_weekly(text) == load_settings({"DESK_WEEKLY_REPORT": text}, None).weekly_report
    assert Weekly(0, time(8)) == load_settings({}, None).weekly_report


@pytest.mark.parametrize("text", ["mon 8", "monday", "monday 24:00", "08:00", "never"])
def test_what_is_no_day_and_time_is_named(text: str) -> None:
    with pytest.raises(SettingsInvalid, match="like monday 08:00, or off"):
        load_settings({"DESK_WEEKLY_REPORT": text}, None)
