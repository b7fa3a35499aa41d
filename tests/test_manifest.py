"""The app manifest asks Slack for no more than what is used, and for everything that is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bot.intake import CHECK_RULES
from bot.slash_commands import CANCELLATION, RECORDING
from tests.bot.running_bot import SUBSCRIPTIONS
from tests.slack_server.web_api.registry import METHODS

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = json.loads((ROOT / "manifest.json").read_text())

# Why each is there: docs/adr/0004-thread-follow-ups-and-scopes.md and 0008-more-scopes.md. Widening it needs an ADR.
SCOPES = {
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "im:history",
    "usergroups:read",
    "users:read",
}
SCOPE_OF_EVENT = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}


def test_the_scopes_are_exactly_these_and_all_the_bots() -> None:
    assert {"bot": sorted(SCOPES)} == MANIFEST["oauth_config"]["scopes"]


def test_every_event_subscribed_to_has_its_scope() -> None:
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]

    assert set(events) == set(SCOPE_OF_EVENT)
    assert set(events) <= SUBSCRIPTIONS
    assert SCOPES >= set(SCOPE_OF_EVENT.values()) - {None}


def test_every_method_the_bot_calls_is_covered_by_a_scope() -> None:
    """Read off the code: `client.chat_update(` is the method chat.update."""
    names = {method.replace(".", "_"): entry for method, entry in METHODS.items()}
    code = "\n".join(path.read_text() for path in (ROOT / "bot").rglob("*.py"))
    called = {name for name in re.findall(r"client\.(\w+)\(", code) if name in names}

    assert {"chat_postMessage", "chat_update", "chat_postEphemeral", "conversations_replies", "views_open"} <= called
    called.add("files_getUploadURLExternal")  # which files_upload_v2 calls
    needed = {entry.scope for name, entry in names.items() if name in called} - {None}
    by_kind = {"conversations:history": {"channels:history", "groups:history", "im:history"}}
    assert set().union(*(by_kind.get(str(scope), {scope}) for scope in needed)) <= SCOPES


def test_the_commands_are_those_listened_to_and_arrives_with_people_marked() -> None:
    commands = MANIFEST["features"]["slash_commands"]

    assert [RECORDING, CANCELLATION] == [command["command"] for command in commands]
    assert all(command["should_escape"] is True for command in commands)


def test_the_shortcut_is_the_one_listened_to() -> None:
    (shortcut,) = MANIFEST["features"]["shortcuts"]

    assert (CHECK_RULES, "message") == (shortcut["callback_id"], shortcut["type"])
    assert shortcut["name"] == "Check the recording rules"
    assert MANIFEST["features"]["app_home"]["home_tab_enabled"] is True


def test_a_new_app_is_an_agent_over_socket_mode_with_no_public_address() -> None:
    """Slack takes no assistant_view from new apps."""
    assert "assistant_view" not in MANIFEST["features"]
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in json.dumps(MANIFEST)


def test_it_keeps_to_slacks_lengths() -> None:
    shown, agent = MANIFEST["display_information"], MANIFEST["features"]["agent_view"]

    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert len(agent["agent_description"]) <= 300
    assert 4 >= len(agent["suggested_prompts"])
    assert all({"title", "message"} == set(prompt) for prompt in agent["suggested_prompts"])
