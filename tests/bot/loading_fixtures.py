"""A data directory with guidance published, and a bot on it, for what administrators do in Slack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ingest.build import ingest
from tests.bot.running_bot import SUBSCRIPTIONS, RunningBot
from tests.bot.slack_fixtures import SUPERVISOR, granted
from tests.builders import TODAY
from tests.fakes import FakeEmbedder
from tests.slack_server import Delivery, Message, SlackServer, View

REGISTRARS, REGISTRAR, COLLEAGUE, OFFICE = "S0REGISTRARS", "U0REGISTRAR", "U0COLLEAGUE", "C0REGISTRAR"
SUPPORT = "If a victim does not support a prosecution the crime is recorded all the same."
RULES = f"""# Invented Rules

## When to record

A crime must be recorded within 24 hours of the report.

## Who supports what

{SUPPORT}
"""
NEW_RULES = RULES.replace("within 24 hours", "within 48 hours").encode()
_SOURCES = """[[document]]
id = "rules"
title = "Invented Recording Rules"
publisher = "Invented Office"
authority = "national_rule"
edition = "2025/26"
effective_from = 2025-04-01
file = "rules.md"
"""


def furnish(server: SlackServer) -> SlackServer:
    """The office, its channel, and somebody who is not of it."""
    server.subscriptions = SUBSCRIPTIONS
    server.grant_only(*granted())
    server.add_user(COLLEAGUE)
    server.add_usergroup(REGISTRARS, (REGISTRAR, COLLEAGUE))
    server.add_channel(OFFICE, "crime-registrar", kind="private", members=(REGISTRAR, COLLEAGUE, SUPERVISOR, "U0BOT"))
    return server


def publish_rules(home: Path, folder: Path, **canary: str) -> str:
    """Publish the invented rules, and put the registrar's own canary beside them; the build."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "rules.md").write_text(RULES)
    (folder / "sources.toml").write_text(_SOURCES)
    home.mkdir(parents=True, exist_ok=True)
    if canary:
        (home / "canaries.jsonl").write_text(json.dumps({"id": "own", "status": "answered", **canary}) + "\n")
    report = ingest([folder / "sources.toml"], home=home, embedder=FakeEmbedder(), by="tests", today=TODAY)
    assert report.published
    assert report.build
    return report.build


def start(slack: SlackServer, home: Path, **environ: str) -> RunningBot:
    """A bot on that data directory."""
    values = {
        "DESK_TODAY": TODAY.isoformat(),
        "DESK_REGISTRAR_GROUPS": REGISTRARS,
        "DESK_REGISTRAR_CHANNEL": OFFICE,
        "DESK_QUESTIONS_AN_HOUR": "500",
    }
    return RunningBot(slack, home, module="tests.bot.bot_with_builds", **{**values, **environ}).connected()


def home_tab(slack: SlackServer, user: str = REGISTRAR) -> View:
    """The person's Home tab, made anew."""
    before = slack.home(user)
    mark = before.hash if before else ""
    slack.open_home(user).wait_acked()

    def fresh() -> View | None:
        view = slack.home(user)
        return view if view is not None and view.hash != mark else None

    found = slack.wait_for(fresh, 10, "the Home tab")
    assert found is not None
    return found


def form(slack: SlackServer, user: str = REGISTRAR, **delivery: Any) -> View:
    """*Add an edition*, pressed and open."""
    before = slack.modal(user)
    slack.press(user, home_tab(slack, user), "edition_add", **delivery).wait_acked()
    slack.wait_for(lambda: slack.modal(user) is not before, 10, "a new form")
    return modal(slack, user, "edition_form")


def modal(slack: SlackServer, user: str, callback: str) -> View:
    """The topmost modal, once it is that one."""

    def there() -> View | None:
        view = slack.modal(user)
        return view if view is not None and view.callback_id == callback else None

    found = slack.wait_for(there, 15, f"the form {callback}")
    assert found is not None
    return found


def upload(slack: SlackServer, name: str, content: bytes, user: str = REGISTRAR, **overrides: Any) -> dict[str, Any]:
    """A file as a person's client uploads it into a form."""
    return slack.add_file(name, content, user=user, **overrides).json(slack.workspace.base_url)


def describe(slack: SlackServer, view: View, file: dict[str, Any], **values: Any) -> Delivery:
    """Fill in the first form: an edition 2026/27 of the rules, from 1 April 2026, unless `values` say otherwise."""
    told = {
        "edition_file": [file],
        "edition_document": "rules",
        "edition_label": "2026/27",
        "edition_from": "2026-04-01",
        **values,
    }
    return slack.submit(view, {name: value for name, value in told.items() if value is not None}).wait_acked()


def add(slack: SlackServer, content: bytes = NEW_RULES, name: str = "rules.md", **values: Any) -> Message:
    """Add an edition as a member of the office; its card."""
    cards = len(slack.messages(OFFICE))
    view = form(slack)
    describe(slack, view, upload(slack, name, content), **values)
    assert {} == view.errors
    assert "edition_sure" == view.callback_id
    slack.submit(view).wait_acked()
    return slack.wait_for(lambda: slack.messages(OFFICE)[cards:], 10, "the card")[0]


def shows(slack: SlackServer, card: Message, words: str, seconds: float = 40) -> str:
    """The card's words, once these are among them."""
    try:
        slack.wait_for(lambda: words in slack.visible_text(card), seconds)
    except AssertionError:
        raise AssertionError(f"{words!r} is not on the card:\n{slack.visible_text(card)}") from None
    return slack.visible_text(card)


def offered(shown: Message | View) -> list[str]:
    """The buttons."""
    return [e["text"]["text"] for b in shown.blocks if b["type"] == "actions" for e in b["elements"]]


def audited(home: Path) -> list[dict[str, Any]]:
    """What the audit trail holds."""
    trail = home / "audit" / "trail.jsonl"
    return [json.loads(line) for line in trail.read_text().splitlines()] if trail.exists() else []


def acts(home: Path) -> list[tuple[str, str]]:
    """Who did what."""
    return [(one["actor"], one["act"]) for one in audited(home)]
