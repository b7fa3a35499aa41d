"""The three steps of files_upload_v2, and files.info. The addresses themselves are served by `http_addresses`."""

from __future__ import annotations

import mimetypes

from ..refused import Refused, refused_for
from ..state import File, Json, Message
from ..workspace import BOT_ID, BOT_USER, Workspace
from .arguments import Arguments
from .messages import thread
from .registry import method


@method("files.getUploadURLExternal", "files:write", tier=100)
def get_upload_url(workspace: Workspace, arguments: Arguments) -> Json:
    name = arguments.needed("filename")
    if int(arguments.needed("length")) <= 0:
        raise refused_for("invalid_arguments", ["length must be more than 0"])
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(workspace.new_id("F"), name, mimetype=kind, user=BOT_USER)
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.base_url}/upload/v1/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write", tier=100)
def complete_upload(workspace: Workspace, arguments: Arguments) -> Json:
    files = []
    for item in arguments.get("files") or []:
        file = workspace.files.get(str(item.get("id")))
        if file is None or file.content is None:
            raise Refused("file_not_found")  # never uploaded: the flow broke off in the middle
        file.title = item.get("title") or file.title
        files.append(file)
    if not files:
        raise refused_for("invalid_arguments", ["missing required field: files"])
    shown = [file.json(workspace.base_url) for file in files]
    wanted = [arguments.text("channel_id"), *arguments.text("channels").split(",")]
    for name in filter(None, wanted):
        channel = workspace.channel_to_post_in(name)
        message = Message(channel.id, workspace.new_ts(), BOT_USER, arguments.text("initial_comment"), bot_id=BOT_ID)
        message.thread_ts = thread(workspace, channel, arguments.get("thread_ts"))
        message.files, message.arguments = shown, dict(arguments)
        for file in files:
            file.channels.append(channel.id)
        workspace.post(message)
    return {"files": [file.json(workspace.base_url) for file in files]}


@method("files.info", "files:read", tier=100)
def files_info(workspace: Workspace, arguments: Arguments) -> Json:
    file = workspace.files.get(arguments.text("file"))
    if file is None:
        raise Refused("file_not_found")
    return {"file": file.json(workspace.base_url), "comments": [], "response_metadata": {"next_cursor": ""}}
