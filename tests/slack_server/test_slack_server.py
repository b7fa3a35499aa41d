"""The loopback Slack against the real clients: slack_sdk's WebClient, and slack_bolt over Socket Mode and HTTP."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from . import (
    Closed,
    Hang,
    HtmlBody,
    Meanwhile,
    RateLimited,
    Redirect,
    Reset,
    ServerError,
    SlackError,
    SlackServer,
    Slow,
    Well,
    interactions,
    signed_request,
    socket_mode,
)

OFFICER, SUPERVISOR, REGISTRAR = "U0OFFICER", "U0SUPERVISOR", "U0REGISTRAR"
ENQUIRIES, DM = "C0ENQUIRIES", "D0OFFICER"


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer() as server:
        yield server


@pytest.fixture
def client(slack: SlackServer) -> WebClient:
    return a_client(slack)


def a_client(slack: SlackServer, **options: Any) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.api_url, **options)


@contextmanager
def a_bot(slack: SlackServer, furnish: Callable[[App], Any], ping_interval: float = 0.5) -> Iterator[App]:
    """A real Bolt app on a real WebSocket. Bolt's own ping_interval, 10, would also take ten seconds to close."""
    app = App(client=a_client(slack))
    furnish(app)
    handler: Any = SocketModeHandler(app, slack.app_token, ping_interval=ping_interval)
    handler.connect()
    try:
        slack.wait_connected()
        yield app
    finally:
        close_at_once(handler, slack)


def close_at_once(handler: Any, slack: SlackServer) -> None:
    """Close without the two seconds slack_sdk spends in blocking reads: wake its queue, and end its socket."""
    handler.client.auto_reconnect_enabled = False
    handler.client.closed = True
    handler.client.message_queue.put("{}")
    slack.drop_connections("reset")
    with suppress(AttributeError):  # the socket may go between slack_sdk's look at it and its close
        handler.close()
        return
    handler.close()


def error_of(act: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as refused:
        act()
    return str(refused.value.response["error"])


def section(text: str = "Record it.", **fields: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **fields}


def button(
    action_id: str = "show_passage", text: str = "Show passage", value: str = "p1", **fields: Any
) -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": action_id,
        "text": {"type": "plain_text", "text": text},
        "value": value,
        **fields,
    }


def actions(*elements: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements), **fields}


def a_modal(title: str = "Add an edition", **fields: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "add_edition",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Add"},
        "blocks": [
            {
                "type": "input",
                "block_id": "title",
                "label": {"type": "plain_text", "text": "Title"},
                "element": {"type": "plain_text_input", "action_id": "title", "max_length": 80},
            },
            {
                "type": "input",
                "block_id": "effective",
                "optional": True,
                "label": {"type": "plain_text", "text": "Effective from"},
                "element": {"type": "datepicker", "action_id": "effective"},
            },
        ],
        **fields,
    }


