"""reactions.add and reactions.remove."""

from __future__ import annotations

from ..refused import Refused
from ..state import Json
from ..workspace import BOT_USER, Workspace
from .arguments import Arguments
from .registry import method


@method("reactions.add", "reactions:write")
def add_reaction(workspace: Workspace, arguments: Arguments) -> Json:
    users = _reactions(workspace, arguments)
    if BOT_USER in users:
        raise Refused("already_reacted")
    users.append(BOT_USER)
    return {}


@method("reactions.remove", "reactions:write", tier=20)
def remove_reaction(workspace: Workspace, arguments: Arguments) -> Json:
    users = _reactions(workspace, arguments)
    if BOT_USER not in users:
        raise Refused("no_reaction")
    users.remove(BOT_USER)
    return {}


def _reactions(workspace: Workspace, arguments: Arguments) -> list[str]:
    name = arguments.needed("name", "invalid_name").strip(":")
    channel = workspace.channel(arguments.needed("channel", "channel_not_found"))
    message = workspace.message(channel.id, arguments.needed("timestamp", "bad_timestamp"))
    if message is None:
        raise Refused("message_not_found")
    return message.reactions.setdefault(name, [])
