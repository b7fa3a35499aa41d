"""A ruling from the question to its suspension, over the loopback Slack: the desk as it is, on guidance of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.running_bot import ROOT, SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, SUPERVISOR, answered, granted
from tests.bot.test_slack_registrar import OFFICE, REGISTRAR, audited, form_of, furnish, send_on, shows, told, whispered
from tests.slack_server import Message, SlackServer

pytestmark = pytest.mark.slow

TODAY = "2026-11-22"
RULES = """# Invented Recording Rules

## Reports

A crime may be reported by a third party who acts for the victim. The victim need not be spoken to first.

## Time limits

A crime must be recorded within 24 hours of the report.

## Burglary

A building is entered as a trespasser. An open yard is no building.
"""
SOURCES = (
    '[[document]]\nid = "rules"\ntitle = "Invented Recording Rules"\npublisher = "Nobody"\n'
    'authority = "national_rule"\nedition = "2026/27"\neffective_from = 2026-04-01\nfile = "rules.md"\n'
)
ASKED = "is a lighthouse keeper's log book proof of anything for a burglary of a beach hut"
ALIKE = "for a beach hut burglary is the lighthouse keepers log book proof of anything"
RULED = "A log book is no proof by itself. Record the burglary on the report."
RULING = "Ruling by the Force Crime Registrar\u2019s office"


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer(echo=True) as server:
        furnish(server)
        server.subscriptions = SUBSCRIPTIONS
        server.grant_only(*granted())
        yield server


def publish(home: Path, text: str) -> str:
    """The id of the build."""
    folder = home.parent / "guidance"
    folder.mkdir(exist_ok=True)
    (folder / "rules.md").write_text(text)
    (folder / "sources.toml").write_text(SOURCES)
    said = desk(home, "ingest", "--sources", str(folder / "sources.toml"), "--json")
    built = json.loads(said.splitlines()[-1])
    if not built["published"]:
        desk(home, "builds", "publish", built["build"], "--reason", "a test")
    return str(built["build"])


def desk(home: Path, *arguments: str) -> str:
    environ = {**os.environ, "DESK_HOME": str(home), "DESK_TODAY": TODAY, "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "bot.terminal", *arguments], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


def start(slack: SlackServer, home: Path) -> RunningBot:
    return RunningBot(
        slack,
        home,
        module="bot.terminal run",
        HF_HUB_OFFLINE="1",
        DESK_TODAY=TODAY,
        DESK_LOG_LEVEL="DEBUG",
        DESK_REGISTRAR_GROUPS="S0REGISTRARS",
        DESK_REGISTRAR_CHANNEL=OFFICE,
        DESK_QUESTIONS_AN_HOUR="500",
    ).connected(60)


def ask(slack: SlackServer, asker: str, words: str) -> tuple[Message, str]:
    channel = slack.dm(asker)
    asked = slack.say(asker, channel, words).wait_acked()
    reply = answered(slack, channel, asked.ts, 30, "Guidance only")
    return reply, slack.visible_text(reply)


def suspension(slack: SlackServer, number: int = 1) -> Message:
    def said() -> Message | None:
        found = [m for m in slack.messages(slack.dm(REGISTRAR)) if "is suspended" in slack.visible_text(m)]
        return found[number - 1] if len(found) >= number else None

    found = slack.wait_for(said, 30, "the owner told")
    assert found is not None
    return found


def acts(bot: RunningBot, act: str) -> list[dict[str, object]]:
    return [one for one in audited(bot) if one["act"] == act]


def test_a_ruling_from_the_question_to_its_suspension_and_back(slack: SlackServer, tmp_path: Path) -> None:
    """Asked, not covered, put to the registrar, answered, told; asked again, ruled; changed, suspended, told."""
    home = tmp_path / "desk"
    first = publish(home, RULES)
    bot = start(slack, home)
    try:
        reply, said = ask(slack, OFFICER, ASKED)
        assert "The documents held do not answer this" in said or "do not cover this" in said
        card = send_on(slack, reply, ASKED)
        slack.press(REGISTRAR, card, "enquiry_answer").wait_acked()
        form = form_of(slack, REGISTRAR, "answer_enquiry")
        slack.submit(form, {"enquiry_words": f"{RULED} Ring Jane Placeholder on 07700 900123."}, times=3).wait_acked()
        assert "2027" in slack.visible_text(told(slack, DM, reply.thread_ts))
        shows(slack, card, "in force")
        assert 1 == len(acts(bot, "ruling_given"))

        bot.kill()
        bot.stop()
        bot = start(slack, home)
        _, said = ask(slack, SUPERVISOR, ALIKE)
        assert said.index(RULED) < said.index("open yard") if "open yard" in said else RULED in said
        assert f"{RULING}, 22 November 2026, on Invented Recording Rules, edition 2026/27" in said
        assert "900123" not in said
        on_the_command_line = json.loads(desk(home, "ask", "--json", ALIKE))
        assert "ruling" == on_the_command_line["citations"][0]["authority"]
        assert "national_rule" in {cited["authority"] for cited in on_the_command_line["citations"]}
        _, said = ask(slack, SUPERVISOR, ALIKE.replace("burglary", "robbery"))
        assert RULING not in said
        assert "has ruled on a question near to yours, on 22 November 2026 (ruling " in said
        assert said.index("near to yours") < said.index(RULED)

        publish(home, RULES.replace("An open yard is no building.", "An open yard is a building too."))
        _, said = ask(slack, SUPERVISOR, ALIKE)  # at once, suspended or not; the pointer is looked at once a second
        assert RULED not in said or f"build {first}" in said
        notice = suspension(slack)
        shown = slack.visible_text(notice)
        assert "An open yard is no building." in shown
        assert "An open yard is a building too." in shown
        shows(slack, card, "suspended")
        slack.wait_for(lambda: _under(slack, card, "is suspended"), 10, "a line under the card")
        assert [("desk", "altered")] == [
            (one["actor"], one["details"]["reason"].split(",")[0])  # type: ignore[index]
            for one in acts(bot, "ruling_suspended")
        ]

        bot.kill()
        bot.stop()
        bot = start(slack, home)
        assert RULED not in ask(slack, OFFICER, ASKED)[1]
        assert RULED not in desk(home, "ask", ALIKE)

        line = _under(slack, card, "is suspended")[0]
        before = len(slack.ephemerals(SUPERVISOR))
        slack.add_channel(OFFICE, "crime-registrar", kind="private", members=(REGISTRAR, SUPERVISOR, "U0BOT"))
        slack.press(SUPERVISOR, line, "ruling_still_right", times=2).wait_acked()
        slack.press(SUPERVISOR, line, "ruling_retire", times=2).wait_acked()
        whispered(slack, SUPERVISOR, "Only members of the registrar", before)
        slack.wait_for(
            lambda: (
                {"ruling_still_right", "ruling_retire"}
                == {one["details"].get("reason") for one in acts(bot, "refused")}
            ),  # type: ignore[attr-defined]
            10,
            "the refusals audited",
        )

        slack.press(REGISTRAR, notice, "ruling_still_right").wait_acked()
        form = form_of(slack, REGISTRAR, "renew_ruling")
        assert "An open yard is a building too." in slack.visible_text(form)
        slack.submit(form, {"ruling_until": "2020-01-01"}).wait_acked()
        assert "still to come" in form.errors["ruling_until"]
        slack.submit(form, {"ruling_until": "2027-06-01"}, times=3).wait_acked()
        shows(slack, card, "1 June 2027")
        assert RULED in ask(slack, OFFICER, ASKED)[1]
        assert 1 == len(acts(bot, "ruling_renewed"))
        slack.press(REGISTRAR, notice, "ruling_retire").wait_acked()  # a button of before
        whispered(slack, REGISTRAR, "settled meanwhile")

        (ruling,) = json.loads(desk(home, "rulings", "list", "--json"))["rulings"]
        desk(home, "rulings", "renew", ruling["reference"], "--until", "2027-07-01")
        shows(slack, card, "1 July 2027")
        desk(home, "rulings", "suspend", ruling["reference"], "--reason", "under review")
        assert "under review" in slack.visible_text(suspension(slack, 2))
        slack.press(REGISTRAR, suspension(slack, 2), "ruling_retire").wait_acked()
        shows(slack, card, "retired")
        assert RULED not in ask(slack, OFFICER, ASKED)[1]
        assert "has ruled on a question near" not in ask(slack, OFFICER, ALIKE.replace("burglary", "robbery"))[1]
        assert 2 == len([m for m in slack.messages(slack.dm(REGISTRAR)) if "is suspended" in slack.visible_text(m)])
        assert [] == slack.problems
        for word in ("lighthouse", "log book", "900123", "Placeholder"):
            assert word not in bot.log + json.dumps(audited(bot))
        kept = (home / "desk.sqlite3").read_bytes() + (home / "desk.sqlite3-wal").read_bytes()
        assert b"900123" not in kept
    finally:
        bot.stop()


def _under(slack: SlackServer, card: Message, words: str) -> list[Message]:
    return [m for m in slack.messages(OFFICE, thread_ts=card.ts) if words in slack.visible_text(m)]