class TestTheWebApi:
    def test_a_token_that_is_missing_wrong_revoked_or_of_the_wrong_kind_is_refused(self, slack: SlackServer) -> None:
        assert a_client(slack).auth_test()["user_id"] == "U0BOT"
        assert error_of(WebClient(base_url=slack.api_url).auth_test) == "not_authed"
        assert error_of(WebClient("xoxb-another", base_url=slack.api_url).auth_test) == "invalid_auth"
        assert error_of(WebClient(slack.app_token, base_url=slack.api_url).auth_test) == "not_allowed_token_type"
        assert error_of(lambda: a_client(slack).apps_connections_open(app_token=slack.bot_token)) == (
            "not_allowed_token_type"
        )
        slack.revoke(slack.bot_token)
        assert error_of(a_client(slack).auth_test) == "token_revoked"

    def test_a_method_whose_scope_was_not_granted_is_refused(self, slack: SlackServer, client: WebClient) -> None:
        slack.grant_only("chat:write")
        client.chat_postMessage(channel=DM, text="Here.")
        with pytest.raises(SlackApiError) as refused:
            client.users_info(user=OFFICER)
        assert (refused.value.response["error"], refused.value.response["needed"]) == ("missing_scope", "users:read")

    def test_a_message_is_posted_updated_and_deleted(self, slack: SlackServer, client: WebClient) -> None:
        asked = slack.say(OFFICER, DM, "vic wont support pros, do i still crime it")
        posted = client.chat_postMessage(
            channel=DM, thread_ts=asked.ts, text="Looking...", blocks=[section("Looking...")]
        )
        client.chat_update(channel=DM, ts=posted["ts"], text="Record it.", blocks=[section("*Record it.* &lt;s1&gt;")])
        (message,) = slack.messages(DM, thread_ts=asked.ts)
        assert slack.visible_text(message) == "*Record it.* <s1>"
        assert message.earlier[0][0] == "Looking..."
        client.chat_update(channel=DM, ts=posted["ts"], text="Plain.")
        assert (message.text, message.blocks) == ("Plain.", [])
        client.chat_delete(channel=DM, ts=posted["ts"])
        assert slack.messages(DM) == []
        assert [call.method for call in slack.calls] == [
            "chat.postMessage",
            "chat.update",
            "chat.update",
            "chat.delete",
        ]

    def test_timestamps_only_rise(self, client: WebClient) -> None:
        stamps = [client.chat_postMessage(channel=DM, text="x")["ts"] for _ in range(20)]
        assert stamps == sorted(set(stamps))

    @pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
    def test_where_the_bot_may_not_post_it_is_told_why(self, slack: SlackServer, client: WebClient) -> None:
        slack.add_channel("C0OTHER", members=(OFFICER,))
        slack.add_channel("C0PRIVATE", members=(OFFICER,), kind="private")
        slack.add_channel("C0OLD", is_archived=True)
        slack.add_user("U0STRANGER")

        def post(channel: str, **more: Any) -> str:
            return error_of(lambda: client.chat_postMessage(channel=channel, text="x", **more))

        assert post("C0NOWHERE") == "channel_not_found"
        assert post("C0PRIVATE") == "channel_not_found"
        assert post("C0OTHER") == "not_in_channel"
        assert post("C0OLD") == "is_archived"
        assert post(DM, thread_ts="1.000001") == "thread_not_found"
        assert post(DM, thread_ts="soon") == "invalid_thread_ts"
        assert error_of(lambda: client.chat_postMessage(channel=DM, text="")) == "no_text"
        assert error_of(lambda: client.chat_postMessage(channel=DM, text="x" * 40_001)) == "msg_too_long"
        assert (
            error_of(lambda: client.chat_postEphemeral(channel=ENQUIRIES, user="U0STRANGER", text="x"))
            == "user_not_in_channel"
        )
        said = slack.say(OFFICER, ENQUIRIES, "mine")
        assert error_of(lambda: client.chat_update(channel=ENQUIRIES, ts=said.ts, text="x")) == "cant_update_message"
        assert error_of(lambda: client.chat_update(channel=ENQUIRIES, ts="1.000001", text="x")) == "message_not_found"

    def test_an_ephemeral_message_is_seen_by_one_person_and_cannot_be_updated(
        self, slack: SlackServer, client: WebClient
    ) -> None:
        sent = client.chat_postEphemeral(channel=ENQUIRIES, user=OFFICER, text="Only you.")
        assert [m.text for m in slack.ephemerals(OFFICER)] == ["Only you."]
        assert slack.messages(ENQUIRIES) == slack.ephemerals(SUPERVISOR) == []
        assert (
            error_of(lambda: client.chat_update(channel=ENQUIRIES, ts=sent["message_ts"], text="x"))
            == "message_not_found"
        )

    def test_people_groups_and_channels_are_described(self, slack: SlackServer, client: WebClient) -> None:
        slack.add_user("U0GUEST", is_restricted=True)
        slack.add_channel("C0SHARED", is_ext_shared=True)
        assert client.users_info(user="U0GUEST")["user"]["is_restricted"] is True
        assert error_of(lambda: client.users_info(user="U0NOBODY")) == "user_not_found"
        assert client.usergroups_users_list(usergroup="S0REGISTRARS")["users"] == [REGISTRAR]
        assert error_of(lambda: client.usergroups_users_list(usergroup="S0NONE")) == "no_such_subteam"
        assert client.conversations_info(channel="C0SHARED")["channel"]["is_ext_shared"] is True
        assert client.conversations_open(users=OFFICER)["channel"]["id"] == DM

    def test_reactions_are_kept_once(self, slack: SlackServer, client: WebClient) -> None:
        said = slack.say(OFFICER, ENQUIRIES, "thanks")
        client.reactions_add(channel=ENQUIRIES, timestamp=said.ts, name="eyes")

        def again() -> Any:
            return client.reactions_add(channel=ENQUIRIES, timestamp=said.ts, name="eyes")

        assert error_of(again) == "already_reacted"

    def test_a_body_that_is_not_json_is_refused(self, slack: SlackServer) -> None:
        request = urllib.request.Request(
            slack.api_url + "chat.postMessage",
            data=b"{nope",
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {slack.bot_token}"},
        )
        with urllib.request.urlopen(request, timeout=5) as answer:
            assert json.load(answer)["error"] == "invalid_json"


