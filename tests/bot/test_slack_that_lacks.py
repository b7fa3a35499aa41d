"""A Slack that lacks what is newer than posting and updating, and a desk with nothing set but tokens and address."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.pictures import Pictures
from bot.records import Kept
from bot.slack_calls import Calls, Refused, web_client
from bot.store import open_store
from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, ROOM, answered, settled
from tests.builders import a_passage, an_edition
from tests.slack_server import SlackServer

QUESTION = "how long have i got to record it"
NEWER = (
    "chat.startStream",
    "chat.appendStream",
    "chat.stopStream",
    "assistant.threads.setStatus",
    "assistant.threads.setSuggestedPrompts",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
    "users.info",
    "usergroups.users.list",
    "views.publish",
)


def test_the_desk_does_without_what_slack_lacks_and_asks_for_it_no_more(tmp_path: Path) -> None:
    """By direct message, mention and command; the passage opens; what is unknown is found out once."""
    with SlackServer(echo=True) as slack:
        slack.subscriptions = SUBSCRIPTIONS
        slack.lacks(*NEWER)
        bot = RunningBot(slack, tmp_path / "desk").connected()
        try:
            for _ in range(3):
                answered(slack, DM, slack.say(OFFICER, DM, QUESTION).wait_acked().ts)
            reply = answered(slack, ROOM, slack.mention(OFFICER, ROOM, QUESTION).wait_acked().ts)
            slack.slash("/recording", QUESTION, OFFICER, ROOM).wait_acked()
            settled(slack, bot)
            slack.open_home(OFFICER).wait_acked()
            slack.open_home(OFFICER, tab="messages").wait_acked()
            slack.press(OFFICER, reply, "show_passage:1").wait_acked()

            assert "A crime must be recorded" in slack.visible_text(slack.wait_for_modal(OFFICER))
            assert "within 24 hours" in slack.visible_text(slack.ephemerals(OFFICER)[-1])
            for method in ("chat.startStream", "assistant.threads.setStatus", "users.info"):
                assert 1 == len(slack.calls_to(method)), method
            assert [] == slack.problems
            assert "Traceback" not in bot.log
        finally:
            bot.stop()


def test_a_page_that_cannot_be_uploaded_is_a_refusal_the_modal_can_word(tmp_path: Path, one_page: Path) -> None:
    """The words of the passage are shown in its place: see bot.page."""
    with SlackServer() as slack:
        slack.lacks("files.getUploadURLExternal")
        client = web_client(slack.bot_token, slack.environment()["SLACK_API_URL"])
        pictures = Pictures(open_store(f"sqlite:///{tmp_path / 'desk.sqlite3'}"), client, one_page)
        edition = an_edition(digest=(one_page / "digest").read_text(), file="rules.pdf")
        kept = Kept("build", 1, 1, "Record it.", a_passage("Record it.", edition=edition, pages=(1,)))

        assert pictures.can_draw(edition)
        with pytest.raises(Refused, match="unknown_method"):
            pictures.of(kept)


@pytest.fixture
def one_page(tmp_path: Path) -> Path:
    """A data directory that keeps the file of one document, of one page."""
    import hashlib

    from fpdf import FPDF

    from knowledge.adapters.documents import document_name

    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.cell(text="Record it.")
    content = bytes(pdf.output())
    digest = hashlib.sha256(content).hexdigest()
    name = document_name(digest, ".pdf")
    assert name is not None
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / name).write_bytes(content)
    (tmp_path / "digest").write_text(digest)
    return tmp_path


def test_calls_that_are_lacking_are_told_from_calls_that_failed() -> None:
    assert Refused("unknown_method").is_lacking
    assert Refused("missing_scope").is_lacking
    assert not Refused("channel_not_found").is_lacking


def test_a_server_that_answers_404_in_place_of_unknown_method_lacks_it_too() -> None:
    """Nothing was carried out, so nothing is looked for or tried again."""

    class Nowhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(404)
            self.end_headers()
            self.wfile.write(b"Not found")

        def log_message(self, *said: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Nowhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        client = web_client("xoxb-1", f"http://127.0.0.1:{server.server_port}/api/")
        with pytest.raises(Refused, match="unknown_method"):
            Calls().once(lambda: client.chat_startStream(channel="D1", thread_ts="1.1"), uncertain=True)
    finally:
        server.shutdown()
        server.server_close()
