"""What a person would read in a message or a view: marks of formatting kept, links and mentions resolved.

Also what would happen to them: `mentions` finds the control sequences that notify or link, which is how a test sees
that text the bot only meant to quote has become live.
"""

from __future__ import annotations

import re
from typing import Any

from .state import Json, Message, View

_SEQUENCE = re.compile(r"<([^<>]+)>")


def visible_text(shown: Message | View | Json) -> str:
    """The words, block by block. A message's top-level text is read only when it has no blocks."""
    if isinstance(shown, View):
        source: Json = shown.source
        parts = [_node(source.get("title")), *(_node(block) for block in source["blocks"])]
        parts += [f"! {words}" for words in shown.errors.values()]
        return "\n".join(part for part in parts if part)
    if isinstance(shown, Message):
        shown = {"text": shown.text, "blocks": shown.blocks, "attachments": shown.attachments, "stream": shown.stream}
    parts = [_node(chunk) for chunk in shown.get("stream") or []]
    streamed = "".join(parts)
    parts = [streamed] if streamed else []
    parts += [_node(block) for block in shown.get("blocks") or []]
    if not parts:
        parts = [_mrkdwn(shown.get("text") or "")]
    for attachment in shown.get("attachments") or []:
        parts += [_node(block) for block in attachment.get("blocks") or []]
        parts.append(_mrkdwn(attachment.get("text") or ""))
    return "\n".join(part for part in parts if part)


def mentions(shown: Message | View | Json) -> list[str]:
    """Every live `<...>` sequence: `!channel`, `@U0OFFICER`, `https://host/path|label`. Plain text has none."""
    found: list[str] = []
    if isinstance(shown, Message) and not shown.blocks:
        found += _SEQUENCE.findall(shown.text)
    blocks = shown.blocks if isinstance(shown, Message | View) else shown.get("blocks") or []
    _live(blocks, found)
    if isinstance(shown, Message):
        _live(shown.stream, found)
    return found


def _live(node: Any, found: list[str]) -> None:
    if isinstance(node, list):
        for item in node:
            _live(item, found)
    elif isinstance(node, dict):
        if node.get("type") in ("mrkdwn", "markdown", "markdown_text") and isinstance(node.get("text"), str):
            found += _SEQUENCE.findall(node["text"])
            found += re.findall(r"\]\(([^)\s]+)\)", node["text"]) if node["type"] != "mrkdwn" else []
        elif node.get("type") in ("link", "user", "usergroup", "channel", "broadcast"):
            keys = ("url", "user_id", "usergroup_id", "channel_id", "range")
            found += [str(node[key]) for key in keys if key in node]
        for value in node.values():
            _live(value, found)


def _node(node: Any) -> str:
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return "".join(_node(item) for item in node)
    if not isinstance(node, dict):
        return ""
    kind = node.get("type")
    match kind:
        case "mrkdwn":
            return _mrkdwn(node["text"])
        case "plain_text" | "text" | "markdown" | "markdown_text" | "raw_text":
            return str(node.get("text", ""))
        case "section":
            parts = [_node(node.get("text")), *map(_node, node.get("fields") or []), _node(node.get("accessory"))]
            return "\n".join(part for part in parts if part)
        case "actions" | "context" | "context_actions" | "carousel":
            return " ".join(filter(None, map(_node, node.get("elements") or [])))
        case "button" | "workflow_button":
            return f"[{_node(node.get('text'))}]"
        case "feedback_buttons":
            return " ".join(
                f"[{_node((node.get(s) or {}).get('text'))}]" for s in ("positive_button", "negative_button")
            )
        case "image":
            return " ".join(filter(None, (_node(node.get("title")), f"({node.get('alt_text', '')})")))
        case "input":
            parts = [_node(node.get("label")), _node(node.get("element")), _node(node.get("hint"))]
            return "\n".join(part for part in parts if part)
        case "rich_text" | "rich_text_list":
            return "\n".join(map(_node, node.get("elements") or []))
        case "link":
            return str(node.get("text") or node.get("url", ""))
        case "user" | "usergroup" | "channel" | "broadcast":
            return "@" + str(next((v for k, v in node.items() if k.endswith("_id") or k == "range"), ""))
        case "emoji":
            return f":{node.get('name')}:"
        case "table":
            return "\n".join(" | ".join(map(_node, row)) for row in node.get("rows") or [])
        case "container":
            return "\n".join([_node(node.get("title")), *map(_node, node.get("child_blocks") or [])])
    words = [node.get(key) for key in ("title", "subtitle", "text", "body", "details", "output")]
    words += [node.get("tasks"), node.get("elements"), [o.get("text") for o in _options(node)], node.get("actions")]
    if isinstance(node.get("blocks"), list):
        words += node["blocks"]
    return "\n".join(filter(None, map(_node, words)))


def _options(node: Json) -> list[Json]:
    grouped = [option for group in node.get("option_groups") or [] for option in group.get("options") or []]
    return list(node.get("options") or []) + grouped


def _mrkdwn(text: str) -> str:
    def read(found: re.Match[str]) -> str:
        target, bar, label = found[1].partition("|")
        if bar:
            return label
        return "@" + target.lstrip("!@") if target[0] in "!@" else target

    text = _SEQUENCE.sub(read, text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
