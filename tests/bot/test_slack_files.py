"""Files uploaded in Slack: taken from Slack's file host alone, and the token goes nowhere else (fault row 19)."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import SecretStr

from bot.slack_files import FileRefused, SlackFiles
from tests.slack_server import EndlessBody, HtmlBody, Redirect, ServerError, SlackServer

PDF = b"%PDF-1.7\ninvented\n%%EOF"
TOKEN = SecretStr("xoxb-canary-token")


@pytest.fixture(scope="module")
def evil() -> Iterator[ThreadingHTTPServer]:
    """A server that is not Slack's, and remembers what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.heard.append(dict(self.headers))  # type: ignore[attr-defined]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(PDF)

        def log_message(self, *said: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.heard = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        yield server


def files(slack: SlackServer, **limits: Any) -> SlackFiles:
    return SlackFiles(SecretStr(slack.bot_token), slack.environment()["SLACK_API_URL"], **limits)


def described(slack: SlackServer, content: bytes = PDF, **overrides: Any) -> dict[str, Any]:
    return slack.add_file("rules.pdf", content, mimetype="application/pdf", **overrides).json(slack.workspace.base_url)


def test_an_uploaded_file_arrives_whole(slack: SlackServer) -> None:
    assert files(slack).download(described(slack)) == PDF


ADDRESSES = (
    "http://files.slack.com/a.pdf",
    "https://files.slack.com.evil.example/a.pdf",
    "https://files.slack.com@evil.example/a.pdf",
    "https://user:secret@files.slack.com/a.pdf",
    "https://files.slack.com:8443/a.pdf",
    "https://2130706433/a.pdf",
    "https://[::1]/a.pdf",
    "https://127.0.0.1/a.pdf",
    "https://slack.com/a.pdf",
    "ftp://files.slack.com/a.pdf",
    "file:///etc/passwd",
    "https://[broken/a.pdf",
    "//files.slack.com/a.pdf",
    "",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_other_address_is_asked_for_a_file(address: str) -> None:
    with pytest.raises(FileRefused, match="not kept by Slack itself"):
        SlackFiles(TOKEN, "https://slack.com/api/").download({"name": "a.pdf", "url_private_download": address})


def test_the_token_is_never_sent_to_another_server(slack: SlackServer, evil: ThreadingHTTPServer) -> None:
    """Named outright, or by a redirect of Slack's own file host."""
    elsewhere = f"http://127.0.0.1:{evil.server_port}/a.pdf"
    with pytest.raises(FileRefused):
        files(slack).download(described(slack, url_private=elsewhere, url_private_download=elsewhere))
    slack.script("files.download", Redirect(elsewhere))
    with pytest.raises(FileRefused, match="answered 302"):
        files(slack).download(described(slack))

    assert evil.heard == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("fields", [{"mode": "external"}, {"mode": "tombstone"}, {"is_external": True}])
def test_a_file_that_slack_does_not_keep_is_refused(slack: SlackServer, fields: dict[str, Any]) -> None:
    with pytest.raises(FileRefused, match="only linked to"):
        files(slack).download(described(slack, **fields))


def test_a_sign_in_page_is_no_document(slack: SlackServer) -> None:
    slack.script("files.download", HtmlBody())
    with pytest.raises(FileRefused, match="a page in place of"):
        files(slack).download(described(slack))


@pytest.mark.parametrize("size", [5, 5_000])
def test_a_file_that_is_not_as_long_as_slack_says_is_refused(slack: SlackServer, size: int) -> None:
    with pytest.raises(FileRefused, match="did not arrive whole"):
        files(slack).download(described(slack, size=size))


def test_a_file_that_says_it_is_too_large_is_not_asked_for(slack: SlackServer) -> None:
    with pytest.raises(FileRefused, match="larger than"):
        files(slack).download(described(slack, size=10**12))

    assert [] == slack.calls_to("files.download")


def test_a_body_without_end_is_cut_off(slack: SlackServer) -> None:
    described_file = described(slack)
    described_file.pop("size")
    slack.script("files.download", EndlessBody())
    with pytest.raises(FileRefused, match="larger than"):
        files(slack, most=2 * 1024**2).download(described_file)


def test_a_body_that_takes_too_long_is_cut_off(slack: SlackServer) -> None:
    ticks = itertools.count(step=100)
    with pytest.raises(FileRefused, match="longer than"):
        files(slack, now=lambda: float(next(ticks))).download(described(slack))


def test_a_fault_of_slack_is_one_sentence_without_the_token(slack: SlackServer) -> None:
    slack.script("files.download", ServerError())
    with pytest.raises(FileRefused) as refused:
        files(slack).download(described(slack))

    assert slack.bot_token not in str(refused.value)