class TestLimits:
    @pytest.mark.parametrize(
        ("blocks", "where"),
        [
            ([section("x" * 3_001)], "/blocks/0/text/text"),
            ([section("")], "/blocks/0/text/text"),
            ([{"type": "section"}], "/blocks/0"),
            ([section(fields=[{"type": "mrkdwn", "text": "x"}] * 11)], "/blocks/0/fields"),
            ([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}], "/blocks/0/text/text"),
            ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "/blocks/0/text/type"),
            ([{"type": "markdown", "text": "x" * 12_001}], "/blocks/0/text"),
            ([actions(*[button(f"a{n}") for n in range(26)])], "/blocks/0/elements"),
            ([actions(button(text="x" * 76))], "/blocks/0/elements/0/text/text"),
            ([actions(button(value="x" * 2_001))], "/blocks/0/elements/0/value"),
            ([actions(button("x" * 256))], "/blocks/0/elements/0/action_id"),
            ([actions(button(), button())], "/blocks/0/elements/1/action_id"),
            ([section(block_id="x" * 256)], "/blocks/0/block_id"),
            ([section(block_id="x"), section(block_id="x")], "/blocks/1/block_id"),
            ([{"type": "divider"}] * 51, "/blocks"),
            ([{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}], "/blocks/0/elements"),
            ([{"type": "poem"}], "/blocks/0/type"),
            (
                [
                    section(
                        accessory={
                            "type": "static_select",
                            "action_id": "a",
                            "options": [{"text": {"type": "plain_text", "text": "x" * 76}, "value": "v"}],
                        }
                    )
                ],
                "/blocks/0/accessory/options/0/text/text",
            ),
        ],
    )
    def test_blocks_beyond_a_limit_are_refused_with_the_place(
        self, client: WebClient, blocks: list[dict[str, Any]], where: str
    ) -> None:
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel=DM, text="x", blocks=blocks)
        answer = refused.value.response
        assert answer["error"] == "invalid_blocks"
        assert any(f"[json-pointer:{where}]" in said for said in answer["response_metadata"]["messages"])

    def test_blocks_at_each_limit_are_shown(self, client: WebClient) -> None:
        client.chat_postMessage(channel=DM, text="x", blocks=[section("x" * 3_000)])
        client.chat_postMessage(channel=DM, text="x", blocks=[{"type": "markdown", "text": "x" * 12_000}])
        client.chat_postMessage(channel=DM, text="x", blocks=[actions(*[button(f"a{n}") for n in range(25)])])
        client.chat_postMessage(channel=DM, text="x", blocks=[{"type": "divider"}] * 50)

    def test_all_blocks_together_may_hold_about_thirteen_thousand_characters(self, client: WebClient) -> None:
        client.chat_postMessage(channel=DM, text="x", blocks=[section("x" * 2_640)] * 5)
        too_long = [section("x" * 2_641)] * 5
        assert error_of(lambda: client.chat_postMessage(channel=DM, text="x", blocks=too_long)) == "msg_blocks_too_long"

    @pytest.mark.parametrize(
        ("view", "where"),
        [
            (a_modal("x" * 25), "/view/title/text"),
            (a_modal(private_metadata="x" * 3_001), "/view/private_metadata"),
            (a_modal(blocks=[{"type": "divider"}] * 101), "/view/blocks"),
            (a_modal(blocks=[{"type": "markdown", "text": "x"}]), "/view/blocks/0/type"),
            (a_modal(submit=None), "/view"),
        ],
    )
    def test_a_view_beyond_a_limit_is_refused_with_the_place(
        self, slack: SlackServer, client: WebClient, view: dict[str, Any], where: str
    ) -> None:
        trigger = slack.workspace.new_trigger(OFFICER)
        with pytest.raises(SlackApiError) as refused:
            client.views_open(trigger_id=trigger, view=view)
        assert refused.value.response["error"] == "invalid_arguments"
        assert f"[json-pointer:{where}]" in " ".join(refused.value.response["response_metadata"]["messages"])

    def test_a_trigger_opens_one_view_and_soon(self, slack: SlackServer, client: WebClient) -> None:
        trigger = slack.workspace.new_trigger(OFFICER)
        client.views_open(trigger_id=trigger, view=a_modal())
        assert error_of(lambda: client.views_open(trigger_id=trigger, view=a_modal())) == "exchanged_trigger_id"
        assert error_of(lambda: client.views_open(trigger_id="1.2.x", view=a_modal())) == "invalid_trigger_id"
        slack.workspace.trigger_seconds = 0
        late = slack.workspace.new_trigger(OFFICER)
        assert error_of(lambda: client.views_open(trigger_id=late, view=a_modal())) == "expired_trigger_id"

    def test_a_view_changed_meanwhile_is_not_overwritten(self, slack: SlackServer, client: WebClient) -> None:
        opened = client.views_open(trigger_id=slack.workspace.new_trigger(OFFICER), view=a_modal())["view"]
        client.views_update(view_id=opened["id"], hash=opened["hash"], view=a_modal("Second"))

        def stale() -> Any:
            return client.views_update(view_id=opened["id"], hash=opened["hash"], view=a_modal("Third"))

        assert error_of(stale) == "hash_conflict"
        shown = slack.modal(OFFICER)
        assert shown is not None
        assert shown.title == "Second"


