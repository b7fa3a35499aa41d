"""`desk run` as it is, on the real guidance, through the loopback Slack: the four questions of the main job.

DESK_TEST_GUIDANCE names the folder with the official documents and their sources.toml. DESK_TEST_HOME may name a data
directory in which they are published already; indexing them anew takes minutes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.running_bot import ROOT, SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, ROOM, answered, granted, settled
from tests.slack_server import Message, SlackServer, View

GUIDANCE, HOME = os.environ.get("DESK_TEST_GUIDANCE", ""), os.environ.get("DESK_TEST_HOME", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not GUIDANCE, reason="DESK_TEST_GUIDANCE names no folder with the official documents"),
]
# The question, and the page of the rules that answers it.
QUESTIONS = {
    "can the OIC cancel his own crime?": 25,
    "vic wont support pros, do i still crime it": 7,
    "how long have i got to record it": 10,
    "rape reported by vics mate, vic not spoken to yet": 63,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("desk")
    if HOME:
        shutil.copytree(HOME, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("desk.sqlite3*", "processes"))
        return place
    ingest = [sys.executable, "-m", "bot.terminal", "ingest", "--sources", str(Path(GUIDANCE) / "sources.toml")]
    subprocess.run(ingest, cwd=ROOT, env={**os.environ, "DESK_HOME": str(place)}, check=True)
    return place


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """A Slack to each test: what one test's kill left refused there is no other test's finding."""
    with SlackServer(echo=True) as server:
        server.subscriptions = SUBSCRIPTIONS
        server.grant_only(*granted())
        yield server


def start(slack: SlackServer, home: Path, **environ: str) -> RunningBot:
    return RunningBot(
        slack, home, module="bot.terminal run", HF_HUB_OFFLINE="1", DESK_QUESTIONS_AN_HOUR="500", **environ
    ).connected(120)


@pytest.fixture(scope="module")
def pages() -> dict[int, str]:
    """The text of each page of the rules, folded."""
    import pypdfium2

    document = pypdfium2.PdfDocument(next(Path(GUIDANCE).glob("crime-recording-rules*.pdf")))
    return {n: folded(page.get_textpage().get_text_bounded()) for n, page in enumerate(document, start=1)}


def folded(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe-]", "", text)


def check(slack: SlackServer, reply: Message, page: int, pages: dict[int, str]) -> None:
    """A citation of that page is shown, and a quotation in the answer stands on it, verbatim."""
    said = slack.visible_text(reply)
    assert re.search(rf"\[\d\] [^\n]*\bpp?\. (?:{page}\b|\d+\u2013{page}\b)", said), said
    quoted = [
        "".join(part["text"] for part in paragraph["elements"][:-1])
        for block in reply.blocks
        if block["type"] == "rich_text"
        for paragraph in block["elements"]
        if paragraph["type"] == "rich_text_quote"
    ]
    assert any(folded(quote) in pages[page] + pages.get(page + 1, "") for quote in quoted), quoted


def test_the_four_questions_everywhere_three_times_over_and_across_a_kill(
    slack: SlackServer, home: Path, pages: dict[int, str]
) -> None:
    """By mention, direct message and command: one answer each, however often Slack delivers them."""
    bot = start(slack, home)
    try:
        for question, page in QUESTIONS.items():
            direct = slack.say(OFFICER, DM, question, times=3).wait_acked()
            mention = slack.mention(OFFICER, ROOM, question, times=3).wait_acked()
            shown = len(slack.ephemerals(OFFICER))
            slack.slash("/recording", question, OFFICER, ROOM, times=3).wait_acked()
            check(slack, answered(slack, DM, direct.ts, 30, "Sources"), page, pages)
            check(slack, answered(slack, ROOM, mention.ts, 30, "Sources"), page, pages)
            settled(slack, bot, 30)
            assert 1 == len(slack.messages(DM, thread_ts=direct.ts))
            assert 1 == len(slack.messages(ROOM, thread_ts=mention.ts))
            assert 1 == len(slack.ephemerals(OFFICER)) - shown
            check(slack, slack.ephemerals(OFFICER)[-1], page, pages)
        cut_short = [slack.say(OFFICER, DM, question) for question in QUESTIONS]
        for delivery in cut_short:
            delivery.wait_acked()
        bot.kill()
        bot.stop()
        bot = start(slack, home)
        for delivery, page in zip(cut_short, QUESTIONS.values(), strict=True):
            check(slack, answered(slack, DM, delivery.ts, 30, "Sources"), page, pages)
        settled(slack, bot, 30)
        assert [1] * 4 == [len(slack.messages(DM, thread_ts=delivery.ts)) for delivery in cut_short]
        slack.press(OFFICER, slack.messages(DM)[-1], "show_passage:1").wait_acked()
        assert "Before this" in slack.visible_text(slack.wait_for_modal(OFFICER))
        assert resident_megabytes(bot.process.pid) < 1200
        assert [] == slack.problems
        assert 0 == bot.terminate()
    finally:
        bot.stop()


def test_each_button_and_view_on_the_real_rules(slack: SlackServer, home: Path, pages: dict[int, str]) -> None:
    """Passage, next citation, the page as a picture, another date, options, feedback, registrar, sharing, Home."""
    slack.add_channel("C0OFFICE", "crime-registrar", kind="private", members=("U0REGISTRAR", "U0BOT"))
    bot = start(
        slack, home, DESK_REGISTRAR_GROUPS="S0REGISTRARS", DESK_REGISTRAR_CHANNEL="C0OFFICE", DESK_LOG_LEVEL="DEBUG"
    )
    try:
        asked = slack.say(OFFICER, DM, "can the OIC cancel his own crime?").wait_acked()
        reply = answered(slack, DM, asked.ts, 30, "Sources")
        slack.press(OFFICER, reply, "show_passage:1").wait_acked()
        passage = slack.wait_for_modal(OFFICER)
        slack.press(OFFICER, passage, "show_page").wait_acked()
        picture = slack.wait_for(lambda: picture_in(slack, OFFICER), 30, "the picture of the page")
        drawn = slack.workspace.files[picture].content
        assert drawn is not None
        assert drawn.startswith(b"\x89PNG")
        assert len(slack.workspace.files) == 1
        assert not slack.workspace.files[picture].channels, "the picture is shared nowhere"
        slack.press(OFFICER, reply, "show_page").wait_acked()
        slack.wait_for(lambda: picture_in(slack, OFFICER) == picture, 30, "the same picture again")
        assert len(slack.workspace.files) == 1, "uploaded once"

        picker = next(e["action_id"] for b in reply.blocks for e in b.get("elements", []) if e["type"] == "datepicker")
        slack.press(OFFICER, reply, picker, "2013-04-01").wait_acked()
        slack.wait_for(
            lambda: any("As at 1 April 2013" in slack.visible_text(one) for one in slack.messages(DM)), 30, "2013"
        )
        asked = slack.say(OFFICER, DM, "theft or robbery").wait_acked()
        choice = answered(slack, DM, asked.ts, 30, "It depends")
        slack.press(OFFICER, choice, "choose:1").wait_acked()
        slack.wait_for(lambda: len(slack.messages(DM, thread_ts=asked.ts)) == 2, 30, "the answer to the option")

        slack.press(OFFICER, reply, "helpful").wait_acked()
        slack.press(OFFICER, reply, "ask_registrar").wait_acked()
        form = slack.wait_for(lambda: modal_called(slack, OFFICER, "ask_registrar"), 10, "what would be sent")
        slack.submit(form).wait_acked()
        slack.wait_for(lambda: slack.messages("C0OFFICE"), 30, "the enquiry")

        slack.slash("/recording", "how long have i got to record it", OFFICER, ROOM).wait_acked()
        settled(slack, bot, 30)
        before = len(slack.messages(ROOM))
        slack.press(OFFICER, slack.ephemerals(OFFICER)[-1], "share").wait_acked()
        slack.wait_for(lambda: len(slack.messages(ROOM)) > before, 10, "the shared answer")

        slack.open_home(OFFICER).wait_acked()
        shown = slack.visible_text(slack.wait_for(lambda: slack.home(OFFICER), 10, "the Home tab"))
        assert "Crime Recording Rules" in shown
        assert "since 1 April 2026" in shown
        settled(slack, bot, 30)
        assert [] == [str(call) for call in slack.calls if not call.ok]
        assert [] == slack.problems
        assert "Traceback" not in bot.log
    finally:
        bot.stop()


def test_a_supervisor_checks_a_cancellation_against_the_real_rules(slack: SlackServer, home: Path) -> None:
    """A withdrawal alone, in a rape, decided by a supervisor: what stands in the way, each line with its rule."""
    bot = start(slack, home)
    try:
        slack.slash("/cancellation", "", OFFICER, ROOM).wait_acked()
        form = slack.wait_for(lambda: modal_called(slack, OFFICER, "cancellation_crime"), 10, "the first step")
        slack.submit(form, {"criterion": "C2", "kind": "rape"}).wait_acked()
        form = slack.wait_for(lambda: modal_called(slack, OFFICER, "cancellation_check"), 10, "the second step")
        answers = {
            "relied_on": ["victim-withdrew"],
            "decider": "supervisor",
            "independent": "no",
            "told": "not-yet",
            "pressure": "not-considered",
            "begun": "no",
        }
        slack.submit(form, answers).wait_acked()
        result = slack.wait_for(lambda: modal_called(slack, OFFICER, "cancellation_result"), 10, "the result")
        shown = slack.visible_text(result)
        for words in ("NOT MET", "REGISTRAR ONLY", "withdrawal", "p. 25", "No decision and no permission"):
            assert words in shown
        assert [] == slack.problems
    finally:
        bot.stop()


def picture_in(slack: SlackServer, user: str) -> str | None:
    view = slack.modal(user)
    images = [block for block in view.blocks if block["type"] == "image"] if view is not None else []
    return images[0]["slack_file"]["id"] if images else None


def modal_called(slack: SlackServer, user: str, callback: str) -> View | None:
    view = slack.modal(user)
    return view if view is not None and view.callback_id == callback else None


def resident_megabytes(pid: int) -> float:
    """The most memory the process has had."""
    status = Path(f"/proc/{pid}/status").read_text()
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert peak is not None
    return int(peak[1]) / 1024
