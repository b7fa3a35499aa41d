"""Who and where: auth.test, users, usergroups and conversations; and the address for Socket Mode."""

from __future__ import annotations

import secrets

from ..refused import Refused
from ..state import Json
from ..workspace import APP, BOT_ID, BOT_USER, TEAM, Workspace
from .arguments import Arguments
from .registry import method


@method("auth.test", tier=600)
def auth_test(workspace: Workspace, arguments: Arguments) -> Json:
    return {
        "url": "https://force.slack.com/",
        "team": "Force",
        "user": workspace.users[BOT_USER].name,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "app_id": APP,
        "is_enterprise_install": False,
    }


@method("api.test", token="", tier=100)
def api_test(workspace: Workspace, arguments: Arguments) -> Json:
    if arguments.get("error"):
        raise Refused(arguments.text("error"))
    return {"args": dict(arguments)}


@method("apps.connections.open", token="xapp", tier=1_000)
def open_connection(workspace: Workspace, arguments: Arguments) -> Json:
    address = workspace.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link?ticket={secrets.token_hex(8)}&app_id={APP}"}


@method("users.info", "users:read", tier=100)
def users_info(workspace: Workspace, arguments: Arguments) -> Json:
    user = workspace.users.get(arguments.text("user"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": user.json()}


@method("users.list", "users:read", tier=20)
def users_list(workspace: Workspace, arguments: Arguments) -> Json:
    members = [user.json() for user in workspace.users.values() if not user.is_stranger]
    return {"members": members, "response_metadata": {"next_cursor": ""}}


@method("usergroups.list", "usergroups:read", tier=20)
def usergroups_list(workspace: Workspace, arguments: Arguments) -> Json:
    groups = [
        {"id": group_id, "team_id": TEAM, **{k: v for k, v in group.items() if k != "users"}, "date_delete": 0}
        | ({"users": list(group["users"])} if arguments.flag("include_users") else {})
        for group_id, group in workspace.usergroups.items()
    ]
    return {"usergroups": groups}


@method("usergroups.users.list", "usergroups:read", tier=20)
def usergroups_users_list(workspace: Workspace, arguments: Arguments) -> Json:
    group = workspace.usergroups.get(arguments.text("usergroup"))
    if group is None:
        raise Refused("no_such_subteam")
    return {"users": list(group["users"])}


@method("conversations.info", "conversations:read")
def conversations_info(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channel(arguments.needed("channel", "channel_not_found"))
    return {"channel": channel.json(BOT_USER)}


@method("conversations.open", "im:write")
def conversations_open(workspace: Workspace, arguments: Arguments) -> Json:
    if arguments.get("channel"):
        return {"channel": {"id": workspace.channel(arguments.text("channel")).id}}
    users = arguments.needed("users", "users_list_not_supplied").split(",")
    if len(users) != 1:
        raise Refused("method_not_supported_for_channel_type")  # group conversations: not needed by the desk
    person = workspace.users.get(users[0])
    if person is None:
        raise Refused("user_not_found")
    if person.deleted:
        raise Refused("user_disabled")
    channel = workspace.channel(users[0])
    answer: Json = {"channel": {"id": channel.id}}
    return answer | ({"no_op": True, "already_open": True} if arguments.flag("return_im") else {})


@method("conversations.members", "conversations:read", tier=100)
def conversations_members(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channel(arguments.needed("channel", "channel_not_found"))
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


@method("conversations.replies", "conversations:history")
def conversations_replies(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channel(arguments.needed("channel", "channel_not_found"))
    ts = arguments.needed("ts", "thread_not_found")
    if workspace.message(channel.id, ts) is None:
        raise Refused("thread_not_found")
    shown = [
        message.json(APP, TEAM)
        for message in workspace.messages
        if message.channel == channel.id and ts in (message.ts, message.thread_ts)
        and not message.deleted and not message.only_for
    ]  # fmt: skip
    return {"messages": shown, "has_more": False}


@method("conversations.history", "conversations:history")
def conversations_history(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channel(arguments.needed("channel", "channel_not_found"))
    shown = [
        message.json(APP, TEAM)
        for message in reversed(workspace.messages)
        if message.channel == channel.id and not message.deleted and not message.only_for
        and message.thread_ts in (None, message.ts)
    ]  # fmt: skip
    return {"messages": shown[: int(arguments.get("limit") or 100)], "has_more": False}