class TestStreaming:
    def test_a_stream_grows_and_ends(self, slack: SlackServer, client: WebClient) -> None:
        asked = slack.say(OFFICER, DM, "do i crime it")
        stream = client.chat_stream(channel=DM, thread_ts=asked.ts, buffer_size=1)
        stream.append(markdown_text="Record ")
        stream.append(markdown_text="it.")
        (message,) = slack.messages(DM, thread_ts=asked.ts)
        assert (message.streaming, slack.visible_text(message)) == (True, "Record it.")
        assert error_of(lambda: client.chat_update(channel=DM, ts=message.ts, text="x")) == "streaming_state_conflict"
        stream.stop(markdown_text=" Today.", blocks=[actions(button())])
        assert slack.visible_text(message) == "Record it. Today.\n[Show passage]"

        def late() -> Any:
            return client.chat_appendStream(channel=DM, ts=message.ts, markdown_text="x")

        assert error_of(late) == "message_not_in_streaming_state"
        client.chat_update(channel=DM, ts=message.ts, text="Instead.")
        assert slack.visible_text(message) == "Instead."

    def test_a_stream_in_a_channel_needs_its_reader(self, slack: SlackServer, client: WebClient) -> None:
        asked = slack.mention(OFFICER, ENQUIRIES, "do i crime it")
        start: dict[str, Any] = {"channel": ENQUIRIES, "thread_ts": asked.ts}
        assert error_of(lambda: client.chat_startStream(**start)) == "missing_recipient_user_id"
        client.chat_startStream(**start, recipient_user_id=OFFICER, recipient_team_id="T0FORCE")

    def test_what_shows_beside_the_conversation_is_kept(self, slack: SlackServer, client: WebClient) -> None:
        asked = slack.say(OFFICER, DM, "do i crime it")
        client.assistant_threads_setStatus(channel_id=DM, thread_ts=asked.ts, status="is looking")
        assert slack.status(DM, asked.ts) == "is looking"
        client.chat_postMessage(channel=DM, thread_ts=asked.ts, text="Record it.")
        assert slack.status(DM, asked.ts) == "", "an answer takes the status away"
        prompts = [{"title": "Cancel?", "message": "May I cancel it?"}]
        client.assistant_threads_setSuggestedPrompts(channel_id=DM, thread_ts=asked.ts, prompts=prompts)
        assert DM not in slack.workspace.prompts, "for an agent app a thread_ts makes the call do nothing"
        client.assistant_threads_setSuggestedPrompts(channel_id=DM, prompts=prompts)
        assert slack.workspace.prompts[DM]["prompts"] == prompts
        client.assistant_threads_setTitle(channel_id=DM, thread_ts=asked.ts, title="Victim declines")
        assert slack.workspace.titles[DM, asked.ts] == "Victim declines"

    def test_an_older_slack_does_not_know_the_method(self, slack: SlackServer, client: WebClient) -> None:
        slack.lacks("chat.startStream")

        def start() -> Any:
            return client.chat_startStream(channel=DM, thread_ts="1.000001")

        assert error_of(start) == "unknown_method"
        assert error_of(lambda: client.api_call("chat.sing")) == "unknown_method"


class TestFiles:
    def test_a_file_is_uploaded_in_three_steps_and_read_back(self, slack: SlackServer, client: WebClient) -> None:
        asked = slack.say(OFFICER, DM, "show the page")
        client.files_upload_v2(
            channel=DM, thread_ts=asked.ts, content=b"%PDF-1.7", filename="page.pdf", initial_comment="Page 25"
        )
        (message,) = slack.messages(DM, thread_ts=asked.ts)
        assert (message.text, message.files[0]["name"]) == ("Page 25", "page.pdf")
        info = client.files_info(file=message.files[0]["id"])["file"]
        assert read(info["url_private"], slack.bot_token) == b"%PDF-1.7"
        assert b"Sign in" in read(info["url_private"], "xoxb-another")
        assert [c.method for c in slack.calls][:3] == [
            "files.getUploadURLExternal",
            "files.upload_url",
            "files.completeUploadExternal",
        ]

    def test_an_upload_that_breaks_off_in_the_middle_shows_nothing(self, slack: SlackServer, client: WebClient) -> None:
        slack.script("files.upload_url", ServerError(500))
        with pytest.raises(urllib.error.HTTPError):
            client.files_upload_v2(channel=DM, content=b"x", filename="page.pdf")
        assert slack.messages(DM) == []
        unsent = client.files_getUploadURLExternal(filename="x.pdf", length=1)["file_id"]

        def done() -> Any:
            return client.files_completeUploadExternal(files=[{"id": unsent, "title": "x"}])

        assert error_of(done) == "file_not_found"

    def test_a_file_may_claim_to_be_elsewhere_and_a_thief_is_seen(self, slack: SlackServer, client: WebClient) -> None:
        with SlackServer() as thief:
            file = slack.add_file("policy.pdf", b"%PDF-1.7", mode="external", is_external=True)
            assert client.files_info(file=file.id)["file"]["mode"] == "external"
            slack.script("files.download", Redirect(thief.workspace.base_url + "/steal"))
            read(file.json(slack.workspace.base_url)["url_private"], slack.bot_token, allow=404)
            assert [call.method for call in thief.calls] == ["GET /steal"]
            assert thief.calls[0].token == slack.bot_token, "urllib gives the token to whoever it is sent on to"


