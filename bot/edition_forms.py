"""The form that describes an edition in Slack: checked, read once more by a person, and kept before it is taken."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.views import View

from bot.edition_form import Checked, Wanted, check_form
from bot.loads import Loads
from bot.registrars import Registrars
from bot.rendering import phrases
from bot.rendering.edition_modal import sure_modal
from bot.rendering.load_card import ADD, spoken
from bot.settings import Settings
from ingest.add_to_published import published_editions


@dataclass(frozen=True, slots=True)
class EditionForms:
    """Who may is asked of Slack at every form."""

    loads: Loads
    registrars: Registrars
    settings: Settings

    def check(self, user: str, values: Mapping[str, Any]) -> tuple[Checked, View | None]:
        """What came of the form, and where it is well the view to read before it is done; neither where one may not."""
        if not self.registrars.may(user, ADD):
            return Checked(), None
        checked = check_form(values, published_editions(self.settings.home))
        if checked.wanted is None or checked.added is None:
            return checked, None
        return checked, sure_modal(_about(checked.wanted), checked.added.notes, json.dumps(checked.wanted.to_json()))

    def begin(self, user: str, form: str, kept: str) -> str:
        """Keep what a form asked for, once; what to say in its place."""
        if not self.registrars.may(user, ADD):
            return phrases.REGISTRARS_ONLY
        try:
            wanted = Wanted(**json.loads(kept))
            wanted.to_edition()
        except (ValueError, TypeError):
            return phrases.NOT_DONE
        where = self.settings.registrar_channel or user
        self.loads.begin(form, user, wanted.to_json(), where)
        return phrases.LOAD_BEGUN_IN_CHANNEL if self.settings.registrar_channel else phrases.LOAD_BEGUN


def _about(wanted: Wanted) -> list[str]:
    begins = f"Applies from {spoken(wanted.effective_from)}" if wanted.effective_from else "Undated"
    until = f" until {spoken(wanted.effective_to)}" if wanted.effective_to else ""
    return [
        f"{wanted.title}, edition {wanted.edition}{f' ({wanted.version})' if wanted.version else ''}",
        f"{wanted.publisher}, {wanted.authority.replace('_', ' ')}",
        f"{begins}{until}.",
        f"File: {wanted.name}",
    ]
