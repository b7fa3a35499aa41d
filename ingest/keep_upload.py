"""A file that a person uploaded, looked into for what it really is, and kept as a draft edition."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import replace
from pathlib import Path, PurePath

from ingest.fetch.drafts import Draft, draft_id, drafts_folder, drafts_of, drop_draft, keep_draft
from ingest.fetch.faults import FetchFault
from ingest.fetch.kinds import kind_of
from ingest.fetch.lock import fetch_lock
from ingest.fetch.memory import load_memory, save_memory
from knowledge.errors import WrongUse
from knowledge.put_in_place import ASIDE

ENDINGS = (".pdf", ".docx", ".html", ".ods", ".xlsx", ".md", ".txt")
"""The kinds of file that may be uploaded."""
OTHER_ENDINGS = {".htm": ".html", ".markdown": ".md", ".docm": ".docx"}
"""Other endings that files of these kinds have."""
_TEXT = {".md": "Markdown", ".txt": "plain text"}


def keep_upload(home: Path, content: bytes, name: str, told: Draft) -> Draft:
    """Keep a file among the drafts as `told` describes it; its id, digest, size and file name are set here.

    `name` is what the person called the file. Raises WrongUse where it is not what its name says, IngestBusy where a
    fetch is at work, OSError where the disk refuses. The same file kept twice is one draft.
    """
    digest = hashlib.sha256(content).hexdigest()
    folder = drafts_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    with fetch_lock(home), tempfile.TemporaryDirectory(dir=folder, prefix=ASIDE) as aside:
        place = Path(aside) / "uploaded"
        with place.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        ending = _kind(place, content, name)
        draft = replace(
            told,
            id=draft_id(told.document, digest),
            digest=digest,
            size=len(content),
            file=told.document + ending,
        )
        memory = load_memory(home)
        if memory.settled.pop(draft.id, None) is not None:
            save_memory(home, memory)
        for one in drafts_of(home):
            if one.id == draft.id:  # the same file with other dates: what was told last counts
                drop_draft(home, one)
        keep_draft(home, draft, place)
    return draft


def _kind(place: Path, content: bytes, name: str) -> str:
    named = PurePath(name).suffix.lower()
    named = OTHER_ENDINGS.get(named, named)
    if named not in ENDINGS:
        raise WrongUse(f"{name} is of no kind that the desk reads; upload {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.")
    if named in _TEXT:
        if not _is_text(content):
            raise WrongUse(f"{name} is not {_TEXT[named]}; upload the document itself.")
        return named
    try:
        return kind_of(place, named)
    except FetchFault as fault:
        raise WrongUse(f"{name} cannot be taken: {fault.reason}.") from None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    packed = content.startswith((b"%PDF-", b"PK\x03\x04"))
    return bool(text.strip()) and not packed and not any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text)
