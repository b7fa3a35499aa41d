"""chat.startStream, appendStream and stopStream. Error codes: docs, and slack-ruby/slack-api-ref for each method."""

from __future__ import annotations

from typing import Any

from .. import limits
from ..block_kit import blocks_problems
from ..refused import Refused, refused_for
from ..state import Json, Message
from ..workspace import APP, BOT_ID, BOT_USER, TEAM, Workspace
from .arguments import Arguments
from .messages import check_blocks, own_message, thread
from .registry import method

CHUNKS = {"markdown_text", "task_update", "plan_update", "blocks"}  # sdk, models/messages/chunk.py


@method("chat.startStream", "chat:write", tier=20)
def start_stream(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channel_to_post_in(arguments.needed("channel", "channel_not_found"))
    arguments.needed("thread_ts", "invalid_thread_ts")
    if channel.kind != "im":
        # docs, chat.startStream: both are required when streaming to channels.
        arguments.needed("recipient_user_id", "missing_recipient_user_id")
        arguments.needed("recipient_team_id", "missing_recipient_team_id")
    chunks = _chunks(arguments)
    message = Message(channel.id, workspace.new_ts(), BOT_USER, bot_id=BOT_ID, streaming=True)
    message.thread_ts = thread(workspace, channel, arguments.get("thread_ts"))
    message.arguments = dict(arguments)
    _append(message, chunks)
    workspace.post(message)
    return {"channel": channel.id, "ts": message.ts}


@method("chat.appendStream", "chat:write", tier=100)
def append_stream(workspace: Workspace, arguments: Arguments) -> Json:
    message = _streaming(workspace, arguments)
    chunks = _chunks(arguments)
    if not chunks:
        raise Refused("no_text")
    _append(message, chunks)
    workspace.on_change("streamed", message)
    return {"channel": message.channel, "ts": message.ts}


@method("chat.stopStream", "chat:write", tier=20)
def stop_stream(workspace: Workspace, arguments: Arguments) -> Json:
    message = _streaming(workspace, arguments)
    blocks = check_blocks(arguments["blocks"]) if arguments.get("blocks") else []
    _append(message, _chunks(arguments))
    message.blocks += blocks
    message.metadata = arguments.get("metadata") or message.metadata
    message.streaming = False
    workspace.on_change("changed", message)
    return {"channel": message.channel, "ts": message.ts, "message": message.json(APP, TEAM)}


def _streaming(workspace: Workspace, arguments: Arguments) -> Message:
    message = own_message(workspace, arguments, "message_not_owned_by_app")
    if not message.streaming:
        raise Refused("message_not_in_streaming_state")
    return message


def _chunks(arguments: Arguments) -> list[Json]:
    markdown, chunks = arguments.text("markdown_text"), arguments.get("chunks") or []
    if not isinstance(chunks, list) or any(not _is_chunk(chunk) for chunk in chunks):
        raise Refused("invalid_chunks")
    chunks = ([{"type": "markdown_text", "text": markdown}] if markdown else []) + chunks
    if sum(len(chunk["text"]) for chunk in chunks if chunk["type"] == "markdown_text") > limits.MARKDOWN_TEXT:
        raise Refused("msg_too_long")
    for chunk in chunks:
        if chunk["type"] == "blocks":
            problems = blocks_problems(chunk.get("blocks"), most=limits.MESSAGE_BLOCKS, in_view=False)
            if problems:
                raise refused_for("invalid_blocks", problems)
    return chunks


def _is_chunk(chunk: Any) -> bool:
    if not isinstance(chunk, dict) or chunk.get("type") not in CHUNKS:
        return False
    return chunk["type"] != "markdown_text" or isinstance(chunk.get("text"), str)


def _append(message: Message, chunks: list[Json]) -> None:
    """Add to what is shown. A task or a plan with an id already shown takes its place."""
    for chunk in chunks:
        key = {"task_update": ("task_update", chunk.get("id")), "plan_update": ("plan_update", None)}.get(chunk["type"])
        shown = [(c["type"], c.get("id")) for c in message.stream]
        if key in shown:
            message.stream[shown.index(key)] = chunk
        else:
            message.stream.append(chunk)
    message.text = "".join(c["text"] for c in message.stream if c["type"] == "markdown_text")
