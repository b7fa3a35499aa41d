"""response_url: the address through which a bot answers a command or a press, up to five times in thirty minutes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from . import limits
from .refused import Refused
from .state import Json, Message
from .web_api.arguments import Arguments
from .web_api.messages import content
from .workspace import BOT_ID, BOT_USER, Workspace


@dataclass
class ResponseUrl:
    """What the address was handed out for."""

    user: str
    channel: str
    origin: Message | None = None  # the message that was pressed, or the last one sent through this address
    created: float = field(default_factory=time.monotonic)
    uses: int = 0


def respond(workspace: Workspace, url: ResponseUrl, body: Json) -> Message | None:
    """Do what was posted to the address. Returns what is now shown. Ephemeral unless it says in_channel."""
    if url.uses >= limits.RESPONSE_URL_USES:
        raise Refused("used_url")
    if time.monotonic() - url.created > limits.RESPONSE_URL_SECONDS:
        raise Refused("expired_url")
    arguments = Arguments(body)
    if arguments.flag("delete_original"):
        url.uses += 1
        if url.origin is not None:
            url.origin.deleted = True
            workspace.on_change("deleted", url.origin)
        return None
    text, blocks, attachments = content(arguments)
    url.uses += 1
    if arguments.flag("replace_original") and url.origin is not None and not url.origin.deleted:
        url.origin.replace(text, blocks)
        url.origin.attachments = attachments
        workspace.on_change("changed", url.origin)
        return url.origin
    message = Message(url.channel, workspace.new_ts(), BOT_USER, text, blocks, attachments, bot_id=BOT_ID)
    message.thread_ts = arguments.get("thread_ts") or None
    message.only_for = None if arguments.get("response_type") == "in_channel" else url.user
    message.arguments = dict(body)
    if url.origin is None:
        url.origin = message
    return workspace.post(message)
