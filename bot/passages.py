"""The passage behind a citation of an answer given, with what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.views import View

from bot.records import Kept, Records
from bot.rendering import phrases
from bot.rendering.passage_modal import notice_modal, passage_modal
from knowledge.errors import DeskError
from knowledge.model import Passage
from knowledge.ports import Builds


@dataclass(frozen=True, slots=True)
class Passages:
    """Looks passages up for the modal."""

    records: Records
    builds: Builds

    def view(self, value: str) -> View:
        """The modal for a button's value: `<question>:<number of the citation>`."""
        question, _, number = value.partition(":")
        kept = self.records.citation(question, int(number)) if number.isdecimal() else None
        if kept is None:
            return notice_modal(phrases.GONE)
        return passage_modal(question, kept, self._around(kept))

    def _around(self, kept: Kept) -> Sequence[Passage]:
        """The neighbours, as long as the build in use still has the passage as it read in the answer."""
        try:
            build = self.builds.current()
            held = build.passage(kept.passage.id)
            return build.surroundings(held) if held.digest == kept.passage.digest else ()
        except (KeyError, DeskError):
            return ()
