"""What administrators do with editions and builds in Slack. Who may is asked of Slack at every press."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.home import Home
from bot.load_cards import LoadCards
from bot.loaded_builds import LoadedBuilds
from bot.loads import Loads, Stage
from bot.once import Once
from bot.open_modal import open_modal
from bot.presses import Press
from bot.publishing import NeedsReason, speaks_against
from bot.recalling import Recalling
from bot.registrars import Registrars
from bot.rendering import phrases
from bot.rendering.comparison_blocks import TURN, comparison_modal
from bot.rendering.edition_modal import REASON, edition_modal, reason_modal
from bot.rendering.load_card import ADD, AGAIN, COMPARE, KEEP, PUBLISH, ROLL_BACK, TELL
from bot.rendering.passage_modal import notice_modal
from bot.settings import Settings
from bot.slack_calls import Calls, Refused, Unavailable
from bot.whispers import Whispers
from ingest.add_to_published import published_editions
from knowledge.errors import DeskError

_ONCE = (PUBLISH, KEEP, ROLL_BACK, TELL, AGAIN)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class EditionsDesk:
    """Every act is checked anew when it is done: of two at once one is done and the other told so."""

    client: WebClient
    calls: Calls
    loads: Loads
    builds: LoadedBuilds
    cards: LoadCards
    registrars: Registrars
    whispers: Whispers
    home: Home
    once: Once
    settings: Settings

    def press(self, press: Press) -> None:
        """Do what a button of a card, of the Home tab or of the comparison says."""
        act, _, _ = press.action.partition(":")
        try:
            if not self.registrars.may(press.user, act, build="" if act == AGAIN else _build_of(press.value)):
                self._say(press, phrases.REGISTRARS_ONLY)
                return
            if act in _ONCE and not self.once.first(f"{act}:{press.id}"[:128]):
                return  # the same press, delivered again
            words = self._acts()[act](press)
        except DeskError as fault:
            words = str(fault)
        except (OSError, Refused, Unavailable) as fault:
            log.error("press_failed", where=act, fault=type(fault).__name__, code=getattr(fault, "code", None))
            words = phrases.NOT_DONE
        if words:
            self._say(press, words)
        if press.view.get("type") == "home" and act in (PUBLISH, ROLL_BACK):
            self.home.publish(press.team, press.user)

    def reasoned(self, user: str, view_id: str, build: str, values: Mapping[str, Any]) -> None:
        """Publish as a submitted form says, and show in its place, where it stands open and waits, what came of it."""
        if not self.once.first(f"reason:{view_id}"):
            return  # the same form, delivered again
        words = self._with_reason(user, build, str((values.get(REASON) or {}).get(REASON, {}).get("value") or ""))
        try:
            self.calls.again(lambda: self.client.views_update(view_id=view_id, view=notice_modal(words)))
        except (Refused, Unavailable) as fault:  # closed meanwhile; the card shows what came of it
            log.info("whisper_failed", fault=type(fault).__name__, code=getattr(fault, "code", None))

    def _with_reason(self, user: str, build: str, reason: str) -> str:
        if not self.registrars.may(user, PUBLISH, build=build):
            return phrases.REGISTRARS_ONLY
        try:
            self.builds.check_base(build)
            return self.builds.publish(user, build, reason)
        except DeskError as fault:
            return str(fault)

    def _acts(self) -> Mapping[str, Callable[[Press], str]]:
        return {
            ADD: self._open_form,
            PUBLISH: self._publish,
            KEEP: self._keep,
            COMPARE: self._compare,
            TURN: self._compare,
            ROLL_BACK: lambda press: self.builds.roll_back(press.user, press.value),
            TELL: self._tell,
            AGAIN: self._again,
        }

    def _open_form(self, press: Press) -> str:
        self._open(press, edition_modal(published_editions(self.settings.home)))
        return ""

    def _publish(self, press: Press) -> str:
        self.builds.check_base(press.value)
        because = speaks_against(self.settings.home, press.value)
        if because:
            self._open(press, reason_modal(press.value, because))
            return ""
        try:
            return self.builds.publish(press.user, press.value)
        except NeedsReason as fault:
            self._open(press, reason_modal(press.value, fault.because))
            return ""

    def _keep(self, press: Press) -> str:
        load = self.loads.of_build(press.value)
        if load is None or not self.loads.advance(
            load.id, Stage.READY, to=Stage.KEPT, told={**load.told, "kept_by": press.user}, shown=""
        ):
            return phrases.LOAD_SETTLED if load is None or load.stage is not Stage.KEPT else ""
        self.registrars.note(press.user, "draft_kept", build=press.value, draft=load.draft)
        self.builds.refresh(press.value)
        return ""

    def _compare(self, press: Press) -> str:
        before, after, page = (*press.value.split("|"), "", "")[:3]
        shown = press.view.get("id") if press.view.get("type") == "modal" else None
        if shown is None:
            shown = self._open(press, notice_modal(phrases.COMPARING, title="What would change"))
        try:
            view = comparison_modal(self.cards.comparisons.of(before, after), int(page) if page.isdigit() else 0)
        except DeskError as fault:
            view = notice_modal(str(fault))
        if shown:
            self.calls.again(lambda: self.client.views_update(view_id=shown, view=view))
        return ""

    def _tell(self, press: Press) -> str:
        load = self.loads.of_build(press.value)
        if load is None or load.stage is not Stage.PUBLISHED:
            return phrases.LOAD_SETTLED
        recalling = Recalling(self.client, self.calls, self.once, press.value)
        told = sum(recalling.tell(one) for one in self.cards.recalled(load))
        if told:
            self.registrars.note(press.user, "askers_told", build=press.value, recalled=told)
            latest = self.loads.find(load.id) or load
            count = int(latest.told.get("recalled") or 0) + told
            self.loads.advance(load.id, Stage.PUBLISHED, told={**latest.told, "recalled": count}, shown="")
        self.builds.refresh(press.value)
        return "" if told else phrases.NOBODY_TOLD

    def _again(self, press: Press) -> str:
        load = self.loads.find(press.value)
        if load is None or not self.loads.advance(load.id, Stage.ABANDONED, to=Stage.WAITING):
            return phrases.LOAD_SETTLED
        return ""

    def _open(self, press: Press, view: View) -> str:
        return open_modal(self.client, self.calls, press, view)

    def _say(self, press: Press, words: str) -> None:
        """Below the message it was pressed on; for the Home tab, where nothing can be said, in a notice."""
        if press.message_ts:
            self.whispers.say(press, words)
            return
        try:
            self._open(press, notice_modal(words))
        except (Refused, Unavailable) as fault:
            log.info("whisper_failed", fault=type(fault).__name__, code=getattr(fault, "code", None))


def _build_of(value: str) -> str:
    """The build that a button is about, as far as it names one."""
    name = value.split("|")[-2] if value.count("|") >= 2 else value
    return name if name.replace("-", "").isalnum() else ""
