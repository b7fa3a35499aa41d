"""What a person puts into elements: finding the element, and the fields Slack sends for the value given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import limits
from .state import Json, Message, View
from .visible_text import visible_text

SINGLE = {"users_select": "selected_user", "conversations_select": "selected_conversation",
          "channels_select": "selected_channel", "datepicker": "selected_date", "timepicker": "selected_time",
          "datetimepicker": "selected_date_time"}  # fmt: skip
MANY = {"multi_users_select": "selected_users", "multi_conversations_select": "selected_conversations",
        "multi_channels_select": "selected_channels"}  # fmt: skip
ONE_OPTION = {"static_select", "external_select", "radio_buttons", "overflow"}
MANY_OPTIONS = {"multi_static_select", "multi_external_select", "checkboxes"}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element a person can use, with its block."""
    for block in blocks:
        found = list(block.get("elements") or []) if block["type"] in ("actions", "context_actions") else []
        found += [block[key] for key in ("accessory", "element") if isinstance(block.get(key), dict)]
        for element in found:
            yield block, element
        yield from elements(block.get("child_blocks") or [])


def find(shown: Message | View, action_id: str, value: Any = None, block_id: str | None = None) -> tuple[Json, Json]:
    """The element a person would use. Fails with what can be seen when there is none."""
    candidates = [
        (block, element)
        for block, element in elements(shown.blocks)
        if element.get("action_id") == action_id and block_id in (None, block.get("block_id"))
    ]
    if value is not None:
        exact = [(b, e) for b, e in candidates if e["type"] != "button" or e.get("value", "") == value]
        candidates = exact
    if not candidates:
        offered = sorted({str((e.get("action_id"), e.get("value"))) for _, e in elements(shown.blocks)})
        raise AssertionError(
            f"There is nothing to press with action_id {action_id!r} and value {value!r}. "
            f"Offered: {', '.join(offered) or 'nothing'}. Shown:\n{visible_text(shown)}"
        )
    return candidates[0]


def given(element: Json, value: Any) -> Json:
    """The fields that carry a value, as `state.values` and `actions` have them."""
    kind = element["type"]
    if kind == "button":
        return {"value": element.get("value", "")} if "value" in element else {}
    if kind == "feedback_buttons":
        sides = [element["positive_button"], element["negative_button"]]
        side = next((s for s in sides if value in (s.get("value"), s["text"]["text"])), None)
        assert side is not None, f"{value!r} is neither of the feedback buttons"
        return {"value": side["value"], "text": side["text"]}
    if kind in ONE_OPTION:
        return {"selected_option": None if value is None else _option(element, value)}
    if kind in MANY_OPTIONS:
        return {"selected_options": [_option(element, one) for one in value or []]}
    if kind in SINGLE:
        return {SINGLE[kind]: value}
    if kind in MANY:
        return {MANY[kind]: list(value or [])}
    if kind == "file_input":
        return {"files": list(value or [])}
    if kind == "rich_text_input":
        return {"rich_text_value": value}
    return {"value": value}


def initial(element: Json) -> Any:
    """The value an element starts with, in the form that `given` takes."""
    if element.get("initial_option"):
        return element["initial_option"]["value"]
    if element.get("initial_options"):
        return [option["value"] for option in element["initial_options"]]
    keys = ("initial_value", "initial_date", "initial_time", "initial_user", "initial_users", "initial_channel",
            "initial_conversation", "initial_date_time")  # fmt: skip
    return next((element[key] for key in keys if key in element), None)


def fill(view: View, values: Json) -> Json:
    """`state.values` for a submission. Keys are block ids, action ids or labels. Fails where Slack's client would."""
    state: Json = {block: dict(fields) for block, fields in view.state.items()}
    left = dict(values)
    for block, element in elements(view.blocks):
        if block["type"] != "input":
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        label = block["label"]["text"]
        names = [name for name in (block_id, action_id, label) if name in left]
        value = left.pop(names[0]) if names else initial(element)
        if isinstance(value, dict) and set(value) == {action_id}:
            value = value[action_id]
        if value in (None, "", []) and not block.get("optional"):
            raise AssertionError(f"Slack would not submit the form: {label!r} ({block_id}) is required")
        most, least = element.get("max_length"), element.get("min_length")
        if isinstance(value, str) and ((most and len(value) > most) or (least and len(value) < least)):
            raise AssertionError(f"Slack would not submit the form: {label!r} takes {least or 0} to {most} characters")
        if element["type"] == "file_input":
            _check_files(element, value or [], label)
        state.setdefault(block_id, {})[action_id] = {"type": element["type"], **given(element, value or None)}
    assert not left, f"The form has no such inputs: {sorted(left)}. Shown:\n{visible_text(view)}"
    return state


def _check_files(element: Json, files: list[Json], label: str) -> None:
    """Slack's client takes no more files, no larger ones and no others than the form asks for."""
    kinds, most = element.get("filetypes"), element.get("max_files", limits.FILES_OF_AN_INPUT)
    for file in files:
        fits = not kinds or file["name"].rpartition(".")[2].lower() in kinds
        if not fits or int(file.get("size") or 0) > limits.FILE_OF_AN_INPUT_BYTES or len(files) > most:
            raise AssertionError(f"Slack would not take {file['name']} in {label!r}")


def _option(element: Json, value: Any) -> Json:
    options = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        options += group.get("options") or []
    for option in options:
        if value in (option.get("value"), option["text"]["text"]):
            return {"text": option["text"], "value": option["value"]}
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": str(value)}, "value": str(value)}
    raise AssertionError(f"{value!r} is not offered; these are: {[o.get('value') for o in options]}")
