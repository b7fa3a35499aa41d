"""*Show the page*: a modal at once, its picture when it is drawn."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.open_modal import open_modal
from bot.passages import Passages
from bot.pictures import Pictures
from bot.presses import Press
from bot.records import Kept
from bot.rendering import phrases
from bot.rendering.page_modal import DRAWING, NO_PICTURE, page_modal
from bot.rendering.passage_modal import notice_modal
from bot.slack_calls import Calls, Refused, Unavailable
from knowledge.errors import DeskError

_UNREADY = (0.5, 1.5, 3.0)
"""Seconds to wait for a picture that Slack has just been given and cannot show yet."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Pages:
    """Opens the modal for a press and fills it."""

    passages: Passages
    pictures: Pictures
    client: WebClient
    calls: Calls

    def show(self, press: Press) -> None:
        """Called in a thread that may wait; a trigger is good for three seconds, so the modal comes first."""
        kept = self.passages.kept(press.value)
        view = notice_modal(phrases.GONE) if kept is None else page_modal(kept, (), DRAWING)
        opened = open_modal(self.client, self.calls, press, view)
        if kept is not None and opened:
            self._fill(opened, kept)

    def _fill(self, view_id: str, kept: Kept) -> None:
        try:
            shown = self.pictures.of(kept)
        except (DeskError, OSError, ValueError, Refused, Unavailable) as fault:
            log.warning("page_not_drawn", fault=type(fault).__name__, code=getattr(fault, "code", None))
            shown = []
        if not shown:
            self._update(view_id, page_modal(kept, (), NO_PICTURE))
            return
        for pause in (*_UNREADY, None):
            try:
                self._update(view_id, page_modal(kept, [(one.page, one.file) for one in shown]))
                return
            except Refused as refused:
                if refused.code == "not_found":
                    return  # the modal was closed meanwhile
                log.info("picture_not_shown", code=refused.code)
            if pause is not None:
                time.sleep(pause)
        self.pictures.forget(shown)  # Slack lost it, and the next press uploads it anew
        self._update(view_id, page_modal(kept, (), NO_PICTURE))

    def _update(self, view_id: str, view: View) -> None:
        call: Callable[[], object] = lambda: self.client.views_update(view_id=view_id, view=view)  # noqa: E731
        self.calls.again(call)
