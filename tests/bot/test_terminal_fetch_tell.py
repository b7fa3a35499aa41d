"""`desk fetch --check --tell`: the registrar's channel hears what is new, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.fetch_report import tell_fetch_report
from bot.settings import Settings
from ingest.fetch.report import FetchReport, Finding, Outcome
from knowledge.errors import DeskError
from tests.bot.a_session import a_session, desk_command
from tests.bot.slack_fixtures import granted
from tests.slack_server import ServerError, SlackError, SlackServer

OFFICE = "C0REGISTRAR"
NEW = FetchReport((Finding("rules", "Invented <Rules>", Outcome.CHANGED),), (), check=True)
FAILED = FetchReport((Finding("rules", "Invented <Rules>", Outcome.FAILED, "its page is not there (404)"),), (), True)
SAME = FetchReport((Finding("rules", "Invented <Rules>", Outcome.UNCHANGED),), (), check=True)


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        server.grant_only(*granted())
        server.add_channel(OFFICE, "crime-registrar", kind="private", members=("U0BOT",))
        yield server


@pytest.fixture
def settings(slack: SlackServer, tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path, registrar_channel=OFFICE, slack_bot_token=slack.bot_token, slack_api_url=slack.api_url
    )


def test_what_is_new_is_told_once(slack: SlackServer, settings: Settings) -> None:
    told = [tell_fetch_report(settings, report) for report in (SAME, NEW, NEW, SAME, NEW)]

    assert [False, True, False, False, False] == told
    (message,) = slack.messages(OFFICE)
    assert "Changed: Invented &lt;Rules&gt;" in message.text


def test_another_report_is_told_too(slack: SlackServer, settings: Settings) -> None:
    assert tell_fetch_report(settings, NEW)
    assert tell_fetch_report(settings, FAILED)
    assert 2 == len(slack.messages(OFFICE))


def test_what_slack_refused_is_told_the_next_time(slack: SlackServer, settings: Settings) -> None:
    slack.script("chat.postMessage", SlackError("not_in_channel"))
    with pytest.raises(DeskError, match="not_in_channel"):
        tell_fetch_report(settings, NEW)

    assert tell_fetch_report(settings, NEW)


def test_what_may_have_been_posted_is_not_posted_twice(slack: SlackServer, settings: Settings) -> None:
    slack.script("chat.postMessage", ServerError(after_accepting=True))
    with pytest.raises(DeskError, match="look at the channel"):
        tell_fetch_report(settings, NEW)

    assert not tell_fetch_report(settings, NEW)
    assert 1 == len(slack.messages(OFFICE))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--tell",), "with --check"), (("--check", "--tell"), "SLACK_BOT_TOKEN and DESK_REGISTRAR")],
)
def test_without_a_check_or_a_channel_it_is_wrong_use(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    result = desk_command("fetch", *arguments, session=a_session(home=tmp_path))

    assert 2 == result.exit_code
    assert says in result.stderr
