"""The passage behind a citation of an answer given, with what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from slack_sdk.models.views import View

from bot.records import Kept, Records
from bot.rendering import phrases
from bot.rendering.passage_modal import notice_modal, passage_modal
from knowledge.errors import DeskError
from knowledge.model import Edition, Passage
from knowledge.ports import Builds


@dataclass(frozen=True, slots=True)
class Passages:
    """Looks passages up for the modal. `can_draw` says whether there is a page to show."""

    records: Records
    builds: Builds
    can_draw: Callable[[Edition], bool] = lambda edition: False

    def kept(self, value: str) -> Kept | None:
        """The citation that a button's value names, `<question>:<number>`; None when it is no longer kept."""
        question, _, number = value.partition(":")
        return self.records.citation(question, int(number)) if number.isdecimal() else None

    def view(self, value: str) -> View:
        """The modal for such a value."""
        kept = self.kept(value)
        if kept is None:
            return notice_modal(phrases.GONE)
        question = value.partition(":")[0]
        drawn = bool(kept.passage.pages) and self.can_draw(kept.passage.edition)
        return passage_modal(question, kept, self._around(kept), page=drawn)

    def _around(self, kept: Kept) -> Sequence[Passage]:
        """The neighbours, as long as the build in use still has the passage as it read in the answer."""
        try:
            build = self.builds.current()
            held = build.passage(kept.passage.id)
            return build.surroundings(held) if held.digest == kept.passage.digest else ()
        except (KeyError, DeskError):
            return ()
