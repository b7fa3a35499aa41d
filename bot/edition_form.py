"""What an administrator says of an edition in Slack's form, and by input what is wrong with it, in a sentence. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from bot.rendering import edition_modal as form
from ingest.add_to_published import Added, add_edition
from ingest.fetch.drafts import Draft
from ingest.keep_upload import ENDINGS, OTHER_ENDINGS
from ingest.sources import MAY_BE_UNDATED
from knowledge.clean import clean
from knowledge.errors import WrongUse
from knowledge.model import Authority, Edition


@dataclass(frozen=True, slots=True)
class Wanted:
    """An edition as it was described. `file` is Slack's id of its file, `name` what the person called that."""

    file: str
    name: str
    document: str
    title: str
    publisher: str
    authority: str
    edition: str
    version: str = ""
    effective_from: str = ""
    effective_to: str = ""
    force: str = ""

    def to_edition(self) -> Edition:
        """As it would stand in a build, its file apart. Raises ValueError where it was never a form's."""
        begins, ends = (date.fromisoformat(day) if day else None for day in (self.effective_from, self.effective_to))
        authority = Authority(self.authority)
        return Edition(
            self.document,
            self.title,
            self.publisher,
            authority,
            self.edition,
            begins,
            ends,
            self.version,
            force=self.force,
        )

    def to_draft(self, by: str, now: str, *, changed: bool) -> Draft:
        """As a draft whose file has not come yet."""
        edition = self.to_edition()
        return Draft(
            id="",
            document=edition.document,
            title=edition.title,
            publisher=edition.publisher,
            authority=edition.authority,
            file="",
            digest="",
            size=0,
            came_from="",
            fetched_at=now,
            changed=changed,
            edition=edition.label,
            version=edition.version,
            effective_from=edition.effective_from,
            effective_to=edition.effective_to,
            note=f"uploaded in Slack by {by}",
            force=edition.force,
        )

    def to_json(self) -> dict[str, str]:
        """As it is kept."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a form: what is wanted and what it changes, or by input what is wrong."""

    wanted: Wanted | None = None
    added: Added | None = None
    errors: Mapping[str, str] | None = None


def check_form(values: Mapping[str, Any], held: Sequence[Edition]) -> Checked:
    """Read a submitted form against the editions that are published."""
    files = _of(values, form.FILE).get("files") or [{}]
    file = files[0] if isinstance(files[0], Mapping) else {}
    chosen = str((_of(values, form.DOCUMENT).get("selected_option") or {}).get("value") or "")
    known = [one for one in held if one.document == chosen]
    latest = max(known, key=lambda one: one.effective_from or date.min, default=None)
    title = _text(values, form.TITLE) or (latest.title if latest else "")
    picked = str((_of(values, form.AUTHORITY).get("selected_option") or {}).get("value") or "")
    wanted = Wanted(
        file=str(file.get("id") or ""),
        name=clean(str(file.get("name") or "the file"))[:100],
        document=latest.document if latest else _slug(title),
        title=title,
        publisher=_text(values, form.PUBLISHER) or (latest.publisher if latest else ""),
        authority=picked or (str(latest.authority) if latest else ""),
        edition=_text(values, form.LABEL),
        version=_text(values, form.VERSION),
        effective_from=str(_of(values, form.BEGINS).get("selected_date") or ""),
        effective_to=str(_of(values, form.ENDS).get("selected_date") or ""),
        force=latest.force if latest else "",
    )
    errors = dict(_faults(wanted, file, held, is_new=latest is None))
    if errors:
        return Checked(errors=errors)
    try:
        added = add_edition(held, wanted.to_edition())
    except WrongUse as fault:
        at = form.LABEL if "label" in str(fault) else form.ENDS
        return Checked(errors={at: str(fault)})
    return Checked(wanted, added)


def _faults(wanted: Wanted, file: Mapping[str, Any], held: Sequence[Edition], *, is_new: bool) -> Any:
    size, ending = file.get("size"), PurePath(wanted.name).suffix.lower()
    if not wanted.file:
        yield form.FILE, "Choose one file."
    elif ending not in (*ENDINGS, *OTHER_ENDINGS):
        yield form.FILE, f"The desk reads {', '.join(ENDINGS[:-1])} and {ENDINGS[-1]} files; this is none of them."
    elif isinstance(size, int) and size > form.MOST_MEGABYTES * 1024**2:
        yield form.FILE, f"The file is larger than {form.MOST_MEGABYTES} MB; add it by command line."
    if is_new and not wanted.document:
        yield form.TITLE, "A new document needs a title."
    elif is_new and wanted.document in {one.document for one in held}:
        yield form.TITLE, "That document is held already: choose it from the list above."
    if is_new and not wanted.publisher:
        yield form.PUBLISHER, "A new document needs its publisher."
    if wanted.authority not in list(Authority):
        yield form.AUTHORITY, "A new document needs its authority."
    elif not wanted.effective_from and wanted.authority not in MAY_BE_UNDATED:
        yield form.BEGINS, "Choose the first day on which it applies."
    if not re.search(r"[A-Za-z0-9]", wanted.edition):
        yield form.LABEL, "Name the edition, for example 2026/27."
    if wanted.effective_from and wanted.effective_to and wanted.effective_to < wanted.effective_from:
        yield form.ENDS, "The last day is before the first."


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-")


def _of(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    held = (values.get(name) or {}).get(name)
    return held if isinstance(held, Mapping) else {}


def _text(values: Mapping[str, Any], name: str) -> str:
    return clean(str(_of(values, name).get("value") or ""))
