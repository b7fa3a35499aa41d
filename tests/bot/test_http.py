"""Slack over HTTP: signed requests are answered, everything else is refused with 4xx and logged without its words."""

from __future__ import annotations

import http.client
import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, ROOM, answered, granted, settled
from tests.slack_server import SlackServer, sign, signed_request

QUESTION = "how long have i got to record it"


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        server.subscriptions = SUBSCRIPTIONS
        server.grant_only(*granted())
        yield server


@pytest.fixture(scope="module")
def bot(slack: SlackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = RunningBot(
        slack,
        tmp_path_factory.mktemp("desk"),
        SLACK_APP_TOKEN="",
        SLACK_SIGNING_SECRET=slack.signing_secret,
        DESK_HTTP_PORT=str(port),
        DESK_LOG_LEVEL="DEBUG",
    )
    slack.wait_for(lambda: "listening" in running.log, 20, "the bot to listen")
    running.url = f"http://127.0.0.1:{port}/slack/events"  # type: ignore[attr-defined]
    slack.deliver_over_http(running.url)  # type: ignore[attr-defined]
    yield running
    running.stop()


def url(bot: RunningBot) -> str:
    return bot.url  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("times", [1, 3])
def test_each_surface_is_answered_once(slack: SlackServer, bot: RunningBot, times: int) -> None:
    direct = slack.say(OFFICER, DM, QUESTION, times=times).wait_acked()
    mention = slack.mention(OFFICER, ROOM, QUESTION, times=times).wait_acked()
    before = len(slack.ephemerals(OFFICER))
    slack.slash("/recording", QUESTION, OFFICER, ROOM, times=times).wait_acked()
    answered(slack, DM, direct.ts)
    answered(slack, ROOM, mention.ts)
    settled(slack, bot)

    assert 1 == len(slack.messages(DM, thread_ts=direct.ts))
    assert 1 == len(slack.messages(ROOM, thread_ts=mention.ts))
    assert 1 == len(slack.ephemerals(OFFICER)) - before


def test_a_replay_within_the_window_is_acknowledged_and_not_answered_again(slack: SlackServer, bot: RunningBot) -> None:
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked()
    answered(slack, DM, asked.ts)
    replay = signed_request(url(bot), asked.envelopes[0].payload, slack.signing_secret)
    settled(slack, bot)

    assert 200 == replay.status
    assert 1 == len(slack.messages(DM, thread_ts=asked.ts))


def test_slacks_check_of_the_address_is_answered(slack: SlackServer, bot: RunningBot) -> None:
    said = signed_request(
        url(bot), {"type": "url_verification", "challenge": "abc", "token": "t"}, slack.signing_secret
    )

    assert (200, True) == (said.status, "abc" in said.body)


CANARY = b'{"event": {"type": "message", "text": "canaryhttp"}, "type": "event_callback"}'


@pytest.mark.parametrize(
    ("over", "status"),
    [
        ({"timestamp": -360.0}, 401),
        ({"timestamp": 360.0}, 401),
        ({"timestamp": "not a number"}, 401),
        ({"timestamp": ""}, 401),
        ({"timestamp": "1" * 40}, 401),
        ({"timestamp": "\u0661\u0662\u0663".encode().decode("latin-1")}, 401),
        ({"signature": "v0=0000"}, 401),
        ({"signature": ""}, 401),
        ({"signature": "v0=\u00e9\u00e9"}, 401),
        ({"payload": b"\xff\xfe not utf-8 canaryhttp"}, 400),
        ({"payload": b'["canaryhttp"]'}, 400),
        ({"payload": b'{"event": ["canaryhttp"]}'}, 400),
        ({"payload": b"{canaryhttp"}, 400),
        ({"payload": b"[" * 200_000}, 400),
        ({"payload": b"null"}, 400),
    ],
)
def test_what_slack_would_not_send_is_refused(
    slack: SlackServer, bot: RunningBot, over: dict[str, Any], status: int
) -> None:
    """Fault row 14: never 500, nothing answered, nothing of it in the log."""
    stamp = over.get("timestamp")
    if isinstance(stamp, float):
        stamp = str(int(time.time() + stamp))
    payload = over.get("payload", CANARY)
    secret = slack.signing_secret
    signature = over.get("signature")
    if isinstance(stamp, str) and not stamp.isascii():
        signature = "v0=" + "0" * 64
    said = signed_request(url(bot), payload, secret, timestamp=stamp, signature=signature)

    assert status == said.status
    assert "canaryhttp" not in bot.log + said.body


def test_ten_megabytes_are_refused_before_they_are_read(slack: SlackServer, bot: RunningBot) -> None:
    address = urlsplit(url(bot))
    stamp = str(int(time.time()))
    caller = http.client.HTTPConnection(str(address.hostname), address.port, timeout=5)
    caller.putrequest("POST", address.path)
    for name, value in {
        "Content-Type": "application/json",
        "Content-Length": "10000000",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": sign(b"", slack.signing_secret, stamp),
    }.items():
        caller.putheader(name, value)
    caller.endheaders()

    assert 413 == caller.getresponse().status
    caller.close()


def test_other_methods_addresses_and_kinds_of_body_are_refused(slack: SlackServer, bot: RunningBot) -> None:
    stamp = str(int(time.time()))
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": sign(b"x", slack.signing_secret, stamp)}

    assert 405 == status_of(urllib.request.Request(url(bot)))
    assert 404 == status_of(urllib.request.Request(url(bot) + "/more", data=b"x", headers=headers))
    assert 415 == status_of(
        urllib.request.Request(url(bot), data=b"x", headers={**headers, "Content-Type": "text/plain"})
    )
    assert 200 == status_of(urllib.request.Request(url(bot).replace("/slack/events", "/healthz")))


def test_it_stops_when_told_to(slack: SlackServer, bot: RunningBot) -> None:
    """Run last."""
    assert 0 == bot.terminate()
    assert "Traceback" not in bot.log
    assert json.loads((Path(bot.home) / "health.json").read_text())["owed"] == 0


def status_of(request: urllib.request.Request) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code
