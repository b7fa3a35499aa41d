"""Envelopes that Slack never sends, made from ones it does: fault row 13, and the questions of row 31."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, ROOM, answered, granted, settled
from tests.slack_server import Message, SlackServer

pytestmark = pytest.mark.faults
QUESTION = "how long have i got to record it"
ODD: list[Any] = [None, "", 0, -1, 10**30, True, [], {}, [[]], {"id": None}, "\x00", "\ud83d", "x" * 5_000, "U0OFFICER"]
CASES = 400


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        server.subscriptions = SUBSCRIPTIONS
        server.grant_only(*granted())
        yield server


@pytest.fixture(scope="module")
def bot(slack: SlackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    running = RunningBot(
        slack,
        tmp_path_factory.mktemp("desk"),
        DESK_LOG_LEVEL="DEBUG",
        DESK_QUESTIONS_AN_HOUR="5000",
        DESK_REGISTRAR_CHANNEL=ROOM,
    ).connected()
    yield running
    running.stop()


def real_envelopes(slack: SlackServer) -> list[dict[str, Any]]:
    """One of each kind that the desk takes, as Slack sends it."""
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked()
    reply: Message = answered(slack, DM, asked.ts)
    done = [asked, slack.mention(OFFICER, ROOM, QUESTION), slack.slash("/recording", QUESTION, OFFICER, ROOM)]
    for button in ("show_passage:1", "helpful", "not_helpful", "ask_registrar"):
        done.append(slack.press(OFFICER, reply, button))
    as_at = next(
        e["action_id"] for b in reply.blocks for e in b.get("elements", []) if "as_at" in str(e.get("action_id"))
    )
    done.append(slack.press(OFFICER, reply, as_at, "2013-04-01"))
    assert asked.message is not None
    done += [slack.shortcut(OFFICER, "check_rules", asked.message), slack.open_home(OFFICER)]
    done.append(slack.edit(asked, "how long have i got, edited"))
    return [one.wait_acked().envelopes[0].json() for one in done]


def mutated(envelope: dict[str, Any], chance: random.Random) -> str:
    """One to three values somewhere in it replaced, removed or doubled, or the frame cut short."""
    changed = copy.deepcopy(envelope)
    changed["envelope_id"] = f"odd-{chance.randrange(10**12)}"
    for _ in range(chance.randint(1, 3)):
        node: Any = changed["payload"]
        while True:
            inner = [key for key in _keys(node) if isinstance(node[key], dict | list) and node[key]]
            if not inner or chance.random() < 0.3:
                break
            node = node[chance.choice(inner)]
        keys = _keys(node)
        if not keys:
            continue
        key = chance.choice(keys)
        if chance.random() < 0.3:
            del node[key]
        else:
            node[key] = chance.choice(ODD)
    frame = json.dumps(changed)
    return frame[: chance.randrange(len(frame))] if chance.random() < 0.05 else frame


def _keys(node: Any) -> list[Any]:
    return list(node) if isinstance(node, dict) else list(range(len(node)))


def test_mutated_envelopes_are_survived_and_the_next_question_is_answered(slack: SlackServer, bot: RunningBot) -> None:
    """It never dies, never writes a traceback, and never answers anything but a question."""
    kinds = real_envelopes(slack)
    settled(slack, bot)
    chance = random.Random(20261123)
    for _ in range(CASES):
        slack.send_raw(mutated(chance.choice(kinds), chance))
    asked = slack.say(OFFICER, DM, QUESTION).wait_acked(30)
    answered(slack, DM, asked.ts, 30)
    settled(slack, bot, 60)

    assert bot.process.poll() is None
    assert "Traceback" not in bot.log
    assert not [call for call in slack.calls if "invalid_blocks" in str(call)]


HARD = {
    "empty": ("", "in your own words"),
    "only a space": (" \u200b ", "in your own words"),
    "NUL and controls": ("can it be\x00 cancelled\x07", "Asked: can it be cancelled"),
    "right to left": ("\u202ecan it be cancelled", "Asked: can it be cancelled"),
    "emoji alone": ("\U0001f46e\U0001f3fd", "Asked:"),
    "another language": ("\u0645\u062a\u0649 \u064a\u062c\u0628 \u062a\u0633\u062c\u064a\u0644", "Asked:"),
    "code": ("SELECT * FROM crimes; DROP TABLE questions", "Asked: SELECT"),
    "markup": ("*bold* _it_ `x` <!here> <@U0SUPERVISOR>", "Asked:"),
}


@pytest.mark.parametrize("kind", list(HARD))
def test_a_hard_question_has_a_named_outcome(slack: SlackServer, bot: RunningBot, kind: str) -> None:
    """Fault row 31, on the desk's way in and out; what the real desk makes of them is in tests/knowledge."""
    typed, said = HARD[kind]
    asked = slack.mention(OFFICER, ROOM, typed).wait_acked()

    answered(slack, ROOM, asked.ts, words=said)
    assert [] == slack.problems


def test_a_direct_message_without_words_is_told_how_to_ask(slack: SlackServer, bot: RunningBot) -> None:
    """Pictures alone: the desk looks at none."""
    asked = slack.say(OFFICER, DM, "").wait_acked()

    answered(slack, DM, asked.ts, words="in your own words")
