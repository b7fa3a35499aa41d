"""What people do with the bot's forms: send them, close them. Each act returns a Delivery.

What the bot acknowledges a form with is carried out: it closes, changes, gives way to another or shows its errors.
"""

from __future__ import annotations

from typing import Any

from . import forms
from .envelopes import Delivery, Envelope
from .interactions import Interactions
from .payloads import interaction
from .refused import Refused
from .state import Json, View
from .web_api.views import add_view, change_view, check_view, view_json


class Submissions(Interactions):
    """Acts on open modals. Mixed into SlackServer."""

    def submit(self, view: View, values: Json | None = None, **delivery: Any) -> Delivery:
        """Fill in a form and send it. `values` is keyed by block id, action id or label."""
        with self.records.changed:
            assert view.is_open, "The form is closed."
            view.state = forms.fill(view, values or {})
            done = self._begin(view.user, None)
            done.view = view
            payload = interaction(
                "view_submission",
                self.workspace.users[view.user],
                done.trigger_id,
                view=view_json(view),
                response_urls=[],
            )

            def carry_out(envelope: Envelope) -> None:
                if self._in_time(envelope, "a form"):
                    self._after_submission(view, envelope.response or {})

            self.outbox.send(done, "interactive", payload, accepts_response_payload=True, on_ack=carry_out, **delivery)
        return done

    def close(self, view: View, **delivery: Any) -> Delivery:
        """Close a form without sending it. The bot hears of it only when the form asked for that."""
        with self.records.changed:
            done = Delivery(self.records, view=view)
            self._pop(view)
            if view.source.get("notify_on_close"):
                person = self.workspace.users[view.user]
                payload = interaction("view_closed", person, None, view=view_json(view), is_cleared=False)
                self.outbox.send(done, "interactive", payload, **delivery)
        return done

    def _after_submission(self, view: View, response: Json) -> None:
        action = response.get("response_action")
        try:
            match action:
                case "errors":
                    view.errors = response.get("errors") or {}
                    unknown = set(view.errors) - {b.get("block_id") for b in view.blocks if b["type"] == "input"}
                    if unknown or not view.errors:
                        self.problems.append(f"response_action errors names no input block: {sorted(unknown)}")
                case "update":
                    change_view(view, check_view(response.get("view"), "modal"))
                case "push":
                    add_view(self.workspace, view.user, check_view(response.get("view"), "modal"), view)
                case "clear":
                    for view_id in self.workspace.stacks.pop(view.user, []):
                        self.workspace.views[view_id].is_open = False
                case None:
                    self._pop(view)
                case _:
                    self.problems.append(f"unknown response_action {action!r}")
        except Refused as refused:
            self.problems.append(f"the view in response_action {action} was refused: {refused.answer}")

    def _pop(self, view: View) -> None:
        view.is_open = False
        stack = self.workspace.stacks.get(view.user, [])
        if view.id in stack:
            stack.remove(view.id)
