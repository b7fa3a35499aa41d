"""What Slack would say about a list of blocks. Returns problems; it neither raises nor mends.

Each problem reads as Slack's do: a sentence and `[json-pointer:/blocks/1/text/text]`. Unknown block types are
problems; unknown keys are not, because Slack's tolerance of them differs from block to block.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import limits
from .elements import element_problems, problem, text_problems

# docs, reference/block-kit/blocks: the "Surfaces" column. A block outside its surface is refused.
MESSAGES_ONLY = {"markdown", "table", "context_actions", "task_card", "plan", "card", "carousel"}
ANYWHERE = {
    "section", "header", "divider", "image", "actions", "context", "input", "rich_text", "video", "alert", "container",
    "call", "file",
}  # fmt: skip


def blocks_problems(blocks: Any, *, at: str = "/blocks", most: int, in_view: bool) -> list[str]:
    """Everything Slack would refuse in these blocks."""
    if not isinstance(blocks, list):
        return [problem("must be an array", at)]
    problems = []
    if len(blocks) > most:
        problems.append(problem(f"no more than {most} items allowed", at))
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        here = f"{at}/{number}"
        if not isinstance(block, dict):
            problems.append(problem("must be an object", here))
            continue
        block_id = block.get("block_id")
        if block_id is not None:
            if not isinstance(block_id, str) or len(block_id) > limits.BLOCK_ID:
                problems.append(problem(f"must be less than {limits.BLOCK_ID + 1} characters", f"{here}/block_id"))
            if block_id in seen:
                problems.append(problem(f"`block_id` {block_id} already exists", f"{here}/block_id"))
            seen.add(str(block_id))
        problems.extend(_block_problems(block, here, in_view=in_view))
    return problems


def character_count(blocks: list[dict[str, Any]]) -> int:
    """The characters Slack counts against the whole message: every piece of text that a block shows."""
    return sum(len(text) for block in blocks for text in _texts(block))


def _block_problems(block: dict[str, Any], at: str, *, in_view: bool) -> Iterator[str]:
    kind = block.get("type")
    if kind not in ANYWHERE | MESSAGES_ONLY or (in_view and kind in MESSAGES_ONLY):
        yield problem(f"unsupported type: {kind}", f"{at}/type")
        return
    match kind:
        case "section":
            yield from _section_problems(block, at)
        case "header":
            yield from text_problems(block.get("text"), f"{at}/text", limits.HEADER_TEXT, only="plain_text")
        case "markdown":
            yield from _markdown_problems(block, at)
        case "image":
            yield from _image_problems(block, at)
        case "actions":
            yield from _elements(block, at, limits.ACTIONS_ELEMENTS)
        case "context_actions":
            yield from _elements(block, at, limits.CONTEXT_ACTIONS_ELEMENTS)
        case "context":
            yield from _elements(block, at, limits.CONTEXT_ELEMENTS)
        case "input":
            yield from text_problems(block.get("label"), f"{at}/label", limits.INPUT_LABEL, only="plain_text")
            if block.get("hint") is not None:
                yield from text_problems(block["hint"], f"{at}/hint", limits.INPUT_LABEL, only="plain_text")
            yield from element_problems(block.get("element"), f"{at}/element")
        case "rich_text":
            if not block.get("elements"):
                yield problem("missing required field: elements", at)
        case "container":
            yield from blocks_problems(
                block.get("child_blocks"), at=f"{at}/child_blocks", most=limits.CONTAINER_BLOCKS, in_view=in_view
            )
        case "alert":
            yield from text_problems(block.get("text"), f"{at}/text", limits.TEXT_OBJECT)


def _section_problems(block: dict[str, Any], at: str) -> Iterator[str]:
    text, fields, accessory = block.get("text"), block.get("fields"), block.get("accessory")
    if text is None and not fields:
        yield problem("must define either `text` or `fields`", at)
    if text is not None:
        yield from text_problems(text, f"{at}/text", limits.SECTION_TEXT)
    for number, field in enumerate(fields or []):
        yield from text_problems(field, f"{at}/fields/{number}", limits.SECTION_FIELD_TEXT)
    if len(fields or []) > limits.SECTION_FIELDS:
        yield problem(f"no more than {limits.SECTION_FIELDS} items allowed", f"{at}/fields")
    if accessory is not None:
        yield from element_problems(accessory, f"{at}/accessory")


def _markdown_problems(block: dict[str, Any], at: str) -> Iterator[str]:
    text = block.get("text")
    if not isinstance(text, str) or not text:
        yield problem("must be more than 0 characters", f"{at}/text")
    elif len(text) > limits.MARKDOWN_BLOCK:
        yield problem(f"must be less than {limits.MARKDOWN_BLOCK + 1} characters", f"{at}/text")


def _image_problems(block: dict[str, Any], at: str) -> Iterator[str]:
    if not block.get("image_url") and not block.get("slack_file"):
        yield problem("must define either `image_url` or `slack_file`", at)
    if len(block.get("image_url") or "") > limits.IMAGE_URL:
        yield problem(f"must be less than {limits.IMAGE_URL + 1} characters", f"{at}/image_url")
    if not isinstance(block.get("alt_text"), str):
        yield problem("missing required field: alt_text", at)
    elif len(block["alt_text"]) > limits.IMAGE_ALT_TEXT:
        yield problem(f"must be less than {limits.IMAGE_ALT_TEXT + 1} characters", f"{at}/alt_text")
    if block.get("title") is not None:
        yield from text_problems(block["title"], f"{at}/title", limits.IMAGE_ALT_TEXT, only="plain_text")


def _elements(block: dict[str, Any], at: str, most: int) -> Iterator[str]:
    elements = block.get("elements")
    if not isinstance(elements, list) or not elements:
        yield problem("must provide at least 1 item", f"{at}/elements")
        return
    if len(elements) > most:
        yield problem(f"no more than {most} items allowed", f"{at}/elements")
    seen: set[str] = set()
    for number, element in enumerate(elements):
        here = f"{at}/elements/{number}"
        if block["type"] == "context" and isinstance(element, dict) and element.get("type") != "image":
            yield from text_problems(element, here, limits.TEXT_OBJECT)
            continue
        yield from element_problems(element, here)
        action_id = element.get("action_id") if isinstance(element, dict) else None
        if action_id in seen:
            yield problem(f"`action_id` {action_id} already exists for block", f"{here}/action_id")
        if action_id:
            seen.add(action_id)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("text", "alt_text") and isinstance(value, str):
                yield value
            elif key not in ("value", "url", "block_id", "action_id"):
                yield from _texts(value)
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item)