class TestMisbehaviour:
    def test_a_script_is_played_call_by_call_and_then_all_is_well(self, slack: SlackServer, client: WebClient) -> None:
        slack.script("chat.postMessage", SlackError("is_archived"), Well(), HtmlBody(), RateLimited(7))

        def post() -> Any:
            return client.chat_postMessage(channel=DM, text="x")

        assert error_of(post) == "is_archived"
        assert post()["ok"]
        with pytest.raises(SlackApiError, match="non-JSON"):
            post()
        with pytest.raises(SlackApiError) as limited:
            post()
        assert (limited.value.response.status_code, limited.value.response.headers["Retry-After"]) == (429, "7")
        assert post()["ok"]
        assert slack.faults.unplayed == {}
        assert len(slack.messages(DM)) == 2
        assert [bool(call.faulted) for call in slack.calls_to("chat.postMessage")] == [True, True, True, True, False]

    def test_a_post_accepted_before_the_connection_closed_is_posted_twice_by_the_default_retry(
        self, slack: SlackServer, client: WebClient
    ) -> None:
        slack.script("chat.postMessage", Closed(after_accepting=True))
        client.chat_postMessage(channel=DM, text="once?")
        assert len(slack.messages(DM)) == 2

    def test_without_retries_it_is_posted_once_and_the_caller_is_not_told(self, slack: SlackServer) -> None:
        client = a_client(slack, retry_handlers=[])
        slack.script("chat.postMessage", Reset(after_accepting=True), Reset())
        for _ in range(2):
            with pytest.raises((ConnectionResetError, urllib.error.URLError, http.client.RemoteDisconnected)):
                client.chat_postMessage(channel=DM, text="once")
        assert len(slack.messages(DM)) == 1
        assert [call.accepted for call in slack.calls] == [True, False]
        assert [call.response for call in slack.calls] == [None, None]

    def test_a_hang_outlasts_the_client_and_does_not_hold_the_server(self, slack: SlackServer) -> None:
        client = a_client(slack, timeout=1, retry_handlers=[])
        slack.script("chat.postMessage", Hang(30), Slow(0.2))
        with pytest.raises(TimeoutError):
            client.chat_postMessage(channel=DM, text="x")
        began = time.monotonic()
        assert client.chat_postMessage(channel=DM, text="x")["ok"]
        assert 0.2 <= time.monotonic() - began < 1

    def test_something_can_be_done_between_the_post_and_its_answer(self, slack: SlackServer, client: WebClient) -> None:
        seen: list[int] = []
        slack.script("chat.postMessage", Meanwhile(lambda: seen.append(len(slack.messages(DM)))))
        client.chat_postMessage(channel=DM, text="x")
        assert seen == [1]

    def test_a_bot_killed_inside_its_post_has_posted_and_was_not_told(self, slack: SlackServer) -> None:
        post = "import sys; from slack_sdk import WebClient as W; W(sys.argv[1], base_url=sys.argv[2]).chat_postMessage"
        command = [sys.executable, "-c", f"{post}(channel='{DM}', text='x')", slack.bot_token, slack.api_url]

        def kill() -> None:
            bot.kill()
            bot.wait(20)

        slack.script("chat.postMessage", Meanwhile(kill))
        bot = subprocess.Popen(command)
        assert bot.wait(20) == -9
        call = slack.wait_for_call("chat.postMessage")
        assert (call.accepted, call.response, len(slack.messages(DM))) == (True, None, 1)

    def test_one_post_a_second_in_a_channel_when_asked_to_hold_to_it(
        self, slack: SlackServer, client: WebClient
    ) -> None:
        slack.enforce_rate_limits()
        for _ in range(3):
            client.chat_postMessage(channel=DM, text="x")
        assert error_of(lambda: client.chat_postMessage(channel=DM, text="x")) == "ratelimited"
        client.chat_postMessage(channel=ENQUIRIES, text="x")

    def test_waiting_in_vain_fails_with_what_the_bot_did(self, slack: SlackServer, client: WebClient) -> None:
        client.chat_postMessage(channel=DM, text="what I did")
        with pytest.raises(AssertionError, match=r"a modal for U0OFFICER did not happen.*\n.*what I did"):
            slack.wait_for_modal(OFFICER, timeout=0.05)


