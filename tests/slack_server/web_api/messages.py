"""chat.postMessage, update, delete, postEphemeral and getPermalink."""

from __future__ import annotations

import re
from typing import Any

from .. import limits
from ..block_kit import blocks_problems, character_count
from ..refused import Refused, refused_for
from ..state import Channel, Json, Message
from ..workspace import APP, BOT_ID, BOT_USER, TEAM, Workspace
from .arguments import Arguments
from .registry import method


def check_blocks(blocks: Any) -> list[Json]:
    """Blocks that Slack would show in a message, with an id on each. Refuses the others."""
    problems = blocks_problems(blocks, most=limits.MESSAGE_BLOCKS, in_view=False)
    if problems:
        raise refused_for("invalid_blocks", problems)
    if character_count(blocks) > limits.MESSAGE_BLOCK_CHARACTERS:
        raise Refused("msg_blocks_too_long")
    return with_ids(blocks)


def with_ids(blocks: list[Json]) -> list[Json]:
    """Slack gives an id to each block and interactive element that came without."""
    named = []
    for number, block in enumerate(blocks):
        block = {"block_id": f"b{number}", **block}
        if isinstance(block.get("elements"), list) and block["type"] in ("actions", "context_actions"):
            block["elements"] = [{"action_id": f"a{n}", **element} for n, element in enumerate(block["elements"])]
        for key in ("accessory", "element"):
            if isinstance(block.get(key), dict):
                block[key] = {"action_id": "a0", **block[key]}
        named.append(block)
    return named


def content(arguments: Arguments) -> tuple[str, list[Json], list[Json]]:
    """Text, blocks and attachments. Refuses what is too long, and nothing at all."""
    text, markdown = arguments.text("text"), arguments.text("markdown_text")
    blocks = check_blocks(arguments["blocks"]) if arguments.get("blocks") else []
    attachments = arguments.get("attachments") or []
    if markdown and (text or blocks):
        raise Refused("markdown_text_conflict")
    if len(markdown) > limits.MARKDOWN_TEXT or len(text) > limits.MESSAGE_TEXT:
        raise Refused("msg_too_long")
    if len(attachments) > limits.MESSAGE_ATTACHMENTS:
        raise Refused("too_many_attachments")
    if not (text.strip() or markdown.strip() or blocks or attachments):
        raise Refused("no_text")
    if markdown:
        return markdown, [{"type": "markdown", "text": markdown, "block_id": "b0"}], attachments
    return text, blocks, attachments


def thread(workspace: Workspace, channel: Channel, thread_ts: Any) -> str | None:
    """The thread to post in. Refuses one that is not there, as after its first message was deleted (bolt-js#2307)."""
    if thread_ts in (None, ""):
        return None
    if not isinstance(thread_ts, str) or not re.fullmatch(r"\d+\.\d+", thread_ts):
        raise refused_for("invalid_thread_ts", [f"{thread_ts} is not a valid thread_ts"])
    parent = workspace.message(channel.id, thread_ts)
    if parent is None:
        raise Refused("thread_not_found")
    return parent.thread_ts or parent.ts


def own_message(workspace: Workspace, arguments: Arguments, otherwise: str) -> Message:
    """A message that the bot itself posted."""
    channel = workspace.channel(arguments.needed("channel", "channel_not_found"))
    message = workspace.message(channel.id, arguments.needed("ts", "message_not_found"))
    if message is None:
        raise Refused("message_not_found")
    if message.user != BOT_USER:
        raise Refused(otherwise)
    return message


@method("chat.postMessage", "chat:write", tier=60)
def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channel_to_post_in(arguments.needed("channel", "channel_not_found"))
    text, blocks, attachments = content(arguments)
    message = Message(channel.id, workspace.new_ts(), BOT_USER, text, blocks, attachments, bot_id=BOT_ID)
    message.thread_ts = thread(workspace, channel, arguments.get("thread_ts"))
    message.metadata, message.arguments = arguments.get("metadata"), dict(arguments)
    workspace.post(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.json(APP, TEAM)}


@method("chat.update", "chat:write", tier=50)
def update(workspace: Workspace, arguments: Arguments) -> Json:
    message = own_message(workspace, arguments, "cant_update_message")
    if workspace.channels[message.channel].is_archived:
        raise Refused("is_inactive")
    if message.streaming:
        raise Refused("streaming_state_conflict")
    text, blocks, attachments = content(arguments)
    # docs, chat.update: text without blocks removes the blocks; blocks without text keeps the text.
    message.replace(text or message.text, blocks)
    message.stream = []
    if "attachments" in arguments:
        message.attachments = attachments
    message.edited = not blocks
    workspace.on_change("changed", message)
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": message.json(APP, TEAM)}


@method("chat.delete", "chat:write", tier=50)
def delete(workspace: Workspace, arguments: Arguments) -> Json:
    message = own_message(workspace, arguments, "cant_delete_message")
    message.deleted = True
    workspace.on_change("deleted", message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.postEphemeral", "chat:write", tier=100)
def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channel_to_post_in(arguments.needed("channel", "channel_not_found"))
    user = arguments.needed("user", "user_not_in_channel")
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    text, blocks, attachments = content(arguments)
    message = Message(channel.id, workspace.new_ts(), BOT_USER, text, blocks, attachments, bot_id=BOT_ID)
    message.thread_ts, message.only_for = arguments.get("thread_ts") or None, user
    message.arguments = dict(arguments)
    workspace.post(message)
    return {"message_ts": message.ts}


@method("chat.getPermalink", tier=100)
def get_permalink(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channel(arguments.needed("channel", "channel_not_found"))
    ts = arguments.needed("message_ts", "message_not_found")
    if workspace.message(channel.id, ts) is None:
        raise Refused("message_not_found")
    link = f"https://force.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}
