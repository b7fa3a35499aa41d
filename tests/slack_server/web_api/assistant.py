"""assistant.threads.*: what the person sees beside the conversation while the desk works."""

from __future__ import annotations

from .. import limits
from ..refused import Refused, refused_for
from ..state import Json
from ..workspace import Workspace
from .arguments import Arguments
from .registry import method


@method("assistant.threads.setStatus", "chat:write", tier=600)
def set_status(workspace: Workspace, arguments: Arguments) -> Json:
    channel, thread_ts = _thread(workspace, arguments)
    messages = arguments.get("loading_messages") or []
    if len(messages) > limits.LOADING_MESSAGES:
        raise refused_for("invalid_arguments", [f"no more than {limits.LOADING_MESSAGES} items allowed"])
    workspace.statuses.append(
        {
            "channel": channel,
            "thread_ts": thread_ts,
            "at": workspace.new_ts(),
            "status": arguments.text("status"),
            "messages": messages,
        }
    )
    return {}


@method("assistant.threads.setSuggestedPrompts", "assistant:write", tier=100)
def set_suggested_prompts(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channel(arguments.needed("channel_id", "channel_not_found"))
    prompts = arguments.get("prompts")
    if not isinstance(prompts, list) or not prompts:
        raise refused_for("invalid_arguments", ["missing required field: prompts"])
    if len(prompts) > limits.SUGGESTED_PROMPTS:
        raise refused_for("invalid_arguments", [f"no more than {limits.SUGGESTED_PROMPTS} items allowed"])
    if any(not (isinstance(p, dict) and p.get("title") and p.get("message")) for p in prompts):
        raise refused_for("invalid_arguments", ["each prompt needs a title and a message"])
    if workspace.agent_view and arguments.get("thread_ts"):
        return {}  # docs: for an agent app, including thread_ts makes the call silently fail
    workspace.prompts[channel.id] = {"title": arguments.text("title"), "prompts": prompts}
    return {}


@method("assistant.threads.setTitle", "assistant:write", tier=100)
def set_title(workspace: Workspace, arguments: Arguments) -> Json:
    workspace.titles[_thread(workspace, arguments)] = arguments.needed("title")
    return {}


def _thread(workspace: Workspace, arguments: Arguments) -> tuple[str, str]:
    channel = workspace.channel(arguments.needed("channel_id", "channel_not_found"))
    thread_ts = arguments.needed("thread_ts", "invalid_thread_ts")
    if workspace.message(channel.id, thread_ts) is None:
        raise Refused("invalid_thread_ts")
    return channel.id, thread_ts