class TestSocketMode:
    def test_a_question_in_a_direct_message_is_answered_in_its_thread(self, slack: SlackServer) -> None:
        with a_bot(slack, answering):
            asked = slack.say(OFFICER, DM, "is s47 < s18 & why").wait_acked()
            (answer,) = slack.wait_for(lambda: slack.messages(DM, thread_ts=asked.ts))
        assert slack.visible_text(answer) == "You asked: is s47 < s18 & why"
        assert slack.mentions(answer) == []
        assert asked.slowest_ack < 1

    def test_a_mention_reaches_the_bot_and_other_talk_does_not(self, slack: SlackServer) -> None:
        with a_bot(slack, answering):
            assert slack.say(OFFICER, ENQUIRIES, "lunch?").envelopes == []
            asked = slack.mention(OFFICER, ENQUIRIES, "do i crime it").wait_acked()
            assert len(asked.envelopes) == 1
            slack.wait_for(lambda: slack.messages(ENQUIRIES, thread_ts=asked.ts))
            slack.subscriptions.add("message.channels")
            kinds = [e.payload["event"]["type"] for e in slack.mention(OFFICER, ENQUIRIES, "and now").envelopes]
        assert kinds == ["app_mention", "message"]

    def test_one_event_delivered_many_times_has_one_event_id(self, slack: SlackServer) -> None:
        heard: list[tuple[str, str]] = []

        def furnish(app: App) -> None:
            @app.event("message")
            def hear(body: dict[str, Any], request: Any) -> None:
                heard.append((body["event_id"], request.headers["x-slack-retry-num"][0]))

        with a_bot(slack, furnish):
            asked = slack.say(OFFICER, DM, "once", times=5).wait_acked()
            slack.redeliver(asked, times=2, concurrently=False, reason="http_timeout")
            asked.wait_acked()
            slack.wait_for(lambda: len(heard) == 7)
        assert len({event_id for event_id, _ in heard}) == 1
        assert sorted(attempt for _, attempt in heard) == list("0123456"), "Slack numbers the first delivery 0"
        assert len({envelope.envelope_id for envelope in asked.envelopes}) == 7

    @pytest.mark.parametrize(
        ("how", "ping_interval"), [("close", 2), ("disconnect_message", 2), ("reset", 0.5), ("half_open", 0.5)]
    )
    def test_a_bot_whose_connection_ends_comes_back_and_hears_what_it_missed(
        self, slack: SlackServer, how: str, ping_interval: float
    ) -> None:
        with a_bot(slack, answering, ping_interval):
            # slack_sdk never counts a connection as stale before its first pong (Connection.check_state), so see one.
            slack.wait_for(lambda: slack.connections[0].pings)
            slack.say(OFFICER, DM, "hello").wait_acked()
            slack.drop_connections(how)
            asked = slack.say(OFFICER, DM, "still there?")
            asked.wait_acked(timeout=20)
            slack.wait_for(lambda: slack.messages(DM, thread_ts=asked.ts))
            assert len(slack.connections) >= 2

    def test_a_handshake_can_be_refused(self, slack: SlackServer) -> None:
        slack.refuse_connections(1)
        with a_bot(slack, answering, ping_interval=1):
            slack.say(OFFICER, DM, "hello").wait_acked()
            assert len(slack.calls_to("apps.connections.open")) >= 2

    def test_an_event_nobody_acknowledged_is_sent_again(self, slack: SlackServer) -> None:
        attempts: list[Any] = []

        def furnish(app: App) -> None:
            @app.middleware
            def refuse_twice(body: dict[str, Any], request: Any, next: Callable[[], None]) -> None:
                attempts.append(request.headers.get("x-slack-retry-num"))
                if len(attempts) < 3:
                    raise RuntimeError("the inbox is locked")
                next()

            app.event("message")(lambda: None)

        slack.redeliver_unacked(after=0.2)
        with a_bot(slack, furnish):
            slack.say(OFFICER, DM, "hello")
            slack.wait_for(lambda: any(e.acked_at for e in slack.socket_mode.envelopes.values()))
        assert attempts == [["0"], ["1"], ["2"]]

    def test_an_event_whose_connection_died_before_it_was_acknowledged_is_sent_again(self, slack: SlackServer) -> None:
        attempts: list[str] = []

        def furnish(app: App) -> None:
            @app.middleware
            def hold_the_first(request: Any, next: Callable[[], None]) -> None:
                attempts.append(request.headers["x-slack-retry-num"][0])
                if attempts == ["0"]:
                    slack.drop_connections("reset")
                    raise RuntimeError("gone")
                next()

            app.event("message")(lambda: None)

        slack.redeliver_unacked(after=60)
        with a_bot(slack, furnish):
            slack.say(OFFICER, DM, "hello")
            slack.wait_for(lambda: any(e.acked_at for e in slack.socket_mode.envelopes.values()), timeout=15)
        assert attempts == ["0", "1"]

    def test_a_command_that_finds_no_bot_is_dropped(self, slack: SlackServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket_mode, "PATIENCE", 0.1)
        lost = slack.slash("/recording", "x", OFFICER, DM).envelopes[0]
        slack.wait_for(lambda: lost.lost)
        with a_bot(slack, answering):
            slack.say(OFFICER, DM, "and an event waits").wait_acked()
        assert lost.sent_at is None

    def test_events_are_shared_out_over_the_connections(self, slack: SlackServer) -> None:
        with a_bot(slack, answering), a_bot(slack, answering):
            slack.wait_connected(2)
            asked = [slack.say(OFFICER, DM, str(n)).wait_acked() for n in range(4)]
        used = {envelope.connection for delivery in asked for envelope in delivery.envelopes}
        assert len(used) == 2
        assert slack.num_connections == 0

    def test_frames_that_slack_would_never_send_can_be_sent(self, slack: SlackServer) -> None:
        with a_bot(slack, answering):
            for frame in ("{", "[]", "null", '{"type":"events_api"}', '{"type":"x","envelope_id":"e","payload":null}'):
                slack.send_raw(frame)
            slack.say(OFFICER, DM, "still well?").wait_acked()

    def test_the_bot_is_told_of_its_own_messages_only_when_asked_for(
        self, client: WebClient, slack: SlackServer
    ) -> None:
        client.chat_postMessage(channel=DM, text="mine")
        assert slack.envelopes == []
        with SlackServer(echo=True) as echoing, a_bot(echoing, answering) as app:
            posted = app.client.chat_postMessage(channel=DM, text="mine")
            app.client.chat_update(channel=DM, ts=posted["ts"], text="changed")
            first, second = echoing.envelopes
            echoing.wait_for(lambda: first.acked_at and second.acked_at)
        assert (first.payload["event"]["bot_id"], second.payload["event"]["subtype"]) == ("B0BOT", "message_changed")

    def test_an_edit_and_a_deletion_are_told(self, slack: SlackServer) -> None:
        said = slack.say(OFFICER, DM, "first")
        edited = slack.edit(said, "second").envelopes[0].payload["event"]
        deleted = slack.delete(said).envelopes[0].payload["event"]
        assert (edited["subtype"], edited["message"]["text"], edited["previous_message"]["text"]) == (
            "message_changed",
            "second",
            "first",
        )
        assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)

    def test_somebody_from_another_force_in_a_shared_channel_is_marked(self, slack: SlackServer) -> None:
        slack.add_channel("C0SHARED", is_ext_shared=True)
        slack.add_user("U0ELSEWHERE", team_id="T0ELSEWHERE", is_stranger=True, in_channels=("C0SHARED",))
        payload = slack.mention("U0ELSEWHERE", "C0SHARED", "hello").envelopes[0].payload
        assert payload["is_ext_shared_channel"] is True
        assert payload["event"]["user_team"] == "T0ELSEWHERE"


