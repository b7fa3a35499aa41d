"""What Slack would say about one text object or one element. Used by `block_kit` and by the check of views."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import limits

SELECTS = {
    f"{how}{what}_select"
    for how in ("", "multi_")
    for what in ("static", "external", "users", "conversations", "channels")
}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
INPUTS = {
    "plain_text_input", "rich_text_input", "email_text_input", "url_text_input", "number_input", "file_input",
}  # fmt: skip
CHOICES = {"checkboxes", "radio_buttons"}
BUTTONS = {"button", "workflow_button", "icon_button", "feedback_buttons"}
KNOWN = SELECTS | PICKERS | INPUTS | CHOICES | BUTTONS | {"overflow", "image"}


def problem(what: str, at: str) -> str:
    """One problem, worded as Slack words it."""
    return f"{what} [json-pointer:{at}]"


def text_problems(text: Any, at: str, most: int, *, only: str | None = None) -> Iterator[str]:
    """Of a text object: its type, and between 1 and `most` characters."""
    if not isinstance(text, dict) or "type" not in text:
        yield problem("must be a valid text object", at)
        return
    if text["type"] not in ("plain_text", "mrkdwn") or (only and text["type"] != only):
        yield problem(f"unsupported type: {text['type']}", f"{at}/type")
    if text["type"] == "mrkdwn" and "emoji" in text:
        yield problem("additional property emoji", at)  # docs, text object: emoji is for plain_text only
    if text["type"] == "plain_text" and "verbatim" in text:
        yield problem("additional property verbatim", at)
    words = text.get("text")
    if not isinstance(words, str) or not words:
        yield problem("must be more than 0 characters", f"{at}/text")
    elif len(words) > most:
        yield problem(f"must be less than {most + 1} characters", f"{at}/text")


def element_problems(element: Any, at: str) -> Iterator[str]:
    """Of one interactive element or picture."""
    if not isinstance(element, dict):
        yield problem("must be an object", at)
        return
    kind = element.get("type")
    if kind not in KNOWN:
        yield problem(f"unsupported type: {kind}", f"{at}/type")
        return
    if len(element.get("action_id") or "") > limits.ACTION_ID:
        yield problem(f"must be less than {limits.ACTION_ID + 1} characters", f"{at}/action_id")
    if element.get("placeholder") is not None:
        yield from text_problems(element["placeholder"], f"{at}/placeholder", limits.PLACEHOLDER, only="plain_text")
    if element.get("confirm") is not None:
        for part, most in limits.CONFIRM.items():
            yield from text_problems(element["confirm"].get(part), f"{at}/confirm/{part}", most)
    if kind == "button":
        yield from _button_problems(element, at)
    elif kind == "feedback_buttons":
        for side in ("positive_button", "negative_button"):
            yield from _button_problems(element.get(side) or {}, f"{at}/{side}")
    elif kind == "image":
        if not element.get("image_url") and not element.get("slack_file"):
            yield problem("must define either `image_url` or `slack_file`", at)
        if not isinstance(element.get("alt_text"), str):
            yield problem("missing required field: alt_text", at)
    elif kind == "file_input":
        yield from _file_input_problems(element, at)
    elif kind in CHOICES or kind == "overflow" or kind in ("static_select", "multi_static_select"):
        yield from _options_problems(element, at)


def _file_input_problems(element: dict[str, Any], at: str) -> Iterator[str]:
    kinds, most = element.get("filetypes"), element.get("max_files", limits.FILES_OF_AN_INPUT)
    if kinds is not None and (not isinstance(kinds, list) or not all(isinstance(kind, str) and kind for kind in kinds)):
        yield problem("must be an array of file extensions", f"{at}/filetypes")
    if not isinstance(most, int) or not 1 <= most <= limits.FILES_OF_AN_INPUT:
        yield problem(f"must be between 1 and {limits.FILES_OF_AN_INPUT}", f"{at}/max_files")


def _button_problems(button: dict[str, Any], at: str) -> Iterator[str]:
    yield from text_problems(button.get("text"), f"{at}/text", limits.BUTTON_TEXT, only="plain_text")
    if len(button.get("value") or "") > limits.BUTTON_VALUE:
        yield problem(f"must be less than {limits.BUTTON_VALUE + 1} characters", f"{at}/value")
    if len(button.get("url") or "") > limits.BUTTON_URL:
        yield problem(f"must be less than {limits.BUTTON_URL + 1} characters", f"{at}/url")
    if button.get("style") not in (None, "primary", "danger"):
        yield problem(f"unknown style: {button['style']}", f"{at}/style")


def _options_problems(element: dict[str, Any], at: str) -> Iterator[str]:
    groups = element.get("option_groups")
    most = limits.SELECT_OPTIONS
    if element["type"] == "overflow":
        most = limits.OVERFLOW_OPTIONS
    elif element["type"] in CHOICES:
        most = limits.CHECKBOX_OPTIONS
    places = [(f"{at}/options", element.get("options"))]
    if groups:
        places = [(f"{at}/option_groups/{n}/options", group.get("options")) for n, group in enumerate(groups)]
    for place, options in places:
        if not options:
            yield problem("must provide at least 1 item", place)
            continue
        if len(options) > most:
            yield problem(f"no more than {most} items allowed", place)
        for number, option in enumerate(options):
            here = f"{place}/{number}"
            only = None if element["type"] in CHOICES else "plain_text"
            yield from text_problems(option.get("text"), f"{here}/text", limits.OPTION_TEXT, only=only)
            if not option.get("value") or len(option["value"]) > limits.OPTION_VALUE:
                yield problem(f"must be between 1 and {limits.OPTION_VALUE} characters", f"{here}/value")
