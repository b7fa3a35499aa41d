"""What a person decides about a draft: it is confirmed as an edition, or discarded."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ingest.fetch.drafts import Draft, draft_file, drop_draft, find_draft
from ingest.fetch.lock import fetch_lock
from ingest.fetch.memory import load_memory, save_memory
from ingest.fetch.own_sources import enter_edition, files_listed, own_sources
from ingest.sources import MAY_BE_UNDATED
from knowledge.clean import clean
from knowledge.errors import WrongUse
from knowledge.model import Edition
from knowledge.put_in_place import written_aside

_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An edition that a person confirmed: the list it was entered in, and what else was changed, a sentence each."""

    draft: Draft
    edition: Edition
    listed_in: Path
    notes: tuple[str, ...]


def confirm_draft(
    home: Path, name: str, *, effective_from: date | None = None, label: str = "", replacing: bool = False
) -> Confirmed:
    """Enter a draft in the list of confirmed documents, its file beside it, under the label and from the day given.

    What is not given is taken from the draft's proposals. `name` is a draft's id, or that of a document with only one.
    Raises WrongUse, also for a draft that was confirmed or discarded before, IngestBusy or DeskError; nothing is
    changed then.
    """
    with fetch_lock(home):
        memory = load_memory(home)
        draft = find_draft(home, name, memory.settled)
        edition = _edition(draft, effective_from, label)
        listed = own_sources(home)
        notes: tuple[str, ...] = ()
        if edition.file not in files_listed(listed):  # it is there where an earlier confirmation was killed half way
            edition, notes = _enter(home, draft, edition, replacing)
        memory.settled[draft.id] = f"confirmed as edition {edition.label}"
        memory.note(draft.document, draft.digest)
        save_memory(home, memory)
        drop_draft(home, draft)
    return Confirmed(draft, edition, listed, notes)


def discard_draft(home: Path, name: str, *, again: bool = False) -> Draft:
    """Remove a draft. The same file is not offered again, unless `again`. Raises WrongUse or IngestBusy."""
    with fetch_lock(home):
        memory = load_memory(home)
        draft = find_draft(home, name, memory.settled)
        if again:
            memory.forget(draft.document)
            memory.settled.pop(draft.id, None)
        else:
            memory.settled[draft.id] = "discarded"
            memory.note(draft.document, draft.digest)
        save_memory(home, memory)
        drop_draft(home, draft)
    return draft


def _edition(draft: Draft, effective_from: date | None, label: str) -> Edition:
    label = clean(label) or draft.edition
    begins = effective_from or draft.effective_from
    if not label:
        raise WrongUse(f"Draft {draft.id} does not say which edition it is; give one with --edition.")
    if len(label) > _LONGEST_LABEL or not re.search(r"[A-Za-z0-9]", label):
        raise WrongUse(f"{label[:_LONGEST_LABEL]!r} is no label of an edition; give one like 2026/27 with --edition.")
    if begins is None and draft.authority not in MAY_BE_UNDATED:
        raise WrongUse(
            f"Draft {draft.id} does not say from when it applies; look at the document and give the day with "
            "--effective-from."
        )
    edition = replace(draft.proposed(), label=label, effective_from=begins, digest=draft.digest)
    return replace(edition, file=f"{edition.key}-{draft.digest[:8]}{Path(draft.file).suffix}")


def _enter(home: Path, draft: Draft, edition: Edition, replacing: bool) -> tuple[Edition, tuple[str, ...]]:
    listed = own_sources(home)
    source = draft_file(home, draft)
    _copy(source, listed.parent / edition.file)
    try:
        beside = {"page": draft.page, "attachment": draft.attachment}
        entered = enter_edition(listed, edition, beside, replacing=replacing)
    except BaseException:
        (listed.parent / edition.file).unlink(missing_ok=True)
        raise
    if entered.replaced and entered.replaced not in files_listed(listed):
        (listed.parent / Path(entered.replaced).name).unlink(missing_ok=True)
    return entered.edition, entered.notes


def _copy(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as original, written_aside(place) as copy:
        shutil.copyfileobj(original, copy)
