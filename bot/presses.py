"""What a press of a button, a choice or a submitted form says: who, where, on which answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Press:
    """One act of one person. `value` is what a button carries, `date` the day picked; `id` survives redelivery.

    `channel`, `message_ts` and `response_url` are empty for a press in a modal or the Home tab; `view` is empty for one
    in a message.
    """

    id: str
    action: str
    value: str
    user: str
    team: str
    channel: str
    message_ts: str
    response_url: str
    trigger: str
    view: Mapping[str, Any]
    date: str = ""

    @property
    def question(self) -> str:
        """The question of the answer it was pressed under: a button carries it, a date picker is named after it."""
        return self.value.partition(":")[0] if not self.date else self.action.rpartition(":")[2]


def read_press(body: Mapping[str, Any]) -> Press | None:
    """The first action of a `block_actions` payload; None where the payload is none."""
    actions = body.get("actions")
    if body.get("type") != "block_actions" or not isinstance(actions, list) or not actions:
        return None
    action = actions[0]
    user, trigger = _part(body, "user").get("id"), body.get("trigger_id")
    if not isinstance(action, Mapping) or not isinstance(user, str) or not isinstance(trigger, str):
        return None
    container = _part(body, "container")
    return Press(
        id=f"press:{action.get('action_ts') or trigger}:{user}",
        action=str(action.get("action_id") or ""),
        value=_value(action),
        user=user,
        team=str(_part(body, "team").get("id") or _part(body, "user").get("team_id") or ""),
        channel=str(_part(body, "channel").get("id") or container.get("channel_id") or ""),
        message_ts=str(container.get("message_ts") or ""),
        response_url=str(body.get("response_url") or ""),
        trigger=trigger,
        view=_part(body, "view"),
        date=str(action.get("selected_date") or ""),
    )


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = body.get(name)
    return part if isinstance(part, Mapping) else {}


def _value(action: Mapping[str, Any]) -> str:
    option = action.get("selected_option")
    if isinstance(option, Mapping):
        return str(option.get("value") or "")
    return str(action.get("value") or "")
