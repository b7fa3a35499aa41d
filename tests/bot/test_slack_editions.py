"""An administrator loads an edition in Slack: upload, draft, comparison, publish, roll back, recall."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.publish import current_build
from tests.bot.loading_fixtures import (
    COLLEAGUE,
    NEW_RULES,
    OFFICE,
    REGISTRAR,
    REGISTRARS,
    SUPPORT,
    acts,
    add,
    audited,
    describe,
    form,
    furnish,
    home_tab,
    modal,
    offered,
    publish_rules,
    shows,
    start,
    upload,
)
from tests.bot.running_bot import RunningBot
from tests.bot.slack_fixtures import DM, OFFICER, SUPERVISOR, answered
from tests.slack_server import Redirect, SlackServer

QUESTION = "how long have I got to record a crime after the report"


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer(echo=True) as server:
        yield furnish(server)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def asked(slack: SlackServer, words: str, expected: str) -> None:
    """An officer asks, and is told that."""
    said = slack.say(OFFICER, DM, words).wait_acked()
    answered(slack, DM, said.ts, words=expected)


@pytest.mark.slow
def test_an_edition_is_added_compared_published_and_rolled_back(slack: SlackServer, home: Path, tmp_path: Path) -> None:
    first = publish_rules(home, tmp_path / "guidance")
    bot = start(slack, home)
    try:
        asked(slack, QUESTION, "within 24 hours")
        card = add(slack)

        said = shows(slack, card, "nothing speaks against publishing it")
        second = next(one["build"] for one in audited(home) if one["act"] == "edition_built")
        assert first == current_build(home)
        for words in (
            "Invented Recording Rules, edition 2026/27",
            "from 1 April 2026",
            "national rule",
            "Edition 2025/26 now ends on 31 March 2026.",
            "Editions: 1 added, 1 changed",
            "within 24",
            "48",
            "Mind: figure 24, now 48",
        ):
            assert words in said
        assert ["Publish", "Keep as draft", "Compare"] == offered(card)

        slack.press(REGISTRAR, card, "build_compare").wait_acked()
        whole = modal(slack, REGISTRAR, "comparison")
        assert "Edition 2025/26" in str(whole.blocks) or "2025/26" in str(whole.blocks)

        slack.press(COLLEAGUE, card, "build_keep").wait_acked()
        shows(slack, card, "Kept as a draft by @U0COLLEAGUE")
        slack.press(REGISTRAR, card, "build_publish", times=3).wait_acked()
        shows(slack, card, "Published by @U0REGISTRAR")
        assert second == current_build(home)
        asked(slack, QUESTION, "within 48 hours")

        said = shows(slack, card, "1 answer given in the last 30 days rests on what changed")
        assert ["Roll back", "Tell the askers", "Compare"] == offered(card)
        slack.press(REGISTRAR, card, "build_tell_askers", times=3).wait_acked()
        shows(slack, card, "1 asker told that the rule has changed")
        told = [m for m in slack.messages(DM) if "has changed" in slack.visible_text(m)]
        assert 1 == len(told)
        assert "within 48 hours" in slack.visible_text(told[0])

        slack.press(COLLEAGUE, card, "build_roll_back", times=2).wait_acked()
        shows(slack, card, f"Rolled back by @U0COLLEAGUE: build {first} answers again")
        assert first == current_build(home)
        asked(slack, QUESTION, "within 24 hours")
        assert [
            (REGISTRAR, "edition_loaded"),
            (REGISTRAR, "edition_built"),
            (COLLEAGUE, "draft_kept"),
            (REGISTRAR, "published"),
            (REGISTRAR, "draft_confirmed"),
            (REGISTRAR, "askers_told"),
            (COLLEAGUE, "rolled_back"),
        ] == acts(home)
        assert QUESTION not in (home / "audit" / "trail.jsonl").read_text()
        assert "rules@2026-27" == audited(home)[0]["details"]["edition"]
        assert 1 == len(slack.messages(OFFICE))
        assert [] == slack.problems
    finally:
        bot.stop()


@pytest.mark.slow
def test_a_build_that_the_gate_speaks_against_is_published_with_a_reason_only(
    slack: SlackServer, home: Path, tmp_path: Path
) -> None:
    publish_rules(home, tmp_path / "guidance", question="what if the victim does not support", document="rules",
                  quote_has="recorded all the same")  # fmt: skip
    bot = start(slack, home)
    try:
        card = add(slack, NEW_RULES.replace(SUPPORT.encode(), b"Ask the registrar about that."))
        said = shows(slack, card, "Speaks against publishing it")
        assert "own" in said
        assert "Publish\u2026" in offered(card)

        slack.press(REGISTRAR, card, "build_publish").wait_acked()
        reason = modal(slack, REGISTRAR, "publish_reason")
        slack.submit(reason, {"publish_why": "the rule was dropped this year"}).wait_acked()

        shows(slack, card, "Published by @U0REGISTRAR")
        slack.wait_for(lambda: "is published" in str(reason.blocks), 10, "the form to say so")
        (record,) = [one for one in audited(home) if one["act"] == "published_anyway"]
        assert (REGISTRAR, ["own"]) == (record["actor"], record["details"]["fell"])
        assert "the rule was dropped this year" == record["details"]["reason"]
    finally:
        bot.stop()


@pytest.mark.slow
def test_with_two_persons_whoever_loaded_may_not_publish(slack: SlackServer, home: Path, tmp_path: Path) -> None:
    first = publish_rules(home, tmp_path / "guidance")
    bot = start(slack, home, DESK_TWO_PERSONS="true")
    try:
        card = add(slack)
        shows(slack, card, "nothing speaks against")
        slack.press(REGISTRAR, card, "build_publish").wait_acked()
        slack.wait_for(
            lambda: any("another person" in slack.visible_text(one) for one in slack.ephemerals(REGISTRAR)),
            10,
            "the refusal",
        )
        assert first == current_build(home)
        slack.press(COLLEAGUE, card, "build_publish").wait_acked()
        shows(slack, card, "Published by @U0COLLEAGUE")
    finally:
        bot.stop()


@pytest.fixture(scope="module")
def office() -> Iterator[SlackServer]:
    with SlackServer(echo=True) as server:
        yield furnish(server)


@pytest.fixture(scope="module")
def bot(office: SlackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    folder = tmp_path_factory.mktemp("loading")
    publish_rules(folder / "desk", folder / "guidance")
    running = start(office, folder / "desk")
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("values", "at", "words"),
    [
        ({"edition_from": None}, "edition_from", "first day"),
        ({"edition_to": "2026-03-01"}, "edition_to", "before the first"),
        ({"edition_label": "///"}, "edition_label", "for example 2026/27"),
        ({"edition_document": "-new-"}, "edition_title", "needs a title"),
        ({"edition_document": "-new-", "edition_title": "Rules"}, "edition_title", "held already"),
        ({"edition_document": "-new-", "edition_title": "Handbook"}, "edition_publisher", "needs its publisher"),
    ],
)
def test_what_is_wrong_is_said_by_its_input(
    office: SlackServer, bot: RunningBot, values: dict[str, str | None], at: str, words: str
) -> None:
    view = form(office)
    describe(office, view, upload(office, "rules.md", NEW_RULES), **values)

    assert words in view.errors[at]
    assert [] == office.problems


def test_whoever_is_not_of_the_office_is_refused_and_audited(office: SlackServer, bot: RunningBot) -> None:
    """Their Home tab has no such button; a press of one that was shown to somebody else is refused."""
    assert "Add an edition" not in offered(home_tab(office, SUPERVISOR))
    view = home_tab(office)
    office.press(SUPERVISOR, view, "edition_add").wait_acked()

    def refused() -> bool:
        shown = office.modal(SUPERVISOR)
        return shown is not None and "Only members of the registrar" in str(shown.blocks)

    office.wait_for(refused, 10, "the refusal")
    (record,) = [one for one in audited(bot.home) if one["actor"] == SUPERVISOR]
    assert ("refused", "edition_add") == (record["act"], record["details"]["reason"])


@pytest.mark.slow
def test_whoever_left_the_office_with_the_form_open_is_refused_and_audited(
    slack: SlackServer, home: Path, tmp_path: Path
) -> None:
    publish_rules(home, tmp_path / "guidance")
    bot = start(slack, home)
    try:
        first, second = form(slack, COLLEAGUE), form(slack)
        describe(slack, second, upload(slack, "rules.md", NEW_RULES))
        slack.add_usergroup(REGISTRARS, ())
        describe(slack, first, upload(slack, "rules.md", NEW_RULES))
        slack.submit(second).wait_acked()

        assert "Only members of the registrar" in first.errors["edition_label"]
        assert "Only members of the registrar" in str(second.blocks)
        assert [(COLLEAGUE, "refused"), (REGISTRAR, "refused")] == acts(home)
        assert [] == slack.messages(OFFICE)
    finally:
        bot.stop()


@pytest.mark.parametrize(
    ("name", "content", "overrides", "words"),
    [
        ("rules.pdf", b"<!doctype html><html><body>Sign in</body></html>", {}, "it is a web page, not a PDF"),
        ("rules.txt", b"\x00\x01\x02", {}, "is not plain text"),
        ("rules.md", NEW_RULES, {"is_external": True, "mode": "external"}, "only linked to"),
        ("rules.md", NEW_RULES, {"url_private": "https://files.example/x", "url_private_download": ""}, "not kept by"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_not_built(
    office: SlackServer, bot: RunningBot, name: str, content: bytes, overrides: dict[str, object], words: str
) -> None:
    cards = len(office.messages(OFFICE))
    view = form(office)
    describe(
        office,
        view,
        _file(office, name, content, overrides),
    )
    office.submit(view).wait_acked()
    card = office.wait_for(lambda: office.messages(OFFICE)[cards:], 10, "the card")[0]

    assert words in shows(office, card, "Not built.")
    assert [] == offered(card)
    assert [] == list((bot.home / "drafts").glob("rules-*"))


def _file(slack: SlackServer, name: str, content: bytes, overrides: dict[str, object]) -> dict[str, object]:
    return slack.add_file(name, content, user=REGISTRAR, **overrides).json(slack.workspace.base_url)


def test_a_file_larger_than_slack_says_is_cut_off(office: SlackServer, bot: RunningBot) -> None:
    big = b"a" * (10 * 1024**2 + 1)
    cards = len(office.messages(OFFICE))
    view = form(office)
    describe(office, view, _file(office, "rules.txt", big, {"size": 100}))
    office.submit(view).wait_acked()
    card = office.wait_for(lambda: office.messages(OFFICE)[cards:], 10, "the card")[0]

    assert "larger than 10 MB" in shows(office, card, "Not built.")


def test_a_file_deleted_meanwhile_or_leading_elsewhere_is_not_built(office: SlackServer, bot: RunningBot) -> None:
    for fate in ("deleted", "redirecting"):
        cards = len(office.messages(OFFICE))
        view = form(office)
        file = upload(office, "rules.md", NEW_RULES)
        describe(office, view, file)
        if fate == "deleted":
            del office.workspace.files[str(file["id"])]
        else:
            office.script("files.download", Redirect(f"{office.workspace.base_url}/thief"))
        office.submit(view).wait_acked()
        card = office.wait_for(lambda cards=cards: office.messages(OFFICE)[cards:], 10, "the card")[0]
        shows(office, card, "Not built.")
    assert [] == [call for call in office.calls if "thief" in call.method]


def test_the_same_form_sent_twice_is_one_load(office: SlackServer, bot: RunningBot) -> None:
    cards = len(office.messages(OFFICE))
    view = form(office)
    describe(office, view, upload(office, "rules.pdf", b"no pdf"))
    office.submit(view, times=3).wait_acked()
    office.wait_for(lambda: office.messages(OFFICE)[cards:], 10, "the card")
    with sqlite3.connect(bot.home / "desk.sqlite3") as connection:
        (count,) = connection.execute("SELECT count(*) FROM loads WHERE form = ?", (view.id,)).fetchone()
    connection.close()
    assert 1 == count


@pytest.mark.slow
def test_where_the_desk_is_not_in_the_channel_whoever_added_the_edition_is_told(
    slack: SlackServer, home: Path, tmp_path: Path
) -> None:
    publish_rules(home, tmp_path / "guidance")
    slack.workspace.channels[OFFICE].members.discard("U0BOT")
    bot = start(slack, home)
    try:
        view = form(slack)
        describe(slack, view, upload(slack, "rules.pdf", b"no pdf"))
        slack.submit(view).wait_acked()
        own = slack.dm(REGISTRAR)
        card = slack.wait_for(lambda: slack.messages(own), 15, "the card")[0]
        shows(slack, card, "Not built.")
    finally:
        bot.stop()
