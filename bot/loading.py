"""Takes each edition that was added in Slack from its form to a build that waits for a person, one at a time.

Called every second by a thread of its own. Whatever it was at when the desk was killed is gone on with, or said to have
been abandoned.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import structlog
from filelock import FileLock, Timeout
from slack_sdk import WebClient

from bot.edition_form import Wanted
from bot.load_cards import LoadCards
from bot.load_child import LoadChildren
from bot.loads import Load, Loads, Stage
from bot.registrars import Registrars
from bot.settings import Settings
from bot.slack_calls import Calls, Refused, Unavailable
from bot.slack_files import SlackFiles
from ingest.add_to_published import edition_of
from ingest.keep_upload import keep_upload
from knowledge.errors import DeskError, IngestBusy

EVERY = 3.0
"""Seconds between two updates of one message: Slack takes about fifty a minute in all (chat.update, tier 3)."""
_AGAIN, _TRYING = 10.0, 600.0
"""Seconds after which, and for which, a Slack that does not answer is asked again."""
_SETTLED = (Stage.READY, Stage.KEPT, Stage.PUBLISHED, Stage.ROLLED_BACK, Stage.FAILED, Stage.ABANDONED)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Loading:
    """The work of one process; of several on a data directory one does it."""

    client: WebClient
    calls: Calls
    loads: Loads
    cards: LoadCards
    children: LoadChildren
    files: SlackFiles
    registrars: Registrars
    settings: Settings
    now: Callable[[], float] = time.time
    updated: dict[str, float] = field(default_factory=dict)

    def advance(self) -> None:
        """One step of each load that is under way. What Slack does not take now is tried again."""
        self.settings.home.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.settings.home / "loading.lock", timeout=0):
                self._advance()
        except Timeout:
            return

    def _advance(self) -> None:
        for load in self.loads.of(Stage.BUILDING):
            self._watch(load)
        for load in self.loads.of(Stage.WAITING):
            if time.monotonic() < self.updated.get(load.id, 0.0):
                continue
            try:
                self._prepare(load)
            except (Refused, Unavailable) as fault:
                self._log("load_waits", load, fault)
                self.updated[load.id] = time.monotonic() + _AGAIN
                if self.now() - load.begun_at > _TRYING:
                    self._fail(load, "Slack did not hand out the file in time; add the edition again.")
        for load in self.loads.unshown(*_SETTLED):
            self._show(load.id)

    def _prepare(self, load: Load) -> None:
        if load.posted_ts is None:
            try:
                load = self.cards.post(load)
            except Refused as refused:
                if refused.is_ours or load.posted_in == load.by:
                    raise
                # The desk is not in the registrar's channel, or it is gone: whoever asked is told directly.
                self._log("channel_closed", load, refused)
                self.loads.advance(load.id, Stage.WAITING, posted_in=load.by)
                return
        if not load.draft:
            try:
                self._take(load)
            except IngestBusy:
                return
            except (DeskError, OSError) as fault:
                says = str(fault) if isinstance(fault, DeskError) else "The disk refuses the file; make room for it."
                self._fail(load, says)
            return
        if not self.loads.of(Stage.BUILDING):
            self.children.start(load.id, load.draft, load.by)
            self.loads.advance(load.id, Stage.WAITING, to=Stage.BUILDING, told=self._of_file(load))
            self._show(load.id)

    def _take(self, load: Load) -> None:
        """Bring the file and keep it as a draft. Raises DeskError, OSError, Refused or Unavailable."""
        wanted = Wanted(**load.wanted)
        try:
            # What the form said of the file is not believed: Slack is asked.
            file = self.calls.again(lambda: self.client.files_info(file=wanted.file))["file"]
        except Refused as refused:
            if refused.is_ours:
                raise
            lacks = "The app may not read files: it needs the scope files:read, and to be installed again."
            gone = f"{wanted.name} is no longer in Slack; add the edition again with its file."
            raise DeskError(lacks if refused.is_lacking else gone) from None
        content = self.files.download(file)
        stamp = datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="seconds")
        told = wanted.to_draft(load.by, stamp, changed=bool(self._held(wanted.document)))
        draft = keep_upload(self.settings.home, content, wanted.name, told)
        self.loads.advance(load.id, Stage.WAITING, draft=draft.id, told={"stage": "Waiting", "digest": draft.digest})
        self.registrars.note(
            load.by,
            "edition_loaded",
            document=draft.document,
            edition=edition_of(draft).key,
            digest=draft.digest,
            draft=draft.id,
        )

    def _watch(self, load: Load) -> None:
        alive, told = self.children.is_alive(load.id), self.children.told(load.id)
        if told.get("done"):
            self._settle(load, told)
        elif not alive:
            # Read once more: it may have ended between the two looks.
            told = self.children.told(load.id)
            if told.get("done"):
                self._settle(load, told)
                return
            self.loads.advance(load.id, Stage.BUILDING, to=Stage.ABANDONED, shown="", told=self._of_file(load))
            self.registrars.note(load.by, "load_abandoned", draft=load.draft)
            self._show(load.id)
        elif time.monotonic() - self.updated.get(load.id, 0.0) >= EVERY:
            self.updated[load.id] = time.monotonic()
            self.loads.advance(load.id, Stage.BUILDING, told=self._of_file(load) | dict(told))
            self._show(load.id)

    def _settle(self, load: Load, told: Mapping[str, Any]) -> None:
        kept = {name: told[name] for name in ("counts", "warnings", "seconds") if name in told}
        fault = str(told.get("fault") or "") or _unread(load, told)
        build, base = str(told.get("build") or ""), str(told.get("base") or "")
        if not fault and build == base:
            fault = "What is published is the same already: nothing would change."
        if fault:
            self._fail(load, fault)
        else:
            values = {"told": self._of_file(load) | kept, "build": build, "base": base, "shown": ""}
            self.loads.advance(load.id, Stage.BUILDING, to=Stage.READY, **values)
            self.registrars.note(load.by, "edition_built", build=build, draft=load.draft)
            self._show(load.id)
        self.children.forget(load.id)

    def _fail(self, load: Load, says: str) -> None:
        log.warning("load_failed", reference=load.id[:8])
        values = {"told": self._of_file(load) | {"fault": says}, "shown": ""}
        self.loads.advance(load.id, Stage.WAITING, Stage.BUILDING, to=Stage.FAILED, **values)
        self._show(load.id)

    def _show(self, load_id: str) -> None:
        try:
            self.cards.show(load_id)
        except (Refused, Unavailable) as fault:
            code = getattr(fault, "code", None)
            log.warning("load_not_shown", reference=load_id[:8], fault=type(fault).__name__, code=code)

    def _held(self, document: str) -> list[str]:
        from ingest.add_to_published import published_editions

        return [one.key for one in published_editions(self.settings.home) if one.document == document]

    @staticmethod
    def _of_file(load: Load) -> dict[str, Any]:
        return {"digest": load.told["digest"]} if load.told.get("digest") else {}

    @staticmethod
    def _log(what: str, load: Load, fault: Exception) -> None:
        log.warning(what, reference=load.id[:8], fault=type(fault).__name__, code=getattr(fault, "code", None))


def _unread(load: Load, told: Mapping[str, Any]) -> str:
    """Why the new document itself was not read; a build without it is of no use to whoever added it."""
    document = str(load.wanted["document"])
    for file, reason in told.get("rejected") or []:
        if str(file).rpartition(".")[0] == document:
            return f"{load.wanted['name']} cannot be read: {reason}."
    return ""