class TestCommandsButtonsAndForms:
    def test_a_command_is_answered_by_its_acknowledgement_and_by_its_response_url(self, slack: SlackServer) -> None:
        def furnish(app: App) -> None:
            @app.command("/recording")
            def answer(ack: Any, respond: Any, command: dict[str, Any]) -> None:
                ack("Looking...")
                respond(text=f"*{command['text']}*", replace_original=True)

        with a_bot(slack, furnish):
            given = slack.slash("/recording", "c5 time limit", OFFICER, ENQUIRIES).wait_acked()
            slack.wait_for(lambda: [m.text for m in slack.ephemerals(OFFICER)] == ["*c5 time limit*"])
        assert given.response == {"text": "Looking..."}
        assert slack.messages(ENQUIRIES) == []
        assert slack.problems == []

    def test_a_response_url_serves_five_times(self, slack: SlackServer) -> None:
        hook: Any = WebhookClient(slack.slash("/recording", "x", OFFICER, DM).response_url)
        assert hook.send(text="in the open", response_type="in_channel").status_code == 200
        assert hook.send_dict({"blocks": [section("x" * 3_001)]}).status_code == 400
        assert [hook.send(text="x").status_code for _ in range(5)] == [200, 200, 200, 200, 404]
        assert [m.text for m in slack.messages(DM)] == ["in the open"]

    def test_a_button_opens_a_modal_and_its_form_is_corrected_and_taken(self, slack: SlackServer) -> None:
        taken: list[dict[str, Any]] = []

        def furnish(app: App) -> None:
            @app.action("add")
            def open_form(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
                ack()
                client.views_open(
                    trigger_id=body["trigger_id"], view=a_modal(private_metadata=body["actions"][0]["value"])
                )

            @app.view("add_edition")
            def take(ack: Any, view: dict[str, Any]) -> None:
                values = view["state"]["values"]
                if not values["effective"]["effective"]["selected_date"]:
                    ack(response_action="errors", errors={"effective": "Say from when."})
                    return
                ack()
                taken.append(values)

        with a_bot(slack, furnish) as app:
            app.client.chat_postMessage(channel=DM, text="x", blocks=[actions(button("add", "Add", value="e1"))])
            (message,) = slack.messages(DM)
            with pytest.raises(AssertionError, match="nothing to press"):
                slack.press(OFFICER, message, "remove")
            slack.press(OFFICER, message, "add").wait_acked()
            form = slack.wait_for_modal(OFFICER)
            assert form.private_metadata == "e1"
            with pytest.raises(AssertionError, match=r"'Title' .* is required"):
                slack.submit(form)
            slack.submit(form, {"title": "Crime recording rules"}).wait_acked()
            assert form.errors == {"effective": "Say from when."}
            slack.submit(form, {"Title": "Crime recording rules", "effective": "2026-04-01"}).wait_acked()
            slack.wait_for(lambda: bool(taken))
        assert taken[0]["title"]["title"]["value"] == "Crime recording rules"
        assert slack.modal(OFFICER) is None
        assert slack.problems == []

    def test_a_press_answers_through_its_response_url_and_a_menu_gives_its_choice(self, slack: SlackServer) -> None:
        menu = {
            "type": "static_select",
            "action_id": "edition",
            "options": [{"text": {"type": "plain_text", "text": f"April {y}"}, "value": str(y)} for y in (2013, 2026)],
        }
        chosen: list[str] = []

        def furnish(app: App) -> None:
            @app.action("edition")
            def choose(ack: Any, respond: Any, action: dict[str, Any]) -> None:
                ack()
                chosen.append(action["selected_option"]["value"])
                respond(text="Changed.", replace_original=True)

        with a_bot(slack, furnish) as app:
            app.client.chat_postEphemeral(
                channel=DM, user=OFFICER, text="Which?", blocks=[section("Which?", accessory=menu)]
            )
            (message,) = slack.ephemerals(OFFICER)
            pressed = slack.press(OFFICER, message, "edition", "April 2013").wait_acked()
            slack.wait_for(lambda: message.text == "Changed.")
        assert chosen == ["2013"]
        assert "message" not in pressed.envelopes[0].payload, "Slack does not send an ephemeral message along"

    def test_feedback_buttons_are_pressed_by_value(self, slack: SlackServer, client: WebClient) -> None:
        rate = {
            "type": "feedback_buttons",
            "action_id": "rate",
            "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "good"},
            "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "bad"},
        }
        client.chat_postMessage(channel=DM, text="x", blocks=[{"type": "context_actions", "elements": [rate]}])
        (message,) = slack.messages(DM)
        assert slack.visible_text(message) == "[Good] [Bad]"
        action = slack.press(OFFICER, message, "rate", "bad").envelopes[0].payload["actions"][0]
        assert (action["type"], action["value"]) == ("feedback_buttons", "bad")

    def test_a_form_may_be_updated_pushed_on_and_closed(self, slack: SlackServer) -> None:
        closed: list[str] = []

        def furnish(app: App) -> None:
            @app.shortcut("check_rules")
            def check(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
                ack()
                client.views_open(trigger_id=body["trigger_id"], view=a_modal("First", notify_on_close=True))

            @app.view("add_edition")
            def push(ack: Any) -> None:
                ack(response_action="push", view=a_modal("Second", callback_id="second", notify_on_close=True))

            @app.view_closed("second")
            def close(ack: Any, view: dict[str, Any]) -> None:
                ack()
                closed.append(view["title"]["text"])

        with a_bot(slack, furnish):
            said = slack.say(OFFICER, ENQUIRIES, "burglary or theft?")
            used = slack.shortcut(OFFICER, "check_rules", said.message).wait_acked()
            assert used.envelopes[0].payload["message"]["text"] == "burglary or theft?"
            slack.submit(slack.wait_for_modal(OFFICER), {"title": "x"}).wait_acked()
            second = slack.wait_for_modal(OFFICER)
            assert second.title == "Second"
            slack.close(second).wait_acked()
            slack.wait_for(lambda: closed == ["Second"])
            below = slack.modal(OFFICER)
            assert below is not None
            assert below.title == "First"

    def test_the_home_tab_is_published_and_seen_on_opening(self, slack: SlackServer) -> None:
        def furnish(app: App) -> None:
            @app.event("app_home_opened")
            def publish(client: WebClient, event: dict[str, Any]) -> None:
                if event["tab"] == "home":
                    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section("Welcome.")]})

        with a_bot(slack, furnish):
            slack.open_home(OFFICER).wait_acked()
            home = slack.wait_for(lambda: slack.home(OFFICER))
            assert home is not None
            assert slack.visible_text(home) == "Welcome."
            again = slack.open_home(OFFICER).wait_acked().envelopes[0].payload["event"]
            assert again["view"]["id"] == home.id
            assert slack.open_home(OFFICER, tab="messages").envelopes[0].payload["event"]["tab"] == "messages"

    def test_a_form_acknowledged_too_late_counts_as_failed(
        self, slack: SlackServer, client: WebClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(interactions, "PATIENCE", 0.0)
        with a_bot(slack, lambda app: app.view("add_edition")(lambda ack: ack())):
            client.views_open(trigger_id=slack.workspace.new_trigger(OFFICER), view=a_modal())
            slack.submit(slack.wait_for_modal(OFFICER), {"title": "x"}).wait_acked()
        assert slack.modal(OFFICER) is not None
        assert "the person was told it failed" in slack.problems[0]


class TestHttpMode:
    def test_the_same_acts_reach_a_bot_in_http_mode_signed(self, slack: SlackServer) -> None:
        app = App(client=a_client(slack), signing_secret=slack.signing_secret)
        answering(app)
        app.command("/recording")(lambda ack: ack("Looking..."))
        with served(app) as url:
            slack.deliver_over_http(url)
            asked = slack.say(OFFICER, DM, "over http").wait_acked()
            slack.wait_for(lambda: slack.messages(DM, thread_ts=asked.ts))
            slack.slash("/recording", "x", OFFICER, DM).wait_acked()
            assert [m.text for m in slack.ephemerals(OFFICER)] == ["Looking..."]
            event = asked.envelopes[0].payload
            assert signed_request(url, event, slack.signing_secret).status == 200
            assert signed_request(url, event, "another secret").status == 401
            assert signed_request(url, event, slack.signing_secret, timestamp=time.time() - 400).status in (401, 500)
            assert signed_request(url, event, slack.signing_secret, signature="v0=00").status == 401


def answering(app: App) -> None:
    """Answer every question in its thread with its own words."""

    @app.event("message")
    def answer_message(event: dict[str, Any], client: WebClient) -> None:
        reply(event, client)

    @app.event("app_mention")
    def answer_mention(event: dict[str, Any], client: WebClient) -> None:
        reply(event, client)

    def reply(event: dict[str, Any], client: WebClient) -> None:
        client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text=f"You asked: {event['text']}")


def read(url: str, token: str, allow: int = 200) -> bytes:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as answer:
        if answer.code != allow:
            raise
        return answer.read()


@contextmanager
def served(app: App) -> Iterator[str]:
    """Bolt's own development HTTP server, on loopback, for as long as the test lasts."""
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    from slack_bolt.request import BoltRequest

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = app.dispatch(BoltRequest(body=body, headers=dict(self.headers.items())))
            self.send_response(answer.status)
            for name, values in answer.headers.items():
                self.send_header(name, values[0])
            self.end_headers()
            self.wfile.write((answer.body or "").encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/slack/events"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
