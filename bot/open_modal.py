"""Opens a modal in exchange for what a press brings, which is good once and for three seconds."""

from __future__ import annotations

from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.presses import Press
from bot.slack_calls import Calls, Refused


def open_modal(client: WebClient, calls: Calls, press: Press, view: View) -> str:
    """The id of the view, opened over the modal that was pressed in, if it was one. Raises Refused or Unavailable.

    Empty where the press was delivered again: its modal stands open.
    """
    show = client.views_push if press.view.get("type") == "modal" else client.views_open
    try:
        opened = calls.once(lambda: show(trigger_id=press.trigger, view=view))
    except Refused as refused:
        if refused.code != "exchanged_trigger_id":
            raise
        return ""
    return str(opened["view"]["id"])
